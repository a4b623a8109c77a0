/** How much of one connection is taken in: no more than its rate, and no more than what is on its way to the disk. */
import { LIMITS } from '../../board/limits.ts';
import { Bucket } from './bucket.ts';
import type { Peer } from './peer.ts';

/** What came in one piece before the pause worked is let pass; this much more is no accident. */
const MOST_DEBT = 1000;
const MOST_UNDERWAY = 256;
const FEW_UNDERWAY = 64;

export class Flow {
  readonly #peer: Peer;
  readonly #bucket = new Bucket(LIMITS.perSecond, LIMITS.burst, performance.now());
  #underway = 0;
  #waits = false;
  #timer: NodeJS.Timeout | undefined;
  #isPaused = false;

  constructor(peer: Peer) {
    this.#peer = peer;
  }

  /** One more message. False: far too many. Who is only quick is read more slowly. */
  take(): boolean {
    const now = performance.now();
    this.#bucket.take(now);
    const left = this.#bucket.left(now);
    if (left < -MOST_DEBT) return false;
    if (left < 0 && this.#timer === undefined) {
      this.#timer = setTimeout(() => {
        this.#timer = undefined;
        this.#update();
      }, this.#bucket.waitMs(now));
      this.#update();
    }
    return true;
  }

  began(): void {
    this.#underway += 1;
    if (this.#underway >= MOST_UNDERWAY) this.#waits = true;
    this.#update();
  }

  ended(): void {
    this.#underway -= 1;
    if (this.#underway <= FEW_UNDERWAY) this.#waits = false;
    this.#update();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #update(): void {
    const pause = this.#waits || this.#timer !== undefined;
    if (pause === this.#isPaused) return;
    this.#isPaused = pause;
    if (pause) this.#peer.pause();
    else this.#peer.resume();
  }
}

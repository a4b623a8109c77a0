/** Learners that are connected here: what the whole class is told, and the news of each. */
import type { Change } from '../../board/change.ts';
import type { ToLearner } from '../../board/messages.ts';
import type { Hub } from './hub.ts';

export interface Seat {
  readonly learner: string;
  send(message: ToLearner): void;
  sendText(text: string): void;
  /** Bytes that wait to be sent. */
  readonly buffered: number;
  /** The number of the last news that it was sent. */
  seen: number;
  /** That they are connected here stands in the log: who comes to another host after that has left this one. */
  readonly isKnown: boolean;
  /** Its learner was removed, or has come by another connection. */
  dismiss(code: 'removed' | 'elsewhere'): void;
}

/** From so many bytes on that wait, a learner is left to read first. */
const ENOUGH = 256 * 1024;
/** In one turn of the event loop; then others have theirs. */
const AT_ONCE = 100;
/** How many are there is told so often at the most: with each who comes and goes it would be much talk about little. */
const COUNT_EVERY_MS = 5000;

export class Rooms {
  readonly #hub: Hub;
  readonly #seats = new Map<string, Seat>();
  /** Who has news that were not sent yet. */
  readonly #behind = new Set<Seat>();
  #classIsNew = false;
  #countIsNew = false;
  #countedAt = 0;

  constructor(hub: Hub) {
    this.#hub = hub;
  }

  /** Of two connections of one learner the later one stays. */
  sit(seat: Seat): void {
    this.#seats.get(seat.learner)?.dismiss('elsewhere');
    this.#seats.set(seat.learner, seat);
  }

  /** The same, where the later one is with another host. */
  satElsewhere(learner: string): void {
    const seat = this.#seats.get(learner);
    if (seat?.isKnown) seat.dismiss('elsewhere');
  }

  /** False: another connection of theirs has taken the seat. */
  leave(seat: Seat): boolean {
    this.#behind.delete(seat);
    return this.#seats.get(seat.learner) === seat && this.#seats.delete(seat.learner);
  }

  changed(change: Change): void {
    if (change.member === 'joined') this.#countIsNew = true;
    else if (change.class) this.#classIsNew = true;
    if (change.news?.to === 'everybody') void this.#each((seat) => this.news(seat));
    else if (change.news !== undefined) {
      const seat = this.#seats.get(change.news.to);
      if (seat) this.news(seat);
    }
    if (change.member === 'removed') this.#seats.get(change.learner!)?.dismiss('removed');
  }

  countChanged(): void {
    this.#countIsNew = true;
  }

  tell(): void {
    // A copy: who is still behind is put in again.
    for (const seat of [...this.#behind]) this.news(seat);
    const now = this.#hub.now();
    const countNow = this.#countIsNew && now - this.#countedAt >= COUNT_EVERY_MS;
    if (!this.#classIsNew && !countNow) return;
    this.#classIsNew = false;
    this.#countIsNew = false;
    this.#countedAt = now;
    const message: ToLearner = {
      type: 'class',
      class: this.#hub.book.classNow(now, this.#hub.present.count()),
    };
    const text = JSON.stringify(message);
    void this.#each((seat) => seat.sendText(text));
  }

  /** What they have not been sent yet, as far as they read it. */
  news(seat: Seat): void {
    this.#behind.delete(seat);
    for (const { seq, news } of this.#hub.book.news(seat.learner, seat.seen)) {
      if (seat.buffered > ENOUGH) {
        this.#behind.add(seat);
        return;
      }
      seat.seen = seq;
      seat.send({ type: 'news', seq, news });
    }
  }

  async #each(tell: (seat: Seat) => void): Promise<void> {
    const seats = [...this.#seats.values()];
    for (let at = 0; at < seats.length; at += AT_ONCE) {
      for (const seat of seats.slice(at, at + AT_ONCE))
        if (this.#seats.get(seat.learner) === seat) tell(seat);
      await new Promise<void>((resolve) => setImmediate(resolve));
    }
  }
}

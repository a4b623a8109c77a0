/** The connection of one learner who has been let in: what they say is kept as theirs, and as nobody else's. */

import { isShared } from '../../board/consent.ts';
import type { Consent, LearnerEvent, Speaker } from '../../board/events.ts';
import { type FromLearner, fromLearnerSchema, type ToLearner } from '../../board/messages.ts';
import { cleaned } from './clean.ts';
import { Flow } from './flow.ts';
import type { Hub } from './hub.ts';
import type { Line, Peer } from './peer.ts';
import { objectIn, refusal, refuse } from './refuse.ts';
import type { Rooms, Seat } from './rooms.ts';

/** Said without connection, and brought so late: by a clock that is wrong, or by somebody who makes it up. */
const OLDEST_MS = 7 * 24 * 3600_000;

export interface LearnerLineOptions {
  hub: Hub;
  rooms: Rooms;
  peer: Peer;
  learner: string;
  /** The number of the last news that they have. */
  seen: number;
  /** What their clock said in their hello. */
  clock: number;
  /** The course as JSON: it is the same for all. */
  courseText: string;
}

export class LearnerLine implements Line, Seat {
  readonly learner: string;
  seen: number;
  isKnown = false;
  readonly #hub: Hub;
  readonly #rooms: Rooms;
  readonly #peer: Peer;
  readonly #from: Speaker;
  readonly #flow: Flow;
  /** What the host's clock says more than theirs. */
  readonly #skew: number;
  #consent: Consent;
  /** The last number that is on its way to the log. */
  #underway: number;
  #closed = false;

  constructor({ hub, rooms, peer, learner, seen, clock, courseText }: LearnerLineOptions) {
    this.learner = learner;
    this.seen = seen;
    this.#hub = hub;
    this.#rooms = rooms;
    this.#peer = peer;
    this.#from = `learner:${learner}`;
    this.#flow = new Flow(peer);
    this.#skew = hub.now() - clock;
    const { book, present } = hub;
    const { name, consent, handSince } = book.learner(learner)!;
    this.#consent = consent;
    this.#underway = book.heard(this.#from);
    rooms.sit(this);
    present.came(learner);
    const welcome: Omit<Extract<ToLearner, { type: 'welcome' }>, 'course'> = {
      type: 'welcome',
      learner,
      name,
      heard: this.#underway,
      consent,
      hand: handSince !== undefined,
      class: book.classNow(hub.now(), present.count()),
    };
    this.sendText(`${JSON.stringify(welcome).slice(0, -1)},"course":${courseText}}`);
    rooms.news(this);
    this.#tell('connected');
  }

  get buffered(): number {
    return this.#peer.buffered;
  }

  send(message: ToLearner): void {
    this.sendText(JSON.stringify(message));
  }

  sendText(text: string): void {
    if (!this.#closed) this.#peer.send(text);
  }

  message(text: string): void {
    if (this.#closed) return;
    const { data } = fromLearnerSchema.safeParse(objectIn(text));
    if (!this.#flow.take()) refuse(this.#peer, 'too-fast', 10_000);
    else if (data === undefined) refuse(this.#peer, 'malformed');
    else if (data.type === 'ping') this.send({ type: 'pong' });
    else if (data.n === this.#underway + 1) this.#say(data);
    // One was lost on the way: they say all again to the next connection.
    else if (data.n > this.#underway) this.#peer.close();
    else {
      // Said again: what of it is kept already is told once more.
      const heard = this.#hub.book.heard(this.#from);
      if (data.n <= heard) this.send({ type: 'heard', n: heard });
    }
  }

  #say({ n, at, event }: Extract<FromLearner, { type: 'say' }>): void {
    this.#underway = n;
    if (event.type === 'consent') this.#consent = event.consent;
    const agreed = isShared(event, this.#consent);
    if (!agreed) this.#peer.send(refusal('not-agreed'));
    this.#keep(n, at, agreed ? cleaned(event) : { type: 'withdrawn' });
  }

  #keep(n: number, at: number, event: LearnerEvent): void {
    const now = this.#hub.now();
    const stamp = Math.min(now, Math.max(now - OLDEST_MS, Math.round(at + this.#skew)));
    this.#flow.began();
    this.#hub
      .say({ from: this.#from, n, at: stamp, event })
      .then(
        () => this.send({ type: 'heard', n }),
        () => this.#peer.close(),
      )
      .finally(() => this.#flow.ended());
  }

  dismiss(code: 'removed' | 'elsewhere'): void {
    if (this.#closed) return;
    refuse(this.#peer, code);
    this.closed();
  }

  closed(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#flow.stop();
    if (this.#rooms.leave(this)) this.#hub.present.went(this.learner);
    this.#tell('disconnected');
  }

  #tell(type: 'connected' | 'disconnected'): void {
    const { host } = this.#hub;
    this.#hub.sayOwn(this.learner, { type, learner: this.learner, host }).then(
      () => {
        this.isKnown = true;
      },
      () => undefined,
    );
  }
}

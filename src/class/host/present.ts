/** Who is connected: with this host, as it is; with others, as they tell; and, for the attendance, who the log says was. */
import type { Entry } from '../../board/events.ts';
import type { Presence as Standing } from '../../board/learner.ts';
import { PRESENCE_LOST_MS, type Presence } from '../log/contract.ts';

interface Other {
  learners: Set<string>;
  toldAt: number;
}

/** Connections that the log has a beginning of and no end, of one start of a host. */
interface Open {
  learners: Set<string>;
  /** The last moment at which it was there, as far as is known. */
  knownAt: number;
}

export class Present {
  readonly #host: string;
  readonly #now: () => number;
  readonly #here = new Set<string>();
  readonly #others = new Map<string, Other>();
  /** Since when somebody is here, or is not. */
  readonly #since = new Map<string, { here: boolean; since: number }>();
  readonly #open = new Map<string, Open>();
  readonly #startedAt: number;
  #listener: (learner: string) => void = () => undefined;

  constructor(host: string, now: () => number) {
    this.#host = host;
    this.#now = now;
    this.#startedAt = now();
  }

  /** Calls back with who comes to this host, and who goes. */
  onOwn(listener: (learner: string) => void): void {
    this.#listener = listener;
  }

  came(learner: string): void {
    this.#here.add(learner);
    if (this.#note(learner)) this.#listener(learner);
  }

  went(learner: string): void {
    this.#here.delete(learner);
    if (this.#note(learner)) this.#listener(learner);
  }

  here(): string[] {
    return [...this.#here];
  }

  of(learner: string): Standing {
    const known = this.#since.get(learner);
    return known ?? { here: false, since: this.#startedAt };
  }

  count(): number {
    const all = new Set(this.#here);
    for (const { learners } of this.#others.values()) for (const one of learners) all.add(one);
    return all.size;
  }

  /** What another host tells. Who is another one now than before. */
  told({ host, learners }: Presence): string[] {
    const before = this.#others.get(host)?.learners ?? new Set<string>();
    const after = new Set(learners);
    this.#others.set(host, { learners: after, toldAt: this.#now() });
    const open = this.#open.get(host);
    if (open !== undefined) open.knownAt = Math.max(open.knownAt, this.#now());
    return this.#noteAll(new Set([...before, ...after]));
  }

  /** Hosts that have not told for long are gone, and with them who was there. Who is another one now than before. */
  expire(): string[] {
    const gone = [...this.#others].filter(([, { toldAt }]) => this.#now() - toldAt > PRESENCE_LOST_MS);
    for (const [host] of gone) this.#others.delete(host);
    return this.#noteAll(gone.flatMap(([, { learners }]) => [...learners]));
  }

  /** For the attendance; and what the log says of hosts that live need not wait until they tell it themselves. */
  follow({ from, at, event }: Entry): void {
    const speaker = /^host:([^/]*)/.exec(from)?.[1];
    if (speaker !== undefined) {
      const open = this.#open.get(speaker);
      if (open !== undefined) open.knownAt = Math.max(open.knownAt, at);
    }
    if (event.type === 'connected') {
      const open = this.#open.get(event.host) ?? { learners: new Set(), knownAt: at };
      open.learners.add(event.learner);
      this.#open.set(event.host, open);
      this.#others.get(event.host)?.learners.add(event.learner);
    } else if (event.type === 'disconnected') {
      const open = this.#open.get(event.host);
      open?.learners.delete(event.learner);
      if (open?.learners.size === 0) this.#open.delete(event.host);
      this.#others.get(event.host)?.learners.delete(event.learner);
    } else return;
    if (event.host !== this.#host && this.#note(event.learner)) this.#listener(event.learner);
  }

  /** Connections of hosts that are no more: each is given once, by one of the hosts that live. */
  orphans(): { host: string; learner: string; at: number }[] {
    const now = this.#now();
    // By then the hosts that live have told.
    if (now - this.#startedAt <= PRESENCE_LOST_MS) return [];
    const dead = [...this.#open].filter(
      ([host, { knownAt }]) =>
        host !== this.#host && !this.#others.has(host) && now - knownAt > PRESENCE_LOST_MS,
    );
    if ([...this.#others.keys()].some((other) => other < this.#host)) return [];
    for (const [host] of dead) this.#open.delete(host);
    return dead.flatMap(([host, { learners, knownAt }]) =>
      [...learners].map((learner) => ({ host, learner, at: knownAt })),
    );
  }

  #noteAll(learners: Iterable<string>): string[] {
    return [...learners].filter((learner) => this.#note(learner));
  }

  #note(learner: string): boolean {
    const here =
      this.#here.has(learner) || [...this.#others.values()].some(({ learners }) => learners.has(learner));
    if (this.of(learner).here === here) return false;
    this.#since.set(learner, { here, since: this.#now() });
    return true;
  }
}

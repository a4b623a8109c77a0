/**
 * The middle of a host: the log and the book that is folded from it, who is connected, and who must be told what. Whoever
 * speaks goes through `say`; whoever listens is told after the log has given the entry back, so all hosts of a class show the
 * same, and nothing that could still be lost.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { Book } from '../../board/book.ts';
import type { Change } from '../../board/change.ts';
import type { ClassEvent, Entry, Speaker } from '../../board/events.ts';
import type { Presence as Standing } from '../../board/learner.ts';
import type { CourseOutline } from '../../board/outline.ts';
import { WirebookError } from '../../lib/errors.ts';
import type { ClassLog } from '../log/contract.ts';
import { Present } from './present.ts';

/** Without room on the disk, or without its server, the class waits: it is tried again. */
const AGAIN_MS = 500;

export interface HubOptions {
  log: ClassLog;
  course: CourseOutline;
  /** Of this start of the host. */
  host: string;
  now(): number;
  /** Something that whoever runs the host should know; told once for each time that it begins. */
  trouble(error: WirebookError | undefined): void;
}

export type Listener = (change: Change, entry: Entry) => void;

export class Hub {
  readonly book: Book;
  readonly present: Present;
  readonly host: string;
  readonly now: () => number;
  readonly #log: ClassLog;
  readonly #trouble: HubOptions['trouble'];
  readonly #listeners = new Set<Listener>();
  /** The last thing that each speaker of ours has on its way. */
  readonly #chains = new Map<Speaker, Promise<void>>();
  readonly #counts = new Map<Speaker, number>();
  #folded: { from: Speaker; n: number; resolve(): void }[] = [];
  #isTroubled = false;
  #stopped = false;

  constructor({ log, course, host, now, trouble }: HubOptions) {
    this.book = new Book(course);
    this.host = host;
    this.now = now;
    this.#log = log;
    this.#trouble = trouble;
    this.present = new Present(host, now);
  }

  /** Resolves when the book is as far as the log is. */
  async start(): Promise<void> {
    await this.#log.follow((entry) => {
      this.present.follow(entry);
      const change = this.book.apply(entry);
      if (change.counted) for (const listener of this.#listeners) listener(change, entry);
      if (this.#folded.length > 0) this.#settle();
    });
  }

  on(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Resolves when it is kept. What one speaker says is kept in its order; a full disk, or a server that is away, is waited for.
   * @throws WirebookError when the log can be used no more, or the host has been stopped
   */
  say(entry: Entry): Promise<void> {
    const before = this.#chains.get(entry.from);
    const kept = (before ?? Promise.resolve()).then(() => this.#append(entry));
    const last = kept.catch(() => undefined);
    this.#chains.set(entry.from, last);
    void last.then(() => {
      if (this.#chains.get(entry.from) === last) this.#chains.delete(entry.from);
    });
    return kept;
  }

  /** Says something of this host's own; resolves when it is kept and in the book. Of `about` one after the other, else not. */
  async sayOwn(about: string, event: ClassEvent, at = this.now()): Promise<void> {
    const from: Speaker = `host:${this.host}/${about}`;
    const n = (this.#counts.get(from) ?? 0) + 1;
    this.#counts.set(from, n);
    await this.say({ from, n, at, event });
    if (this.book.heard(from) < n)
      await new Promise<void>((resolve) => this.#folded.push({ from, n, resolve }));
  }

  /** Waits no more for room, or for a server; resolves when nothing is on its way to the log any more. */
  async quiet(): Promise<void> {
    this.#stopped = true;
    while (this.#chains.size > 0) await Promise.all(this.#chains.values());
  }

  async #append(entry: Entry): Promise<void> {
    for (;;) {
      try {
        await this.#log.append(entry);
        if (this.#isTroubled) this.#trouble(undefined);
        this.#isTroubled = false;
        return;
      } catch (error) {
        if (!(error instanceof WirebookError) || error.code === 'class-store-broken' || this.#stopped)
          throw error;
        if (!this.#isTroubled) this.#trouble(error);
        this.#isTroubled = true;
        await sleep(AGAIN_MS);
      }
    }
  }

  #settle(): void {
    this.#folded = this.#folded.filter(({ from, n, resolve }) => {
      if (this.book.heard(from) < n) return true;
      resolve();
      return false;
    });
  }

  standing(learner: string): Standing {
    return this.present.of(learner);
  }
}

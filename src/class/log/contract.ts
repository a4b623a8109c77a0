/**
 * Where a class is kept: one ordered log of entries, from which everything else is folded. Two stand behind this: a store
 * of this machine's own disk, and a stream of NATS JetStream that several hosts share. The host answers a learner `heard`
 * only after `append` has come back, and shows only what `follow` has given it: so what was acknowledged is never lost,
 * and all hosts of a class show the same.
 */
import type { Entry } from '../../board/events.ts';
import type { ShownMap } from '../../board/shown-map.ts';
import type { WirebookError } from '../../lib/errors.ts';

/** Who is connected to one host of the class; not kept: it is true for seconds only. */
export interface Presence {
  /** Made anew by each start of a host. */
  host: string;
  learners: readonly string[];
}

/** What is presented at one host of the class; not kept. */
export interface ShownThere {
  host: string;
  /** When it was shown, by the clock of all hosts. */
  at: number;
  /** Absent: nothing any more. */
  map?: ShownMap;
}

export interface ClassLog extends AsyncDisposable {
  /**
   * Resolves when the entry is where a `kill -9` of this process, and of the machine as far as the store goes, cannot take it
   * away. Entries of one speaker are given in the order of their numbers; two with the same `from` and `n` may be stored
   * twice, the fold takes the first. Many may wait at the same time: a store writes them together.
   * @throws WirebookError `class-store-full`, `class-store-broken`, `queue-not-reached`
   */
  append(entry: Entry): Promise<void>;
  /**
   * Calls back with each entry, in the log's order, from the first; then with new ones as they are written, by whichever
   * host. Resolves when everything that was there at the call has been given. `position` counts from 1 and only grows.
   */
  follow(on: (entry: Entry, position: number) => void): Promise<void>;
  /** Calls back when what is appended has to wait, with what is wrong, and with undefined when it need not any more. */
  onTrouble(on: (trouble: WirebookError | undefined) => void): void;
  /** Gives each entry that is there, once, and is done. */
  read(on: (entry: Entry, position: number) => void): Promise<void>;
  /**
   * Resolves, once and never rejects, when the log can be used no more though nobody closed it: the stream was deleted, the
   * disk is gone. The host then tells why and ends. Stays open for as long as a server is only away.
   */
  readonly lost: Promise<WirebookError>;
  /**
   * Milliseconds since the epoch, by a clock that is the same for all hosts of the class but for some milliseconds: what a host
   * stamps, and what it counts a timer by.
   */
  now(): number;
  /** Tells the other hosts who is connected here. A host that has not told for `PRESENCE_LOST_MS` is gone. */
  present(presence: Presence): void;
  /** Calls back with what other hosts tell. */
  onPresence(on: (presence: Presence) => void): void;
  /** Tells the other hosts what is presented here. A host that has not told for `SHOWN_LOST_MS` presents nothing. */
  show(shown: ShownThere): void;
  /** Calls back with what other hosts tell. */
  onShown(on: (shown: ShownThere) => void): void;
}

export const PRESENCE_EVERY_MS = 2000;
export const PRESENCE_LOST_MS = 7000;
export const SHOWN_EVERY_MS = 4000;
export const SHOWN_LOST_MS = 10_000;

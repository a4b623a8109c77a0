/** What a recording sees of a lesson, and what it proposes. Plain data. */
import type { CellOutcome, HostObservation, NetnsObservation, Observation } from '../check/observation.ts';
import type { Cell } from '../lesson/model.ts';

/** One walk's look at one cell. */
export interface Seen {
  before: Observation;
  after: Observation;
  /** Of the cell's run, for checks that ask for it. */
  run: CellOutcome;
}

/** An entry of an `.expect` block as an author writes it; the first key names the kind. */
export type Entry = Readonly<Record<string, unknown>>;

/** An entry, and what to say instead where it does not hold on every walk: less and less. */
export interface Candidate {
  entry: Entry;
  otherwise?: readonly Entry[];
}

/** One namespace of one host, before (absent when it was not there) and after. */
export interface Change {
  host: HostObservation;
  before?: NetnsObservation;
  after: NetnsObservation;
  hostBefore: HostObservation;
}

export interface Recorded {
  cell: Cell;
  proposed: readonly Entry[];
  /** An `.output` block, of a cell that changes nothing and prints the same each time. */
  printed?: string;
  /** Why nothing could be seen of it; absent when it ran as expected. */
  trouble?: string;
}

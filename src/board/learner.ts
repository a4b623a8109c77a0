/** One learner, as the log tells of them; changed in place by the book (book.ts) and by nobody else. */
import type { Consent, Reaction } from './events.ts';
import type { News } from './messages.ts';
import type { CoursePlace } from './outline.ts';
import type { CellMark, LearnerRow } from './rows.ts';

export interface Learner {
  readonly id: string;
  readonly name: string;
  readonly roster: string | undefined;
  /** SHA-256 of what they come back by. */
  readonly tokenHash: string;
  consent: Consent;
  place: CoursePlace | undefined;
  /** By `<lesson>/<cell>`. Never changed in place: a row that was handed out stays what it was. */
  cells: Readonly<Record<string, CellMark>>;
  /** Hints of each cell. */
  readonly hints: Map<string, number>;
  hintsTotal: number;
  /** In thousandths, so that a sum is the same whatever came before. */
  pointsMilli: number;
  stuckOn: LearnerRow['stuckOn'];
  /** Lessons that they said were finished. */
  readonly finished: Map<string, { at: number; activeMs: number }>;
  /** Since when they go about what they do now: came, moved, or got a cell done. */
  progressAt: number;
  /** When a cell last was done. */
  settledAt: number;
  /** When they last did anything. */
  activeAt: number;
  leftAt: number | undefined;
  handSince: number | undefined;
  reaction: { reaction: Reaction; at: number } | undefined;
  /** Numbered by place: the first is 1. */
  readonly news: News[];
}

/** What only who is connected knows of them; `since` by the host's clock. Absent: of no account. */
export interface Presence {
  here: boolean;
  since: number;
}

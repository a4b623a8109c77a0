/** What a board draws: one row a learner, and how the class stands. Plain JSON, made of the book (book.ts). */
import type { Consent, Failing, Pace, Reaction } from './events.ts';
import type { CoursePlace } from './outline.ts';

/** Of one cell of one learner, in few bytes: a board of two thousand rows holds many. */
export interface CellMark {
  status: 'running' | 'passed' | 'failed' | 'broken' | 'skipped';
  attempts: number;
  earned: number;
  /** Solution seen. */
  solution?: true;
}

/**
 * - `away`: not connected; `done`: all of the lesson where they are is done; `stuck`: the same cell has failed for a while
 * - `waiting`: at the gate, nothing to do until it opens; `idle`: nothing done for long
 */
export type LearnerStatus = 'working' | 'stuck' | 'done' | 'waiting' | 'idle' | 'away' | 'left';

export interface LearnerRow {
  id: string;
  name: string;
  roster?: string;
  status: LearnerStatus;
  /** Milliseconds since the epoch by the host's clock: since when `status` is so. */
  since: number;
  place?: CoursePlace;
  /** By `<lesson>/<cell>`. */
  cells: Readonly<Record<string, CellMark>>;
  /** The cell that is failing or broken now, the checks that do not hold, and since when. */
  stuckOn?: { lesson: string; cell: string; since: number; attempts: number; failing: readonly Failing[] };
  hand?: { since: number };
  reaction?: { reaction: Reaction; at: number };
  consent: Consent;
  points: number;
  hints: number;
}

export interface QuestionShown {
  id: string;
  learner: string;
  name: string;
  text: string;
  place?: CoursePlace;
  at: number;
  answered: boolean;
}

export interface PollResult {
  id: string;
  question: string;
  choices: readonly string[];
  votes: readonly number[];
  open: boolean;
  at: number;
}

export interface BoardState {
  title: string;
  rows: readonly LearnerRow[];
  pace: Pace;
  where?: CoursePlace;
  /** By the host's clock. */
  timer?: { label: string; endsAt: number };
  polls: readonly PollResult[];
  questions: readonly QuestionShown[];
  announcements: readonly { id: string; text: string; at: number }[];
  ended: boolean;
  /** The host's clock when this was made. */
  now: number;
}

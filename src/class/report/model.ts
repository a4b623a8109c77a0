/**
 * What a class comes to, at its end or at any time: who was there, what each has done, and where people gave up. Plain data;
 * all of it but the times of connections is what the learners' own machines have told: no proof of anything.
 */
import type { CellMark } from '../../board/rows.ts';

export interface Span {
  /** Milliseconds since the epoch, by the host's clock. */
  from: number;
  to: number;
}

export interface CellLine {
  lesson: string;
  cell: string;
  /** `waiting`: it was never run. */
  status: CellMark['status'] | 'waiting';
  attempts: number;
  hints: number;
  solution: boolean;
  earned: number;
  possible: number;
  /** Titles of the checks that do not hold now, with the first thing wrong where it is known. */
  failing: readonly { check: string; state: 'fail' | 'broken'; title: string; because?: string }[];
}

export interface LearnerLine {
  id: string;
  name: string;
  /** Their entry of the roster, where there is one. */
  roster?: string;
  joinedAt: number;
  /** They closed it themselves. */
  leftAt?: number;
  /** The instructor took them out of the class. */
  removed: boolean;
  /** Connected; one that was cut for a moment counts as whole. */
  spans: readonly Span[];
  connectedMs: number;
  /** Time between things done, without the long pauses in it. */
  activeMs: number;
  points: number;
  possible: number;
  /** Cells that count, done. */
  done: number;
  hints: number;
  solutions: number;
  hands: number;
  questions: number;
  finished: boolean;
  /** Where they were last. */
  place?: { lesson: string; step: number };
  cells: readonly CellLine[];
}

export interface StepLine {
  lesson: string;
  step: number;
  title: string;
  /** Learners who came so far, or further. */
  reached: number;
  /** Of those, who have done all that counts here. */
  done: number;
  /** Whose last place it is, though there was more to do, and who were not there any more. */
  stopped: number;
  /** The middle of those who worked here; absent when nobody did. */
  medianMs?: number;
  hinted: number;
  solved: number;
}

export interface CheckLine {
  lesson: string;
  cell: string;
  check: string;
  kind: string;
  title: string;
  /** Learners of whom it did not hold at least once, and how many runs that were. */
  learners: number;
  failures: number;
  /** Of whom it does not hold still. */
  open: number;
  /** Learners of whom it could not be looked at: nobody's fault. */
  broken: number;
  /** The first things wrong that were found most. */
  because: readonly { text: string; count: number }[];
}

export interface LessonLine {
  id: string;
  title: string;
  cells: number;
  possible: number;
  started: number;
  finished: number;
}

export interface ClassReport {
  format: 1;
  wirebook: string;
  id: string;
  title: string;
  openedAt: number;
  /** Absent while it goes on. */
  endedAt?: number;
  /** When this was made. */
  at: number;
  lessons: readonly LessonLine[];
  learners: readonly LearnerLine[];
  steps: readonly StepLine[];
  checks: readonly CheckLine[];
  polls: readonly { question: string; choices: readonly string[]; votes: readonly number[] }[];
}

/** Said wherever the results are. */
export const SELF_REPORTED =
  'Reported by the learners’ own machines: good for teaching, no proof. `wirebook grade` of what a learner hands in is.';

/**
 * What grading is made of: plain data. A submission is what a learner handed in, a record what the grader observed while
 * it ran, a grade what the record comes to under the lesson's checks. Only records are kept; grades are made of them again.
 */
import type { Observation, Verdict } from '../check/model.ts';
import type { RunOutcome } from '../sandbox/contract.ts';

export interface Submission {
  /** Who: the roster's id, or the folder's or file's name. */
  learner: string;
  /** From the roster. */
  name?: string;
  /** The file or folder as the instructor named it. */
  source: string;
  /** By the id of a task. What was not answered is not there. */
  answers: Readonly<Record<string, string>>;
  /** Hints and solutions that the journal of a bundle tells of, by cell. */
  help: Readonly<Record<string, { hints: number; solution: boolean }>>;
  /** What an instructor should know of it: a bundle that was changed, an unsigned journal. */
  notes: readonly string[];
}

/** Cannot be graded as it is: nothing of it runs, and why is said. */
export interface Refused {
  learner: string;
  name?: string;
  source: string;
  refused: string;
}

/** What the learner's text did, as the grader saw it. */
export interface Ran {
  text: string;
  outcome: RunOutcome;
  exit: number | null;
  /** Bounded. */
  stdout: string;
  stderr: string;
  durationMs: number;
}

export interface WalkedCell {
  cell: string;
  /** Absent when there was no answer, so that nothing ran. */
  ran?: Ran;
  /** The learner's words, the author's, or the author's in place of an answer that had failed. */
  by: 'learner' | 'lesson' | 'reference';
  verdicts: readonly Verdict[];
  /** Everything passive of all hosts, and what the checks had probed: may be judged again. */
  observation?: Observation;
  /** Values of the shell's variables that each check was judged with, by check id. */
  values?: Readonly<Record<string, Readonly<Record<string, string | null>>>>;
  /** Checks that held before the cell already, where an earlier one had failed: they may hold for want of what it did not do. */
  held?: readonly string[];
  /** Something that the learner started was still running when the checks looked. */
  background?: true;
  /** Why the cell could not be run at all: never the learner's fault. */
  skipped?: string;
}

/**
 * - `submitted`: the answers as they were handed in, one after the other
 * - `reference`: the same, but each cell that had failed was put right before the next
 * - `hidden`: once more as handed in, for hidden checks that send packets
 */
export type WalkKind = 'submitted' | 'reference' | 'hidden';

export interface Walk {
  kind: WalkKind;
  cells: readonly WalkedCell[];
}

export interface GradeRecord {
  format: 1;
  learner: string;
  name?: string;
  source: string;
  /** Of all that the result depends on: grading again makes no sense while it is the same. */
  fingerprint: string;
  lesson: { id: string; hash: string };
  driver: string;
  wirebook: string;
  /** ISO 8601, UTC. */
  startedAt: string;
  durationMs: number;
  /** Sandboxes that were made until it was graded, or given up. */
  attempts: number;
  /** `broken`: not graded, and that says nothing of the learner. */
  state: 'graded' | 'broken';
  /** Why it is broken. */
  because?: string;
  answers: Submission['answers'];
  help: Submission['help'];
  notes: readonly string[];
  /** What each check was when it was judged, by id: only one that is another now needs to be judged again. */
  checks: Readonly<Record<string, string>>;
  /** When it was judged again without being run, if ever. */
  rejudgedAt?: string;
  walks: readonly Walk[];
}

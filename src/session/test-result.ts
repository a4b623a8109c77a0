/** What `wirebook test` finds out about a lesson: plain data, the source of every report. */
import type { Verdict } from '../check/model.ts';
import type { Place } from '../lib/place.ts';
import type { RunOutcome } from '../sandbox/contract.ts';

/**
 * - `pass`: held after its cell and not before
 * - `fail`: did not hold, or the lesson is at fault (see `fault`)
 * - `broken`: we could not look
 * - `skipped`: not run, and why is said
 */
export type ResultState = 'pass' | 'fail' | 'broken' | 'skipped';

/** - `vacuous`: the check held before its cell; - `no-solution`: a task that nobody has written. */
export type LessonFault = 'vacuous' | 'no-solution';

export interface CheckResult {
  /** After the cell. */
  verdict: Verdict;
  /** Before the cell; absent when it could not be asked then (exit status, output). */
  before?: 'pass' | 'fail' | 'broken';
  state: ResultState;
  fault?: LessonFault;
}

export interface CellResult {
  id: string;
  number: number;
  role: 'run' | 'task';
  /** Title of its step. */
  step: string;
  place: Place;
  state: ResultState;
  fault?: LessonFault;
  /** Why it is skipped or broken, or what the lesson's fault is. */
  because?: string;
  /** An earlier cell had failed already: this failure may come of that one. */
  afterFailure: boolean;
  /** What ran. */
  text?: string;
  outcome?: RunOutcome;
  exit?: number | null;
  /** Of cells that did not pass, bounded. */
  stdout?: string;
  stderr?: string;
  durationMs: number;
  checks: readonly CheckResult[];
}

export interface LessonResult {
  lesson: string;
  file: string;
  title: string;
  language: string;
  /** Languages whose cells and checks are these, which was held against the original; they were not run again. */
  translations?: readonly string[];
  driver: string;
  /** What its params came of; absent when it has none. */
  seed?: string;
  state: ResultState;
  /** Why the lesson as a whole is broken or skipped. */
  because?: string;
  next?: readonly string[];
  /** ISO 8601, UTC. */
  startedAt: string;
  durationMs: number;
  cells: readonly CellResult[];
}

/** What several states come to: what could not be looked at makes the whole doubtful, so it stands first. */
export function worst(states: readonly ResultState[]): ResultState {
  for (const state of ['broken', 'fail', 'pass'] as const) if (states.includes(state)) return state;
  return 'skipped';
}

/** What a report is made of, and how it is asked for. Plain JSON. */
import type { Diagnostic } from '../lesson/model.ts';
import type { CellResult, LessonResult, ResultState } from '../session/test-result.ts';

export type {
  CellResult,
  CheckResult,
  LessonFault,
  LessonResult,
  ResultState,
} from '../session/test-result.ts';

/** A lesson file that is wrong is not run at all. */
export interface Refusal {
  file: string;
  diagnostics: readonly Diagnostic[];
}

export type Counts = Readonly<Record<ResultState, number>>;

export interface Report {
  /** Of this form; a change that a reader must know of raises it. */
  format: 1;
  wirebook: string;
  driver: string;
  /** ISO 8601, UTC. */
  startedAt: string;
  durationMs: number;
  interrupted: boolean;
  lessons: readonly LessonResult[];
  refused: readonly Refusal[];
  counts: { lessons: Counts; cells: Counts; checks: Counts };
}

/** What is told while a test goes on. The last one holds the whole. */
export type ReportEvent =
  | { type: 'test-started'; at: string; wirebook: string; driver: string; files: readonly string[] }
  | { type: 'lesson-refused'; refusal: Refusal }
  | { type: 'cell-tested'; lesson: string; file: string; seed?: string; cell: CellResult }
  | { type: 'lesson-tested'; result: LessonResult }
  | { type: 'test-finished'; report: Report };

export interface ReportOptions {
  color: boolean;
  /** Columns of the terminal; absent: lines are as long as they are. */
  width?: number;
  /** Files are named relative to it. */
  root: string;
  /** A word that no learner's output can know (for GitHub's `stop-commands`). */
  token: string;
  /** For formats that people read; what programs read is the same in every language. Absent: English. */
  say?: (sentence: string) => string;
}

/** A format: the text that one event adds, often none. Pure. */
export type Reporter = (event: ReportEvent, options: ReportOptions) => string;

function count(states: readonly ResultState[]): Counts {
  const counts = { pass: 0, fail: 0, broken: 0, skipped: 0 };
  for (const state of states) counts[state] += 1;
  return counts;
}

export function countsOf(lessons: readonly LessonResult[]): Report['counts'] {
  const cells = lessons.flatMap((lesson) => lesson.cells);
  return {
    lessons: count(lessons.map((lesson) => lesson.state)),
    cells: count(cells.map((cell) => cell.state)),
    checks: count(cells.flatMap((cell) => cell.checks.map((check) => check.state))),
  };
}

/** What a session comes to: folded from its events by reduce.ts, drawn by the screen, read by reports. */
import type { Verdict } from '../check/model.ts';
import type { RunOutcome } from '../sandbox/contract.ts';
import type { Deed, NotRepeated } from './deed.ts';
import type { RunBy } from './events.ts';
import type { NoticeCode, Values } from './notices.ts';
import type { Cut } from './printout/cut.ts';

export type SandboxState =
  | { state: 'none' }
  | { state: 'creating'; message: string }
  | { state: 'ready'; hosts: readonly string[]; durationMs: number }
  | { state: 'lost'; message: string; next: readonly string[] };

/**
 * - `waiting`: not run yet; `running`; `checking`: its checks are being looked at
 * - `passed`: came to its end as expected and all its checks hold
 * - `failed`: a check failed, or the exit status was not the expected one, or the time was over
 * - `broken`: we could not look; the learner is not at fault
 * - `skipped`
 */
export type CellStatus = 'waiting' | 'running' | 'checking' | 'passed' | 'failed' | 'broken' | 'skipped';

/** `omitted` is set on the one piece that stands for output left out of the middle: how many characters. */
export interface OutputPiece {
  stream: 'stdout' | 'stderr';
  text: string;
  omitted?: number;
}

export interface CellState {
  id: string;
  /** Points of the cell as a whole, earned when it passes; those of its checks are apart. */
  points?: number;
  status: CellStatus;
  /** While it is replayed: the status that it had, and gets back when the replay is cut short. */
  before?: CellStatus;
  /** What ran last. */
  text?: string;
  by?: RunBy;
  startedAt?: number;
  /** Streamed output in order of arrival, at most 256 KiB kept for the screen. */
  output: readonly OutputPiece[];
  /** It has printed more than that: the file of the session's that has all of it, or all but its end. */
  printout?: { file: string; cut?: Cut };
  outcome?: RunOutcome;
  exit?: number | null;
  durationMs?: number;
  verdicts: readonly Verdict[];
  /** How often the learner ran it. */
  attempts: number;
  hintsShown: number;
  /** Which ones, as indexes into `Cell.hints`, the first shown first; absent before the first. Read it by `shownHints`. */
  hints?: readonly number[];
  solutionShown: boolean;
  skippedBecause?: string;
  /** What is known of its checks was seen in another sandbox: in this one it was at most done again. */
  replayed?: boolean;
  /** It was run in a sandbox that is no more, and not in this one: why not. Nothing is known of its checks. */
  notRepeated?: NotRepeated;
  /** Skipped, but what it is to bring about is there: by its solution, unchecked. `text` has done it. */
  jumped?: boolean;
  /** It passed by what was done in a shell: no text of the cell's has done it. */
  byHand?: boolean;
  /** What was done by hand was done again in this sandbox, and by what. */
  handAgain?: 'solution' | 'commands';
  /** Commands that were not done again with the others, and those that ended otherwise than before. */
  handLeft?: { left: readonly string[]; differs: readonly string[] };
  /** Ids of checks that held by what was done in a shell, in a sandbox that is no more. */
  held?: readonly string[];
  /** Something of it was done in a shell, in a sandbox that is no more. */
  gone?: boolean;
  /** What the last look at a shell's work has told: titles of the checks that had come to hold, and of what was broken. */
  watched?: { at: number; titles: readonly string[]; broken?: readonly string[] };
  /** The learner's text: of a task, or instead of the author's; kept over resets. */
  answer?: string;
  /** What the learner has run, each text once, the last one last; kept over resets. */
  ran?: readonly string[];
}

export interface SessionState {
  lesson: string;
  file: string;
  hash: string;
  sandbox: SandboxState;
  /** The sandbox is being brought to where the learner was: what is asked of it waits. */
  catchingUp?: boolean;
  /** Index into `Lesson.blocks`. */
  block: number;
  cells: Readonly<Record<string, CellState>>;
  /** What has been done in the sandbox since it was fresh; undefined when not all of it is known. */
  deeds?: readonly Deed[] | undefined;
  quizzes: Readonly<Record<string, { choice: number; right: boolean }>>;
  /** Questions whose answer was asked for. */
  quizzesShown?: readonly string[];
  openedAt: number;
  /** How long the learner has been at it, pauses left out, and when they last did something. */
  activeMs?: number;
  activeAt?: number;
  finished: boolean;
  /** Points of passed checks and cells, and all there are. */
  points: { earned: number; possible: number };
  /** What Wirebook has to say about the session itself (resumed, journal mended, a tool missing); the newest last. */
  notices?: readonly Notice[];
}

export interface Notice {
  code?: NoticeCode | undefined;
  values?: Values | undefined;
  message: string;
  next: readonly string[];
}

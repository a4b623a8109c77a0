/**
 * A session is a stream of these events; its state is folded from them (reduce.ts), the journal keeps them, the screen
 * and the reports only read what they fold to. `at` is milliseconds since the epoch. Plain JSON.
 */
import type { Verdict } from '../check/model.ts';
import type { Observation } from '../check/observation.ts';
import type { OutputStream, RunOutcome } from '../sandbox/contract.ts';
import type { TraceCapture } from '../trace/capture.ts';
import type { Deed, Hand, NotRepeated } from './deed.ts';
import type { Notice } from './notices.ts';
import type { Cut } from './printout/cut.ts';

export type RunBy = 'learner' | 'replay' | 'solution' | 'test';

export type SessionEvent = { at: number } & (
  | { type: 'session-opened'; lesson: string; file: string; hash: string; driver: string; version: string }
  | { type: 'sandbox-creating' }
  | { type: 'sandbox-progress'; message: string }
  | { type: 'sandbox-ready'; hosts: readonly string[]; durationMs: number }
  /** The sandbox's failure, never the learner's. */
  | { type: 'sandbox-lost'; message: string; next: readonly string[] }
  | { type: 'setup-failed'; message: string }
  | Notice
  /** The learner is at this block (index into `Lesson.blocks`). */
  | { type: 'moved'; block: number }
  /** What the learner has written into a task so far. */
  | { type: 'answer-edited'; cell: string; text: string }
  | { type: 'cell-started'; cell: string; text: string; by: RunBy }
  /** Not kept in the journal piece by piece: `cell-finished` has the whole. */
  | { type: 'output'; cell: string; stream: OutputStream; text: string }
  | {
      type: 'cell-finished';
      cell: string;
      outcome: RunOutcome;
      exit: number | null;
      stdout: string;
      stderr: string;
      durationMs: number;
    }
  /** All of what the cell has printed is in this file of the session's; `cut`: all but its end. */
  | { type: 'printout-kept'; cell: string; file: string; cut?: Cut }
  | { type: 'cell-skipped'; cell: string; reason: string }
  /**
   * The sandbox was brought to where this cell had brought it, for another one took its place; its checks were not
   * looked at, what is known of them is of before. `ran`: false when it only looks at things.
   */
  | { type: 'cell-replayed'; cell: string; ran: boolean }
  /** A sandbox is being brought to where the learner was; not kept. */
  | { type: 'catching-up'; under: boolean }
  /** In the sandbox that took the place of the cell's it is not done again: what was known of it is of no more use. */
  | { type: 'cell-not-repeated'; cell: string; why: NotRepeated }
  /** What the cell is to bring about was brought about by its solution, on the way to a later one; nobody has looked. */
  | { type: 'cell-jumped'; cell: string; text: string }
  | { type: 'checks-started'; cell: string }
  /** One check was judged; comes as soon as it is known. */
  | { type: 'check-judged'; cell: string; verdict: Verdict }
  | { type: 'checks-finished'; cell: string; observation?: Observation }
  /**
   * The sandbox was looked at while the learner worked in a shell of their own. `verdicts`: checks that hold now and did
   * not before, could not be looked at, or are to hold all along and do not any more (`fail`); `withdrawn`: ids of those
   * told earlier that are not so any more. One that does not hold yet is not told: nobody has said to be done. `passed`: all of the cell's checks hold, in one look.
   */
  | {
      type: 'checks-watched';
      cell: string;
      verdicts: readonly Verdict[];
      withdrawn: readonly string[];
      passed: boolean;
      observation?: Observation;
    }
  /** The learner has followed a packet of one of the cell's checks; `key`: that of the need (check/observation.ts). */
  | { type: 'packet-followed'; cell: string; key: string; capture: TraceCapture }
  /** In a shell beside the lesson; which command is not told, and the journal does not keep it. */
  | { type: 'command-entered'; host: string }
  /**
   * In a shell, and it may have changed something: kept in the learner's own journal alone, to do it again in another
   * sandbox; no class is told of it, and it is not handed in.
   */
  | { type: 'command-typed'; cell: string; text: string; hand: Hand }
  | { type: 'command-over'; id: string; how: NonNullable<Hand['how']>; exit?: number; durationMs: number }
  /** What was typed in shells for a cell was done again in this sandbox, but for what is named. */
  | { type: 'hand-repeated'; cell: string; left: readonly string[]; differs: readonly string[] }
  /** `hint`: index into `Cell.hints`. */
  | { type: 'hint-shown'; cell: string; hint: number }
  | { type: 'solution-shown'; cell: string }
  | { type: 'quiz-answered'; quiz: string; choice: number; right: boolean }
  /** The answer was asked for; the question counts as it was answered before. */
  | { type: 'quiz-shown'; quiz: string }
  /** These cells back to the start; answers are kept. `deeds`: what the sandbox is then brought to hold. */
  | { type: 'rewound'; cells: readonly string[]; deeds?: readonly Deed[] | undefined }
  /** All cells back to the start; answers are kept. */
  | { type: 'reset' }
  | { type: 'lesson-finished' }
  | { type: 'session-closed' }
);

export type SessionEventType = SessionEvent['type'];
/** One event by its type. */
export type EventOf<T extends SessionEventType> = Extract<SessionEvent, { type: T }>;

/** What the screen and the plain line mode hold in their hands: send actions, read state. Implemented by open.ts. */
import type { Need, Observation } from '../check/observation.ts';
import type { Lesson } from '../lesson/model.ts';
import type { Pty, PtyOptions } from '../sandbox/contract.ts';
import type { TraceCapture } from '../trace/capture.ts';
import type { NoPacket } from './follow.ts';
import type { Printout } from './printout/printout.ts';
import type { SessionState } from './state.ts';
import type { Stir } from './watched/pace.ts';

export type Action =
  /** Runs a cell: the learner's text (`text`, else what was written before), else its own. Then its checks. */
  | { do: 'run-cell'; cell: string; text?: string }
  /** Looks at the checks of a cell again without running anything: the learner worked in a shell. */
  | { do: 'check-cell'; cell: string }
  /** Runs every cell before this one that is not done yet (tasks with the learner's answer, else the solution). */
  | { do: 'run-to'; cell: string }
  /** The same in a moment, by the solutions and unchecked: those cells are then passed over. */
  | { do: 'jump'; cell: string }
  /**
   * A fresh sandbox, at the beginning of a step (index into `Lesson.steps`), or later in it: before `cell`. The cells from
   * there on wait.
   */
  | { do: 'restore'; step: number; cell?: string }
  | { do: 'interrupt' }
  | { do: 'edit-answer'; cell: string; text: string }
  | { do: 'show-hint'; cell: string }
  | { do: 'show-solution'; cell: string }
  | { do: 'skip-cell'; cell: string; reason?: string }
  | { do: 'answer-quiz'; quiz: string; choice: number }
  | { do: 'show-quiz'; quiz: string }
  | { do: 'move'; block: number }
  /** A fresh sandbox; all cells waiting; answers kept. */
  | { do: 'reset' };

export interface Session {
  readonly lesson: Lesson;
  /** The lesson is presented to a class: its speaker notes may be seen. Absent for learners. */
  readonly presenting?: true;
  getState(): SessionState;
  /** Why what was done is not kept; undefined when all of it is. */
  unkept?(): string | undefined;
  /** For `useSyncExternalStore`. Listeners are called after the state changed, at most once a batch of events. */
  subscribe(listener: () => void): () => void;
  /** Never throws: what goes wrong becomes an event. */
  act(action: Action): void;
  /** Resolves when no action is under way. */
  idle(): Promise<void>;
  /**
   * Looks at the hosts apart from any check, also while a cell runs. Makes no sandbox and runs no cell for it.
   * @throws SandboxError when there is no sandbox that is ready.
   */
  observe(needs: readonly Need[]): Promise<Observation>;
  /**
   * Sends the packet of one of the cell's checks (one that has failed first) once more and watches every interface; what
   * was seen is kept with the cell.
   * @throws SandboxError when there is no sandbox that is ready.
   */
  follow(cell: string): Promise<TraceCapture | NoPacket | undefined>;
  /**
   * While one is open, what the learner does there is watched: checks of the cell that they are at turn green by
   * themselves.
   */
  openPty(host: string, options: PtyOptions): Promise<Pty>;
  /** All that a cell has printed, where that is more than its state has; and the file that has it. */
  printout?(cell: string): { printout: Printout; path: string } | undefined;
  /** Looks once more at what was done in a shell, now. */
  watch(): Promise<void>;
  /** Called when something happens in one of the shells: a line was entered, something was printed. */
  onStir(listener: (what: Stir) => void): () => void;
  /** The reader follows a packet over the map and is at this hop, or at none any more. Absent where nobody asks. */
  atHop?(hop: number | undefined): void;
  close(): Promise<void>;
}

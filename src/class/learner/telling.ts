/** What of a session is told to the class: what is new in its state since the last look, within the limits. Pure. */

import type { Failing, LearnerEvent } from '../../board/events.ts';
import { LIMITS } from '../../board/limits.ts';
import type { Verdict } from '../../check/model.ts';
import type { Cell, Lesson } from '../../lesson/model.ts';
import { lineText } from '../../page/text/line.ts';
import { createOutputReader } from '../../page/text/output.ts';
import { clipText } from '../../session/output.ts';
import type { CellState, SessionState } from '../../session/state.ts';

type CellEvent = Extract<LearnerEvent, { type: 'cell' }>;
type OutputEvent = Extract<LearnerEvent, { type: 'output' }>;

/** What was told last of a session; handed back at the next look. */
export interface Told {
  /** Where they are, and of what that is known: the block they went to, or the cell they started last. */
  step: number | undefined;
  block: number | undefined;
  startedAt: number;
  /** By cell: the event, as JSON. */
  cells: Readonly<Record<string, string>>;
  /** By cell: of which run the output was told. */
  outputs: Readonly<Record<string, string>>;
  quizzes: Readonly<Record<string, number>>;
  finished: boolean;
}

export const NOTHING_TOLD: Told = {
  step: undefined,
  block: undefined,
  startedAt: 0,
  cells: {},
  outputs: {},
  quizzes: {},
  finished: false,
};

const short = (text: string, most: number) => (text.length <= most ? text : `${text.slice(0, most - 1)}…`);
const id = (text: string) => short(text, LIMITS.id);
const count = (n: number) => Math.max(0, Math.min(1_000_000, Math.floor(n)));
const oneLine = (text: string) => short(text.replace(/\s+/g, ' ').trim(), LIMITS.title);

export function stepAt(lesson: Lesson, block: number): number {
  return Math.max(
    0,
    lesson.steps.findIndex((step) => block >= step.from && block < step.to),
  );
}

function failingOf(verdicts: readonly Verdict[]): Failing[] {
  return verdicts
    .flatMap((verdict): Failing[] => {
      const { state, check, kind, title } = verdict;
      if (state !== 'fail' && state !== 'broken') return [];
      // Not what was found: that may be what their cell has printed, which they may not want to be seen.
      const because = verdict.explanation?.cause;
      return [
        {
          check: id(check),
          kind: id(kind),
          state,
          title: oneLine(title),
          ...(because ? { because: oneLine(because) } : {}),
        },
      ];
    })
    .slice(0, LIMITS.failing);
}

function cellEvent(lesson: Lesson, cell: Cell, state: CellState): CellEvent {
  const passing = new Set(state.verdicts.filter((one) => one.state === 'pass').map(({ check }) => check));
  const holding = cell.expects.filter(({ id: check }) => passing.has(check));
  const own = state.status === 'passed' ? cell.points : 0;
  return {
    type: 'cell',
    lesson: id(lesson.id),
    cell: id(cell.id),
    status: state.status === 'checking' ? 'running' : state.status,
    attempts: count(state.attempts),
    hints: count(state.hintsShown),
    solution: state.solutionShown,
    earned: own + holding.reduce((sum, { points }) => sum + points, 0),
    holding: count(holding.length),
    failing: failingOf(state.verdicts),
  };
}

/** While a cell runs and is looked at, what is known of it changes with each check: nobody reads that. */
function worthTelling(state: CellState, before: string | undefined): boolean {
  const underWay = state.status === 'running' || state.status === 'checking';
  if (!underWay) return before !== undefined || state.status !== 'waiting' || state.hintsShown > 0;
  // A replay is quiet.
  return state.before === undefined && (before === undefined || !before.includes('"status":"running"'));
}

/** Only what a terminal would show: no colours, no cursor movements, nothing that another terminal would obey. */
function seen(pieces: readonly { stream: 'stdout' | 'stderr'; text: string }[]): string {
  const reader = createOutputReader({ colours: false, base: { stdout: '', stderr: '' } });
  for (const { text, stream } of pieces) reader.push(text, stream);
  return reader.lines().map(lineText).join('\n');
}

/** Room for the line that says how much was left out. */
const MARK = 64;

/** Cut until the whole message fits, however many bytes its characters take; where it is cut, it says so. */
function fitted<T>(make: (cut: (text: string) => string) => T): T {
  for (let most: number = LIMITS.output - MARK; ; most = Math.floor(most / 2)) {
    const event = make((text) => clipText(text, most));
    if (Buffer.byteLength(JSON.stringify(event)) < LIMITS.messageBytes - 1024 || most < 64) return event;
  }
}

function outputEvent(lesson: Lesson, cell: Cell, state: CellState): OutputEvent {
  const written = seen([{ stream: 'stdout', text: state.text ?? state.answer ?? cell.text }]);
  const output = seen(state.output);
  return fitted((cut) => ({
    type: 'output',
    lesson: id(lesson.id),
    cell: id(cell.id),
    text: cut(written),
    output: cut(output),
  }));
}

/** A run is told once, when it has ended. */
function runOf(state: CellState): string | undefined {
  const ended = state.status === 'passed' || state.status === 'failed' || state.status === 'broken';
  return ended && state.startedAt !== undefined ? `${state.startedAt}` : undefined;
}

export function transcriptEvent(lesson: string, typed: string): LearnerEvent {
  // The next piece goes on where this one ends: on a line of its own, or not.
  const text = seen([{ stream: 'stdout', text: typed }]) + (typed.endsWith('\n') ? '\n' : '');
  return fitted((cut) => ({ type: 'transcript', lesson: id(lesson), text: cut(text) }));
}

export interface News {
  events: LearnerEvent[];
  told: Told;
}

/** `outputs`: the learner agrees that they are shared. */
export function tell(lesson: Lesson, state: SessionState, told: Told, outputs: boolean): News {
  const events: LearnerEvent[] = [];
  const cells: Record<string, string> = { ...told.cells };
  const runs: Record<string, string> = { ...told.outputs };
  const quizzes: Record<string, number> = { ...told.quizzes };

  let step = state.block === told.block && told.step !== undefined ? told.step : stepAt(lesson, state.block);
  let { startedAt } = told;
  for (const cell of lesson.cells) {
    const started = state.cells[cell.id];
    if (started?.by !== 'learner' || (started.startedAt ?? 0) <= startedAt) continue;
    startedAt = started.startedAt!;
    // At the first look it is of another day.
    if (told.step !== undefined) step = cell.step;
  }
  if (step !== told.step) events.push({ type: 'moved', lesson: id(lesson.id), step });
  for (const cell of lesson.cells) {
    const now = state.cells[cell.id];
    if (!now) continue;
    if (worthTelling(now, cells[cell.id])) {
      const event = cellEvent(lesson, cell, now);
      const text = JSON.stringify(event);
      if (text !== cells[cell.id]) events.push(event);
      cells[cell.id] = text;
    }
    const run = runOf(now);
    if (run !== undefined && run !== runs[cell.id]) {
      if (outputs) events.push(outputEvent(lesson, cell, now));
      runs[cell.id] = run;
    }
  }
  for (const [quiz, { choice, right }] of Object.entries(state.quizzes)) {
    if (quizzes[quiz] === choice) continue;
    quizzes[quiz] = choice;
    events.push({ type: 'quiz', lesson: id(lesson.id), quiz: id(quiz), choice, right });
  }
  if (state.finished && !told.finished)
    events.push({
      type: 'lesson-finished',
      lesson: id(lesson.id),
      activeMs: Math.max(0, Math.round(state.activeMs ?? 0)),
      points: state.points,
    });
  return {
    events,
    told: { step, block: state.block, startedAt, cells, outputs: runs, quizzes, finished: state.finished },
  };
}

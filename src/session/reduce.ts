/**
 * Folds a session's events into its state. Pure, and at ease with any order of events: a journal may be cut anywhere,
 * a background cell prints after it has finished, a lesson may have lost a cell. What makes no sense changes nothing.
 */
import type { Verdict } from '../check/model.ts';
import type { Lesson } from '../lesson/model.ts';
import type { EventOf, SessionEvent } from './events.ts';
import { shownHints } from './hints.ts';
import { appendOutput } from './output.ts';
import { everyCell, inAnotherSandbox, settled, stopCells, underWay } from './sandbox-changes.ts';
import type { CellState, SessionState } from './state.ts';
import { timed } from './time.ts';

const MAX_NOTICES = 20;

/** Texts that the learner can go back to; a giant one is not kept twice. */
const MAX_RAN = 20;
const MAX_RAN_UNITS = 8 * 1024;

export function freshCell(
  id: string,
  points: number,
  { answer, ran }: Pick<CellState, 'answer' | 'ran'> = {},
): CellState {
  const cell: CellState = {
    id,
    points,
    status: 'waiting',
    output: [],
    verdicts: [],
    attempts: 0,
    hintsShown: 0,
    solutionShown: false,
  };
  return {
    ...cell,
    ...(answer !== undefined && { answer }),
    ...(ran !== undefined && { ran }),
  };
}

function alsoRan(ran: readonly string[] = [], text: string): readonly string[] {
  if (text.length > MAX_RAN_UNITS) return ran;
  return [...ran.filter((other) => other !== text), text].slice(-MAX_RAN);
}

/** All points that a lesson has to give: of its cells and of its checks. */
export function possiblePoints(lesson: Lesson): number {
  return lesson.cells.reduce(
    (sum, cell) => sum + cell.points + cell.expects.reduce((points, check) => points + check.points, 0),
    0,
  );
}

export function initialState(lesson: Lesson, at: number): SessionState {
  return {
    lesson: lesson.id,
    file: lesson.file,
    hash: lesson.hash,
    sandbox: { state: 'none' },
    block: 0,
    cells: Object.fromEntries(lesson.cells.map((cell) => [cell.id, freshCell(cell.id, cell.points)])),
    quizzes: {},
    openedAt: at,
    finished: false,
    points: { earned: 0, possible: possiblePoints(lesson) },
  };
}

/** What the verdicts of a cell come to. A failure is certain, so it stands above what could not be looked at. */
export function statusOf(verdicts: readonly Verdict[]): 'passed' | 'failed' | 'broken' {
  if (verdicts.some((verdict) => verdict.state === 'fail')) return 'failed';
  return verdicts.some((verdict) => verdict.state !== 'pass') ? 'broken' : 'passed';
}

function earnedPoints(cells: SessionState['cells']): number {
  let sum = 0;
  for (const cell of Object.values(cells)) {
    if ((cell.before ?? cell.status) === 'passed') sum += cell.points ?? 0;
    for (const verdict of cell.verdicts) if (verdict.state === 'pass') sum += verdict.points;
  }
  return sum;
}

/** Changes one cell. Points follow; an unknown cell (of an older lesson) is left alone. */
function withCell(state: SessionState, id: string, change: (cell: CellState) => CellState): SessionState {
  const cell = Object.hasOwn(state.cells, id) ? state.cells[id] : undefined;
  if (cell === undefined) return state;
  const next = change(cell);
  return next === cell ? state : { ...state, cells: { ...state.cells, [id]: next } };
}

function scored(state: SessionState): SessionState {
  const earned = earnedPoints(state.cells);
  return earned === state.points.earned ? state : { ...state, points: { ...state.points, earned } };
}

function started(cell: CellState, event: EventOf<'cell-started'>): CellState {
  const { before, ...kept } = event.by === 'replay' ? cell : ofAnotherRun(cell);
  return {
    ...kept,
    ...(event.by === 'replay' && { before: before ?? cell.status }),
    status: 'running',
    text: event.text,
    by: event.by,
    startedAt: event.at,
    // A replay is quiet: what the learner saw stays until it is known anew.
    output: event.by === 'replay' ? cell.output : [],
    verdicts: event.by === 'replay' ? cell.verdicts : [],
    attempts: cell.attempts + (event.by === 'learner' ? 1 : 0),
    ...(event.by === 'learner' && { ran: alsoRan(cell.ran, event.text) }),
  };
}

/** Without what was said of the run before. */
function ofAnotherRun(cell: CellState): CellState {
  const {
    outcome: _,
    exit: __,
    durationMs: ___,
    skippedBecause: ____,
    byHand: _____,
    watched: ______,
    gone: _________,
    replayed: _______,
    jumped: ________,
    ...kept
  } = cell;
  return kept;
}

/** Never while a cell runs: that look was of another moment. What failed in the learner's last try stays so. */
function watched(cell: CellState, event: EventOf<'checks-watched'>): CellState {
  if (underWay(cell.status)) return cell;
  const passes = event.passed && statusOf(event.verdicts) === 'passed';
  // What has passed is not watched any more: a look that came late takes nothing back.
  if (cell.status === 'passed' && !passes) return cell;
  const titles = event.verdicts.filter(({ state }) => state === 'pass').map(({ title }) => title);
  const told = titles.length > 0 ? { watched: { at: event.at, titles } } : {};
  if (passes) {
    const { text: _, ...kept } = ofAnotherRun(cell);
    const passed: CellState = { ...kept, ...told, status: 'passed', verdicts: [], byHand: true };
    return event.verdicts.reduce(judged, passed);
  }
  const verdicts = cell.verdicts.filter(({ check }) => !event.withdrawn.includes(check));
  const { gone, ...kept } = cell;
  const still = gone && event.verdicts.length === 0 ? { gone } : {};
  return event.verdicts.reduce(judged, { ...kept, ...still, ...told, verdicts });
}

function finished(cell: CellState, event: EventOf<'cell-finished'>): CellState {
  if (event.outcome === 'interrupted' && cell.before !== undefined) return settled(cell, 'waiting');
  // Pieces that were streamed are in the order of their arrival; the two texts of the event are not.
  const streamed = cell.by !== 'replay' && cell.output.length > 0;
  return {
    ...cell,
    status: 'checking',
    outcome: event.outcome,
    exit: event.exit,
    durationMs: event.durationMs,
    output: streamed
      ? cell.output
      : appendOutput(appendOutput([], 'stdout', event.stdout), 'stderr', event.stderr),
  };
}

function judged(cell: CellState, verdict: Verdict): CellState {
  const known = cell.verdicts.findIndex((other) => other.check === verdict.check);
  return {
    ...cell,
    verdicts: known === -1 ? [...cell.verdicts, verdict] : cell.verdicts.with(known, verdict),
  };
}

export function reduce(state: SessionState, event: SessionEvent, lesson?: Lesson): SessionState {
  const next = reduced(state, event, lesson);
  return next === state && event.type !== 'moved' ? state : timed(next, event);
}

function reduced(state: SessionState, event: SessionEvent, lesson?: Lesson): SessionState {
  switch (event.type) {
    case 'session-opened':
      return scored({
        ...stopCells(state, 'waiting'),
        file: event.file,
        hash: event.hash,
        openedAt: event.at,
        sandbox: { state: 'none' },
      });
    case 'sandbox-creating':
      return { ...state, sandbox: { state: 'creating', message: '' } };
    case 'sandbox-progress':
      return state.sandbox.state === 'creating'
        ? { ...state, sandbox: { state: 'creating', message: event.message } }
        : state;
    case 'sandbox-ready':
      return scored({
        ...everyCell(state, inAnotherSandbox),
        sandbox: { state: 'ready', hosts: event.hosts, durationMs: event.durationMs },
      });
    case 'sandbox-lost':
      return {
        ...stopCells(state, 'broken'),
        sandbox: { state: 'lost', message: event.message, next: event.next },
      };
    case 'setup-failed':
      return {
        ...stopCells(state, 'broken'),
        sandbox: { state: 'lost', message: event.message, next: [] },
      };
    case 'notice':
      return {
        ...state,
        notices: [
          ...(state.notices ?? []),
          { code: event.code, values: event.values, message: event.message, next: event.next },
        ].slice(-MAX_NOTICES),
      };
    case 'moved': {
      const last = lesson === undefined ? event.block : Math.min(event.block, lesson.blocks.length - 1);
      return { ...state, block: Number.isSafeInteger(last) ? Math.max(0, last) : state.block };
    }
    case 'answer-edited':
      return withCell(state, event.cell, (cell) => ({ ...cell, answer: event.text }));
    case 'cell-started':
      return scored(withCell(state, event.cell, (cell) => started(cell, event)));
    case 'output':
      return withCell(state, event.cell, (cell) =>
        cell.status === 'waiting'
          ? cell // a background job of before a reset
          : { ...cell, output: appendOutput(cell.output, event.stream, event.text) },
      );
    case 'cell-finished':
      return withCell(state, event.cell, (cell) =>
        cell.status === 'running' ? finished(cell, event) : cell,
      );
    case 'cell-skipped':
      return scored(
        withCell(state, event.cell, (cell) => ({
          ...cell,
          status: 'skipped',
          verdicts: [],
          jumped: false,
          skippedBecause: event.reason,
        })),
      );
    case 'cell-replayed':
      return scored(
        withCell(state, event.cell, (cell) =>
          underWay(cell.status) && cell.before === undefined
            ? cell
            : { ...settled(cell, cell.status), replayed: true },
        ),
      );
    case 'cell-jumped':
      return scored(
        withCell(state, event.cell, (cell) => ({
          ...ofAnotherRun(cell),
          status: 'skipped',
          text: event.text,
          by: 'solution',
          verdicts: [],
          output: [],
          jumped: true,
        })),
      );
    case 'checks-started':
      return scored(
        withCell(state, event.cell, (cell) => {
          const { skippedBecause: _, replayed: __, ...kept } = cell;
          return { ...kept, status: 'checking', verdicts: cell.before === undefined ? [] : cell.verdicts };
        }),
      );
    case 'check-judged':
      return scored(
        withCell(state, event.cell, (cell) =>
          cell.status === 'checking' ? judged(cell, event.verdict) : cell,
        ),
      );
    case 'checks-finished':
      return scored(
        withCell(state, event.cell, (cell) =>
          cell.status === 'checking'
            ? settled({ ...cell, before: undefined }, statusOf(cell.verdicts))
            : cell,
        ),
      );
    case 'checks-watched':
      return scored(withCell(state, event.cell, (cell) => watched(cell, event)));
    case 'hint-shown':
      return withCell(state, event.cell, (cell) => {
        const shown = shownHints(cell);
        if (shown.includes(event.hint)) return cell;
        return { ...cell, hintsShown: shown.length + 1, hints: [...shown, event.hint] };
      });
    case 'solution-shown':
      return withCell(state, event.cell, (cell) => ({ ...cell, solutionShown: true }));
    case 'quiz-answered':
      return {
        ...state,
        quizzes: { ...state.quizzes, [event.quiz]: { choice: event.choice, right: event.right } },
      };
    case 'rewound':
      return scored({
        ...event.cells.reduce(
          (next, id) =>
            withCell(next, id, (cell) =>
              // What runs now is of the sandbox that is given up.
              freshCell(cell.id, cell.points ?? 0, cell),
            ),
          state,
        ),
        finished: false,
      });
    case 'reset':
      return scored({
        ...everyCell(state, (cell) => freshCell(cell.id, cell.points ?? 0, cell)),
        finished: false,
      });
    case 'lesson-finished':
      return { ...state, finished: true };
    case 'session-closed':
      return scored({ ...stopCells(state, 'waiting'), sandbox: { state: 'none' } });
    default:
      return state; // an event of a newer version, read from a journal
  }
}

/**
 * Folds a session's events into its state. Pure, and at ease with any order of events: a journal may be cut anywhere,
 * a background cell prints after it has finished, a lesson may have lost a cell. What makes no sense changes nothing.
 */
import type { Lesson } from '../lesson/model.ts';
import { finished, freshCell, judged, ofAnotherRun, started, statusOf, watched } from './cell-changes.ts';
import { type Deeds, deedBegun, deedEnded, deedJumped, deedOver, deedTyped } from './deeds.ts';
import type { SessionEvent } from './events.ts';
import { shownHints } from './hints.ts';
import { appendOutput } from './output.ts';
import { everyCell, ofAnotherSandbox, settled, stopCells, underWay } from './sandbox-changes.ts';
import type { CellState, SessionState } from './state.ts';
import { timed } from './time.ts';

const MAX_NOTICES = 20;

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
    deeds: [],
    quizzes: {},
    openedAt: at,
    finished: false,
    points: { earned: 0, possible: possiblePoints(lesson) },
  };
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

/** Of a cell that nobody knows nothing is remembered. */
function withDeeds(next: SessionState, before: SessionState, change: (deeds: Deeds) => Deeds): SessionState {
  return next === before ? next : { ...next, deeds: change(next.deeds) };
}

function scored(state: SessionState): SessionState {
  const earned = earnedPoints(state.cells);
  return earned === state.points.earned ? state : { ...state, points: { ...state.points, earned } };
}

export function reduce(state: SessionState, event: SessionEvent, lesson?: Lesson): SessionState {
  const next = reduced(state, event, lesson);
  return next === state && event.type !== 'moved' ? state : timed(next, event);
}

function reduced(state: SessionState, event: SessionEvent, lesson?: Lesson): SessionState {
  switch (event.type) {
    case 'session-opened':
      return scored({
        ...everyCell(stopCells(state, 'waiting'), ofAnotherSandbox),
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
        ...everyCell(state, ofAnotherSandbox),
        sandbox: { state: 'ready', hosts: event.hosts, durationMs: event.durationMs },
      });
    case 'sandbox-lost':
      return {
        ...everyCell(stopCells(state, 'broken'), ofAnotherSandbox),
        sandbox: { state: 'lost', message: event.message, next: event.next },
      };
    case 'setup-failed':
      return {
        ...everyCell(stopCells(state, 'broken'), ofAnotherSandbox),
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
      return scored(
        withDeeds(
          withCell(state, event.cell, (cell) => started(cell, event)),
          state,
          (deeds) => deedBegun(deeds, event),
        ),
      );
    case 'output':
      return withCell(state, event.cell, (cell) =>
        cell.status === 'waiting'
          ? cell // a background job of before a reset
          : { ...cell, output: appendOutput(cell.output, event.stream, event.text) },
      );
    case 'cell-finished': {
      const next = withCell(state, event.cell, (cell) =>
        cell.status === 'running' ? finished(cell, event) : cell,
      );
      const replay = next.cells[event.cell]?.by === 'replay';
      return replay ? next : withDeeds(next, state, (deeds) => deedEnded(deeds, event));
    }
    case 'printout-kept': {
      const { file, cut } = event;
      return withCell(state, event.cell, (cell) =>
        cell.status === 'waiting' ? cell : { ...cell, printout: { file, ...(cut && { cut }) } },
      );
    }
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
            : {
                ...settled(cell, cell.status),
                replayed: true,
                ...(cell.byHand && { handAgain: 'solution' }),
              },
        ),
      );
    case 'catching-up':
      return { ...state, catchingUp: event.under };
    case 'cell-not-repeated':
      return scored(
        withCell(state, event.cell, ({ before: _, ...cell }) => ({
          ...ofAnotherRun(cell),
          status: 'waiting',
          verdicts: [],
          output: [],
          notRepeated: event.why,
        })),
      );
    case 'cell-jumped':
      return scored(
        withDeeds(
          withCell(state, event.cell, (cell) => ({
            ...ofAnotherRun(cell),
            status: 'skipped',
            text: event.text,
            by: 'solution',
            verdicts: [],
            output: [],
            jumped: true,
          })),
          state,
          (deeds) => deedJumped(deeds, event),
        ),
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
    case 'command-typed':
      return Object.hasOwn(state.cells, event.cell)
        ? { ...state, deeds: deedTyped(state.deeds, event) }
        : state;
    case 'command-over':
      return { ...state, deeds: deedOver(state.deeds, event) };
    case 'hand-repeated':
      return withCell(state, event.cell, ({ gone: _, held: __, ...cell }) => ({
        ...cell,
        handAgain: 'commands',
        handLeft: { left: event.left, differs: event.differs },
      }));
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
    case 'quiz-shown': {
      const { quizzesShown = [] } = state;
      if (quizzesShown.includes(event.quiz)) return state;
      return { ...state, quizzesShown: [...quizzesShown, event.quiz] };
    }
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
        deeds: event.deeds,
        finished: false,
      });
    case 'reset':
      return scored({
        ...everyCell(state, (cell) => freshCell(cell.id, cell.points ?? 0, cell)),
        deeds: [],
        finished: false,
      });
    case 'lesson-finished':
      return { ...state, finished: true };
    case 'session-closed':
      return scored({
        ...everyCell(stopCells(state, 'waiting'), ofAnotherSandbox),
        sandbox: { state: 'none' },
      });
    default:
      return state; // an event of a newer version, read from a journal
  }
}

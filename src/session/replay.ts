/** Which cells bring a fresh sandbox to where the learner was, and with what text. Pure. */
import type { Cell, Lesson } from '../lesson/model.ts';
import type { Deed, Hand, NotRepeated } from './deed.ts';
import { repeatable } from './deeds.ts';
import type { RunBy } from './events.ts';
import { leftOut } from './hand/left-out.ts';
import type { CellState, SessionState } from './state.ts';

export interface Planned {
  cell: Cell;
  text: string;
  by: RunBy;
  /**
   * - `before`: the cell was run again later; only what this run has left behind is wanted
   * - `look`: its last run did not pass: what holds after it is to be seen anew
   * - absent: it is done as it was
   */
  as?: 'before' | 'look';
  /** Not the cell itself: a command that was typed in a shell while the learner was at it. */
  hand?: Hand;
}

/** What was done in shells for a cell: to be looked at once it is done again. */
export interface HandWork {
  cell: Cell;
  /** Commands that are not done again. */
  left: Deed[];
  /** What brings the cell about where the commands do not. */
  instead?: string;
}

export interface Replay {
  plan: Planned[];
  /** Cells that were looked at and did not pass, without a run of theirs: looked at again when all else is done. */
  looks: Cell[];
  hands: HandWork[];
  /** Cells of which something was seen, and that are not done again. */
  left: { cell: Cell; why: NotRepeated }[];
}

/** What a task runs: the learner's own words if there are any beyond the starting text, else the author's. */
export function taskText(cell: Cell, state: CellState | undefined): { text: string; by: RunBy } | undefined {
  const answer = state?.answer;
  if (answer !== undefined && answer.trim() !== '' && answer !== cell.text)
    return { text: answer, by: 'learner' };
  return cell.solution === undefined ? undefined : { text: cell.solution, by: 'solution' };
}

/** What did it; of a cell that was done by hand in a shell nobody knows, so it is what the author would write. */
function textOf(cell: Cell, known: CellState): string | undefined {
  if (known.byHand) return cell.role === 'run' ? cell.text : (cell.solution ?? known.answer);
  return known.text ?? (cell.role === 'run' ? cell.text : taskText(cell, known)?.text);
}

const isDone = (known: CellState): boolean => known.status === 'passed' || known.jumped === true;
const wasTried = ({ status }: CellState): boolean => status === 'failed' || status === 'broken';

/**
 * All that was done, in its order, with the failures on the way: a right answer may build on what a wrong one has left.
 * Where that is not known any more, the cells that passed, in the lesson's order.
 */
export function replayPlan(lesson: Lesson, state: SessionState): Replay {
  const deeds = ownDeeds(lesson, state);
  const last = new Map(deeds.flatMap((deed) => (deed.hand ? [] : [[deed.cell, deed]])));
  const typed = Map.groupBy(
    deeds.filter((deed) => deed.hand && leftOut(deed) !== 'silent'),
    ({ cell }) => cell,
  );
  const plan: Planned[] = [];
  for (const deed of deeds) {
    const cell = lesson.cells.find(({ id }) => id === deed.cell)!;
    const known = state.cells[cell.id]!;
    if (deed.hand) {
      if (leftOut(deed) === undefined)
        plan.push({ cell, text: deed.text, by: 'replay', as: 'before', hand: deed.hand });
      continue;
    }
    // What will do it in place of the learner's hands begins from nothing.
    if (!repeatable(deed) || (known.byHand && !typed.has(cell.id))) continue;
    const final = last.get(cell.id) === deed;
    const step: Planned = { cell, text: deed.text, by: 'replay' };
    if (final && isDone(known)) plan.push(step);
    else plan.push({ ...step, as: final && wasTried(known) ? 'look' : 'before' });
  }
  const looks: Cell[] = [];
  const hands: HandWork[] = [];
  const left: Replay['left'] = [];
  for (const cell of lesson.cells) {
    const known = state.cells[cell.id];
    const ran = last.get(cell.id);
    if (known === undefined) continue;
    const again = plan.some((one) => one.cell === cell && !one.as);
    const text = isDone(known) && !again ? textOf(cell, known) : undefined;
    const work = typed.get(cell.id);
    if (work && !known.jumped && (!isDone(known) || !again)) {
      hands.push({
        cell,
        left: work.filter((deed) => leftOut(deed)),
        ...(text !== undefined && { instead: text }),
      });
      if (isDone(known)) continue;
    }
    // Nobody knows when it was done: where the lesson has it.
    if (text !== undefined) insert(lesson, plan, { cell, text, by: 'replay' });
    else if (isDone(known) || (ran !== undefined && repeatable(ran))) continue;
    else if (ran !== undefined || (wasTried(known) && !state.deeds)) left.push({ cell, why: whyNot(ran) });
    else if (wasTried(known) && !work) looks.push(cell);
  }
  return { plan, looks, hands, left };
}

/** Index of the step behind which it is looked at what hands have done: before a later cell may undo it; -1 the first. */
export function dueAfter(lesson: Lesson, plan: readonly Planned[], { cell }: HandWork): number {
  const last = plan.findLastIndex((one) => one.cell === cell);
  if (last >= 0) return last;
  const place = lesson.cells.indexOf(cell);
  const later = plan.findIndex((one) => lesson.cells.indexOf(one.cell) > place);
  return later < 0 ? plan.length - 1 : later - 1;
}

/** Of the cells that there are; none where not all are known. Solutions on the way only where they got through. */
function ownDeeds(lesson: Lesson, state: SessionState): readonly Deed[] {
  const ids = new Set(lesson.cells.map(({ id }) => id));
  return (state.deeds ?? []).filter(({ cell, by }) => {
    const known = state.cells[cell];
    return ids.has(cell) && known !== undefined && (by !== 'solution' || known.status !== 'waiting');
  });
}

function whyNot(ran: Deed | undefined): NotRepeated {
  if (ran === undefined) return 'unknown';
  const { outcome } = ran;
  return outcome === 'interrupted' || outcome === 'timeout' || outcome === 'output-limit' ? outcome : 'ended';
}

/** Before the first one of a later cell. */
function insert(lesson: Lesson, plan: Planned[], step: Planned): void {
  const place = lesson.cells.indexOf(step.cell);
  const at = plan.findIndex(({ cell }) => lesson.cells.indexOf(cell) > place);
  plan.splice(at < 0 ? plan.length : at, 0, step);
}

/** The cells before a target that are neither passed nor skipped, each as `how` says; one that nobody can do ends the way. */
function planTo(
  lesson: Lesson,
  state: SessionState,
  target: string,
  how: (cell: Cell, known: CellState | undefined) => Planned | undefined,
): { plan: Planned[]; stuck?: Cell } {
  const plan: Planned[] = [];
  for (const cell of lesson.cells) {
    if (cell.id === target) break;
    const known = state.cells[cell.id];
    if (known?.status === 'passed' || known?.status === 'skipped') continue;
    const step = how(cell, known);
    if (step === undefined) return { plan, stuck: cell };
    plan.push(step);
  }
  return { plan };
}

/** As the learner would: their own words where there are any. */
export const runToPlan = (lesson: Lesson, state: SessionState, target: string) =>
  planTo(lesson, state, target, (cell, known) => {
    if (cell.role === 'run') return { cell, text: known?.answer ?? cell.text, by: 'learner' };
    const task = taskText(cell, known);
    return task && { cell, ...task };
  });

/** By the author's solutions, in the sandbox as it stands. */
export const jumpPlan = (lesson: Lesson, state: SessionState, target: string) =>
  planTo(lesson, state, target, jumpOf);

/**
 * Brings a fresh sandbox to where a cell, such as the first of a step, begins: what was done before it once more, what was not
 * by the author's solutions. A cell that nobody can do ends the way. `deeds`: what the sandbox holds then.
 */
export function restorePlan(
  lesson: Lesson,
  state: SessionState,
  before: readonly Cell[],
): { plan: Planned[]; hands: HandWork[]; deeds: Deed[]; stuck?: Cell } {
  const { plan: again, hands } = replayPlan(lesson, state);
  const plan: Planned[] = [];
  let stuck: Cell | undefined;
  for (const cell of before) {
    const known = state.cells[cell.id];
    const runs = known && isDone(known) ? again.filter((one) => one.cell === cell) : [];
    const instead = hands.find((work) => work.cell === cell)?.instead;
    // Done by hand, and none of that can be done again: it stays done, by what does it in its place.
    if (runs.length === 0 && instead !== undefined) runs.push({ cell, text: instead, by: 'replay' });
    const jump = runs.length > 0 ? undefined : jumpOf(cell, known);
    if (jump) runs.push(jump);
    if (runs.length === 0) {
      stuck = cell;
      break;
    }
    plan.push(...runs);
  }
  const deeds = plan.map(
    ({ cell, text, by, hand }): Deed => ({
      cell: cell.id,
      text,
      ...(hand && { hand }),
      by: by === 'solution' || (state.cells[cell.id]?.jumped && !hand) ? 'solution' : 'learner',
      outcome: 'exited',
    }),
  );
  const own = hands.filter(({ cell }) => plan.some((one) => one.cell === cell && one.hand));
  return { plan, hands: own, deeds, ...(stuck && { stuck }) };
}

/** By the solution: an answer that has not passed may be wrong. */
function jumpOf(cell: Cell, known: CellState | undefined): Planned | undefined {
  const text = cell.role === 'run' ? cell.text : (cell.solution ?? taskText(cell, known)?.text);
  return text === undefined ? undefined : { cell, text, by: 'solution' };
}

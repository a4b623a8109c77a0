/** Which cells bring a fresh sandbox to where the learner was, and with what text. Pure. */
import type { Cell, Lesson } from '../lesson/model.ts';
import type { RunBy } from './events.ts';
import type { CellState, SessionState } from './state.ts';

export interface Planned {
  cell: Cell;
  text: string;
  by: RunBy;
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

/**
 * Cells that passed, in the lesson's order, with what they ran. Failed cells are left to the learner.
 */
export function replayPlan(lesson: Lesson, state: SessionState): Planned[] {
  return lesson.cells.flatMap((cell) => {
    const known = state.cells[cell.id];
    if (known === undefined || !(known.status === 'passed' || known.jumped)) return [];
    const text = textOf(cell, known);
    return text === undefined ? [] : [{ cell, text, by: 'replay' as const }];
  });
}

/** Every cell before this one that is neither passed nor skipped. A task that nobody can write is left out. */
export function runToPlan(
  lesson: Lesson,
  state: SessionState,
  target: string,
): { plan: Planned[]; stuck?: Cell } {
  const plan: Planned[] = [];
  for (const cell of lesson.cells) {
    if (cell.id === target) break;
    const known = state.cells[cell.id];
    if (known?.status === 'passed' || known?.status === 'skipped') continue;
    const task =
      cell.role === 'run'
        ? { text: known?.answer ?? cell.text, by: 'learner' as const }
        : taskText(cell, known);
    if (task === undefined) return { plan, stuck: cell };
    plan.push({ cell, ...task });
  }
  return { plan };
}

/**
 * Brings a fresh sandbox to the beginning of a step: what was done before it once more, what was not by the author's
 * solutions. A cell that nobody can do ends the way.
 */
export function restorePlan(
  lesson: Lesson,
  state: SessionState,
  step: number,
): { plan: Planned[]; stuck?: Cell } {
  const done = new Map(replayPlan(lesson, state).map((one) => [one.cell, one]));
  const plan: Planned[] = [];
  for (const cell of lesson.cells.filter((one) => one.step < step)) {
    const again = done.get(cell) ?? jumpOf(cell, state.cells[cell.id]);
    if (again === undefined) return { plan, stuck: cell };
    plan.push(again);
  }
  return { plan };
}

/** By the solution: an answer that has not passed may be wrong. */
function jumpOf(cell: Cell, known: CellState | undefined): Planned | undefined {
  const text = cell.role === 'run' ? cell.text : (cell.solution ?? taskText(cell, known)?.text);
  return text === undefined ? undefined : { cell, text, by: 'solution' };
}

/** The cells before this one that are not done, by the author's solutions, in the sandbox as it stands. */
export function jumpPlan(
  lesson: Lesson,
  state: SessionState,
  target: string,
): { plan: Planned[]; stuck?: Cell } {
  const plan: Planned[] = [];
  for (const cell of lesson.cells) {
    if (cell.id === target) break;
    const known = state.cells[cell.id];
    if (known?.status === 'passed' || known?.status === 'skipped') continue;
    const jump = jumpOf(cell, known);
    if (jump === undefined) return { plan, stuck: cell };
    plan.push(jump);
  }
  return { plan };
}

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
 * Cells that passed, in the lesson's order,, with what they ran. Failed cells are left to the learner.
 */
export function replayPlan(lesson: Lesson, state: SessionState): Planned[] {
  return lesson.cells.flatMap((cell) => {
    const known = state.cells[cell.id];
    if (known?.status !== 'passed') return [];
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

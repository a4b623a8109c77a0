/** What becomes of the cells when their sandbox ends or another one takes its place. Pure. */
import type { CellState, CellStatus, SessionState } from './state.ts';

export function everyCell(state: SessionState, change: (cell: CellState) => CellState): SessionState {
  const cells = Object.fromEntries(Object.entries(state.cells).map(([id, cell]) => [id, change(cell)]));
  return { ...state, cells };
}

export const underWay = (status: CellStatus): boolean => status === 'running' || status === 'checking';

/**
 * A new sandbox has nothing yet. What passed is done again there, and says so itself; of a try that failed, what was seen
 * stays as of then; what was only done in a shell, and not to the end, nobody can do again but the learner.
 */
export function inAnotherSandbox(cell: CellState): CellState {
  if (cell.verdicts.length === 0 || underWay(cell.status) || cell.status === 'passed') return cell;
  if (cell.status === 'failed' || cell.status === 'broken') return { ...cell, replayed: true };
  const { watched: _, ...kept } = cell;
  return { ...kept, verdicts: [], gone: true };
}

/** Whatever was under way is gone with the sandbox; `to` says what that makes of it. */
export function stopCells(state: SessionState, to: CellStatus): SessionState {
  return everyCell(state, (cell) => (underWay(cell.status) ? settled(cell, to) : cell));
}

/** A replay that was cut short takes nothing from the learner. */
export function settled(cell: CellState, status: CellStatus): CellState {
  const { before, ...kept } = cell;
  return { ...kept, status: before ?? status };
}

/** What becomes of the cells when their sandbox ends or another one takes its place. Pure. */
import type { CellState, CellStatus, SessionState } from './state.ts';

export function everyCell(state: SessionState, change: (cell: CellState) => CellState): SessionState {
  const cells = Object.fromEntries(Object.entries(state.cells).map(([id, cell]) => [id, change(cell)]));
  return { ...state, cells };
}

export const underWay = (status: CellStatus): boolean => status === 'running' || status === 'checking';

/**
 * Another sandbox has nothing yet: what is known of a cell was seen in the one before, and is marked so until it was
 * done again or looked at. What was only done in a shell, and not to the end, is none of it.
 */
export function ofAnotherSandbox(cell: CellState): CellState {
  if (underWay(cell.status)) return cell;
  if (cell.status === 'passed' || cell.status === 'failed' || cell.status === 'broken') {
    const { handAgain: _, handLeft: __, ...seen } = cell;
    return { ...seen, replayed: true };
  }
  if (cell.verdicts.length === 0) return cell;
  const { watched: _, handAgain: __, handLeft: ___, ...kept } = cell;
  const held = cell.verdicts.flatMap(({ state, check }) => (state === 'pass' ? [check] : []));
  return { ...kept, verdicts: [], gone: true, held };
}

/** Whatever was under way is gone with the sandbox; `to` says what that makes of it. */
export function stopCells(state: SessionState, to: CellStatus): SessionState {
  return everyCell(state, (cell) => (underWay(cell.status) ? stopped(cell, to) : cell));
}

/** Of a run that never came to its end no output is kept, so none is kept in whole either. */
function stopped(cell: CellState, to: CellStatus): CellState {
  const { printout, ...rest } = settled(cell, to);
  const ofThisRun = cell.status === 'running' && cell.before === undefined && to === 'waiting';
  return printout === undefined || ofThisRun ? rest : { ...rest, printout };
}

/** A replay that was cut short takes nothing from the learner. */
export function settled(cell: CellState, status: CellStatus): CellState {
  const { before, ...kept } = cell;
  return { ...kept, status: before ?? status };
}

/** Which hints a learner has seen, and which comes next: the one that speaks to what failed. Pure. */
import type { Cell } from '../lesson/model.ts';
import type { CellState } from './state.ts';

/** Indexes into `Cell.hints` in the order in which they were shown. */
export function shownHints({ hints, hintsShown }: CellState): readonly number[] {
  // A state that was kept by an older version only counts: hints came in the order of the lesson then.
  return hints ?? Array.from({ length: hintsShown }, (_, at) => at);
}

/**
 * Index of the next hint; undefined when there is none left. First those that speak to a check which has failed, then
 * those that speak to the whole cell, then those to a check that nobody has looked at. A hint to a check that holds is
 * kept back: it would lead away from the fault.
 */
export function nextHint(cell: Cell, state: CellState): number | undefined {
  const shown = shownHints(state);
  const left = cell.hints.flatMap(({ when }, at) => (shown.includes(at) ? [] : [{ at, when }]));
  const stateOf = (check: string) => state.verdicts.find((verdict) => verdict.check === check)?.state;
  const failed = left.find(({ when }) => when !== undefined && stateOf(when) === 'fail');
  const general = left.find(({ when }) => when === undefined);
  const unknown = left.find(({ when }) => when !== undefined && stateOf(when) !== 'pass');
  return (failed ?? general ?? unknown)?.at;
}

/** Which cell is watched: the one that the learner is at, while it is not done. Pure. */
import type { Cell, Lesson } from '../../lesson/model.ts';
import type { SessionState } from '../state.ts';
import { watchedChecks } from './verdicts.ts';
import type { Target } from './watcher.ts';

export function targetOf(lesson: Lesson, { block, cells }: SessionState): Target | undefined {
  const here = lesson.blocks[block];
  // who reads a ticket and opens a shell is at the one task that there is
  const cell = here?.kind === 'cell' ? here.cell : lesson.cells.length === 1 ? lesson.cells[0] : undefined;
  if (cell === undefined) return undefined;
  const state = cells[cell.id];
  // Passed over is not done: who comes back to it may do it yet.
  const open = state?.status === 'waiting' || state?.status === 'failed' || state?.status === 'broken';
  if (state === undefined || !(open || state.status === 'skipped') || watchedChecks(cell).length === 0)
    return undefined;
  const inOrder = lesson.cells
    .slice(0, lesson.cells.indexOf(cell))
    .every(({ id }) => cells[id]?.status === 'passed' || cells[id]?.status === 'skipped');
  // Seen in a sandbox that is no more: a look that finds it otherwise takes it back.
  const ofBefore = state.replayed ? state.verdicts.filter((verdict) => verdict.state === 'pass') : [];
  return { cell, verdicts: state.verdicts, ofBefore: ofBefore.map(({ check }) => check), inOrder };
}

/** The cell for which something is done: the one that the learner is at, else the next one, else the last. */
export function nearestCell(lesson: Lesson, { block }: SessionState): Cell | undefined {
  const ahead = lesson.blocks.slice(block).find((one) => one.kind === 'cell');
  return ahead?.kind === 'cell' ? ahead.cell : lesson.cells.at(-1);
}

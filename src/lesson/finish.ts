import type { Build } from './build.ts';

/** What can only be said of a cell when all that belongs to it has been read. */
export function finishCells(build: Build): void {
  for (const { cell, span, waits, spoken } of build.drafts) {
    const ids = cell.expects.map((check) => check.id);
    for (const { check, span: at } of waits) {
      // A check with a fault of its own is not in the list, though its id is known.
      if (ids.includes(check) || (spoken.has('expect') && build.faults.fatal && build.checkIds.has(check)))
        continue;
      const list = ids.length > 0 ? `its checks are: ${ids.join(', ')}` : 'its cell has no checks';
      build.faults.error('unknown-check', at, `\`when=${check}\` names no check of its cell.`, list);
    }
    if (cell.role !== 'task') continue;
    if (!spoken.has('solution'))
      build.faults.warning(
        'no-solution',
        span,
        'The task has no solution.',
        'write a `.solution` after it, so that `wirebook test` can try its checks',
      );
    if (!spoken.has('expect') && !spoken.has('output'))
      build.faults.warning(
        'no-check',
        span,
        'Nothing looks at what the learner does here.',
        'write an `.expect` after it, or let `wirebook record` propose one',
      );
  }
}

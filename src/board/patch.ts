/**
 * What changed on a board since it was last told. A row comes whole but for its cells: of those only the ones that changed,
 * since a learner has a hundred of them and a class two thousand learners.
 */
import type { BoardState, CellMark, LearnerRow } from './rows.ts';

export interface RowPatch extends Omit<LearnerRow, 'cells'> {
  /** By `<lesson>/<cell>`; null: as if it had never been run. The other cells are as they were. */
  cells: Readonly<Record<string, CellMark | null>>;
}

export interface BoardPatch {
  rows: readonly RowPatch[];
  /** Learners who are no more in the class. */
  gone: readonly string[];
  /** All but the rows, whole, when anything of it changed. */
  board?: Omit<BoardState, 'rows'>;
}

/** Pure. Rows that did not change are the same objects as before; new ones come last. */
export function applyPatch(state: BoardState, patch: BoardPatch): BoardState {
  const changed = new Map(patch.rows.map((row) => [row.id, row]));
  const gone = new Set(patch.gone);
  const rows: LearnerRow[] = [];
  for (const row of state.rows) {
    const change = changed.get(row.id);
    changed.delete(row.id);
    if (gone.has(row.id)) continue;
    rows.push(change === undefined ? row : { ...change, cells: merged(row.cells, change.cells) });
  }
  for (const row of changed.values())
    if (!gone.has(row.id)) rows.push({ ...row, cells: merged({}, row.cells) });
  return { ...(patch.board ?? state), rows };
}

function merged(before: LearnerRow['cells'], changes: RowPatch['cells']): LearnerRow['cells'] {
  const entries = Object.entries(changes);
  if (entries.length === 0) return before;
  const cells: Record<string, CellMark> = { ...before };
  for (const [key, mark] of entries)
    if (mark === null) delete cells[key];
    else cells[key] = mark;
  return cells;
}

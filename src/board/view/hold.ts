/** The board as it stands, from the whole one and the patches after it. Rows that did not change stay the same objects. */
import type { BoardState, LearnerRow } from '../rows.ts';

export interface Patch {
  rows: readonly LearnerRow[];
  gone: readonly string[];
  board?: Omit<BoardState, 'rows'>;
}

export function patched(board: BoardState, { rows, gone, board: class_ }: Patch): BoardState {
  const fresh = new Map(rows.map((row) => [row.id, row]));
  const left = new Set(gone);
  const kept = board.rows.flatMap((row) => {
    if (left.has(row.id)) return [];
    const now = fresh.get(row.id);
    if (now === undefined) return [row];
    fresh.delete(row.id);
    return [now];
  });
  // Who is new stands last: in the order of joining.
  return { ...board, ...class_, rows: [...kept, ...fresh.values()] };
}

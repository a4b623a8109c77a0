/** Where the cursor goes. */
import { boundaries, columnAt, type Position, type Snapshot, screenColumn } from './state.ts';

export type Move =
  | 'left'
  | 'right'
  | 'up'
  | 'down'
  | 'word-left'
  | 'word-right'
  | 'home'
  | 'end'
  | 'start'
  | 'finish';

function left({ rows, row, column }: Snapshot): Position {
  if (column > 0) return { row, column: boundaries(rows[row]!).findLast((at) => at < column)! };
  return row > 0 ? { row: row - 1, column: rows[row - 1]!.length } : { row, column };
}

function right({ rows, row, column }: Snapshot): Position {
  if (column < rows[row]!.length) return { row, column: boundaries(rows[row]!).find((at) => at > column)! };
  return row < rows.length - 1 ? { row: row + 1, column: 0 } : { row, column };
}

const isWord = (text: string | undefined) => text !== undefined && /[\p{L}\p{N}_]/u.test(text);

/** Over what is between words, then over the word. A row's end is a stop. */
function overWord(
  state: Snapshot,
  step: (at: Snapshot) => Position,
  look: (at: Snapshot) => string | undefined,
): Position {
  let at: Snapshot = state;
  const go = () => {
    at = { ...at, ...step(at) };
  };
  const stays = () => {
    const next = step(at);
    return next.row === at.row && next.column === at.column;
  };
  if (look(at) === undefined) {
    go();
    return { row: at.row, column: at.column };
  }
  while (look(at) !== undefined && !isWord(look(at)) && !stays()) go();
  while (isWord(look(at)) && !stays()) go();
  return { row: at.row, column: at.column };
}

export function moved(state: Snapshot & { goal?: number }, move: Move): Position & { goal?: number } {
  const { rows, row, column } = state;
  switch (move) {
    case 'left':
      return left(state);
    case 'right':
      return right(state);
    case 'home':
      return { row, column: 0 };
    case 'end':
      return { row, column: rows[row]!.length };
    case 'start':
      return { row: 0, column: 0 };
    case 'finish':
      return { row: rows.length - 1, column: rows.at(-1)!.length };
    case 'word-left':
      return overWord(state, left, (at) => at.rows[at.row]!.slice(0, at.column).at(-1));
    case 'word-right':
      return overWord(state, right, (at) => at.rows[at.row]![at.column]);
    default: {
      const goal = state.goal ?? screenColumn(rows[row]!, column);
      const to = row + (move === 'up' ? -1 : 1);
      if (to < 0) return { row: 0, column: 0 };
      if (to >= rows.length) return { row, column: rows[row]!.length };
      return { row: to, column: columnAt(rows[to]!, goal), goal };
    }
  }
}

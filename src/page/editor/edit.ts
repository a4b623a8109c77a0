/** The editor's reducer: pure, every action on every state gives a valid state. */
import { type Move, moved } from './move.ts';
import { cleanText, type EditorState, type Position, type Snapshot, snap } from './state.ts';

export type EditorAction =
  | { edit: 'move'; to: Move }
  | { edit: 'insert'; text: string }
  /** Deletes from the cursor to where the move leads: `left` is backspace, `word-left` Ctrl-W, `end` Ctrl-K. */
  | { edit: 'delete'; to: Move }
  | { edit: 'replace'; text: string }
  | { edit: 'undo' }
  | { edit: 'redo' };

const LONGEST_PAST = 200;

function snapshot({ rows, row, column }: EditorState): Snapshot {
  return { rows, row, column };
}

/** The next state after a change of text; `kind` decides whether it is undone together with the one before. */
function changed(
  state: EditorState,
  next: Snapshot,
  kind: EditorState['last'],
  together = false,
): EditorState {
  const past =
    together && state.last === kind && state.past.length > 0
      ? state.past
      : [...state.past, snapshot(state)].slice(-LONGEST_PAST);
  return { ...next, past, future: [], last: kind };
}

function insert(state: EditorState, text: string): EditorState {
  const clean = cleanText(text);
  if (clean === '') return state;
  const { rows, row, column } = state;
  const current = rows[row]!;
  const added = (current.slice(0, column) + clean).split('\n');
  const rest = current.slice(column);
  const last = added.at(-1)!;
  const joined = [...added.slice(0, -1), last + rest];
  const next: Snapshot = {
    rows: [...rows.slice(0, row), ...joined, ...rows.slice(row + 1)],
    row: row + added.length - 1,
    // A mark that joins the character after it moves the boundary: the cursor stays between graphemes.
    column: snap(last + rest, last.length),
  };
  return changed(state, next, 'type', clean.length === 1 && /\S/.test(clean));
}

function between(a: Position, b: Position): [Position, Position] {
  return a.row < b.row || (a.row === b.row && a.column <= b.column) ? [a, b] : [b, a];
}

function remove(state: EditorState, to: Move): EditorState {
  let target: Position = moved(state, to);
  // At the end of a row, "to the end" takes the row's end itself.
  if (target.row === state.row && target.column === state.column && to === 'end')
    target = moved(state, 'right');
  const [from, until] = between(state, target);
  if (from.row === until.row && from.column === until.column) return state;
  const { rows } = state;
  const joined = rows[from.row]!.slice(0, from.column) + rows[until.row]!.slice(until.column);
  const next: Snapshot = {
    rows: [...rows.slice(0, from.row), joined, ...rows.slice(until.row + 1)],
    row: from.row,
    column: snap(joined, from.column),
  };
  return changed(state, next, 'delete', to === 'left' || to === 'right');
}

function travel(state: EditorState, from: 'past' | 'future'): EditorState {
  const target = state[from].at(-1);
  if (!target) return state;
  const here = snapshot(state);
  const rest = state[from].slice(0, -1);
  return from === 'past'
    ? { ...target, past: rest, future: [...state.future, here], last: 'other' }
    : { ...target, past: [...state.past, here], future: rest, last: 'other' };
}

export function edit(state: EditorState, action: EditorAction): EditorState {
  switch (action.edit) {
    case 'move': {
      const { goal: _, ...kept } = state;
      return { ...kept, ...moved(state, action.to), last: 'other' };
    }
    case 'insert':
      return insert(state, action.text);
    case 'delete':
      return remove(state, action.to);
    case 'replace': {
      const rows = cleanText(action.text).replace(/\n+$/, '').split('\n');
      return changed(state, { rows, row: rows.length - 1, column: rows.at(-1)!.length }, 'other');
    }
    case 'undo':
      return travel(state, 'past');
    case 'redo':
      return travel(state, 'future');
  }
}

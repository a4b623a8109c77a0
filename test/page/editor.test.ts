import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type EditorAction, edit } from '../../src/page/editor/edit.ts';
import type { Move } from '../../src/page/editor/move.ts';
import { boundaries, type EditorState, editorText, openEditor } from '../../src/page/editor/state.ts';

const moves: Move[] = [
  'left',
  'right',
  'up',
  'down',
  'word-left',
  'word-right',
  'home',
  'end',
  'start',
  'finish',
];
const move = fc.constantFrom(...moves);
const text = fc.oneof(
  fc.constantFrom('a', ' ', '\n', 'ip link', '网络', '👩‍💻', '\u0301', '\t', '\x1b[31m', 'x\r\ny'),
  fc.string({ maxLength: 6, unit: 'grapheme' }),
);
const action: fc.Arbitrary<EditorAction> = fc.oneof(
  move.map((to): EditorAction => ({ edit: 'move', to })),
  text.map((inserted): EditorAction => ({ edit: 'insert', text: inserted })),
  move.map((to): EditorAction => ({ edit: 'delete', to })),
  fc.constant<EditorAction>({ edit: 'undo' }),
  fc.constant<EditorAction>({ edit: 'redo' }),
  text.map((replaced): EditorAction => ({ edit: 'replace', text: replaced })),
);

function expectValid(state: EditorState): void {
  expect(state.rows.length).toBeGreaterThan(0);
  expect(state.row).toBeGreaterThanOrEqual(0);
  expect(state.row).toBeLessThan(state.rows.length);
  expect(boundaries(state.rows[state.row]!)).toContain(state.column);
  for (const row of state.rows) expect(row).not.toMatch(/[\x00-\x1f\x7f-\x9f]/);
}

const after = (start: string, ...actions: EditorAction[]) => actions.reduce(edit, openEditor(start));
const insert = (inserted: string): EditorAction => ({ edit: 'insert', text: inserted });
const go = (to: Move): EditorAction => ({ edit: 'move', to });
const remove = (to: Move): EditorAction => ({ edit: 'delete', to });

describe('the editor', () => {
  test('is valid after any keys', () => {
    fc.assert(
      fc.property(text, fc.array(action, { maxLength: 40 }), (start, actions) => {
        let state = openEditor(start);
        for (const one of actions) {
          state = edit(state, one);
          expectValid(state);
        }
      }),
    );
  });

  test('undoes everything that was typed, and does it again', () => {
    fc.assert(
      fc.property(text, fc.array(text, { minLength: 1, maxLength: 20 }), (start, pieces) => {
        const first = openEditor(start);
        const last = pieces.reduce((state, piece) => edit(state, insert(piece)), first);
        let state = last;
        while (state.past.length > 0) state = edit(state, { edit: 'undo' });
        expect(editorText(state)).toBe(editorText(first));
        while (state.future.length > 0) state = edit(state, { edit: 'redo' });
        expect(editorText(state)).toBe(editorText(last));
      }),
    );
  });

  test('moving changes no text', () => {
    fc.assert(
      fc.property(text, fc.array(move, { maxLength: 20 }), (start, steps) => {
        expect(editorText(after(start, ...steps.map(go)))).toBe(editorText(openEditor(start)));
      }),
    );
  });

  test('letters typed one after the other are undone together, words apart', () => {
    const typed = [...'ip a'].map(insert);
    expect(editorText(after('', ...typed, { edit: 'undo' }))).toBe('ip');
    expect(editorText(after('', ...typed, { edit: 'undo' }, { edit: 'undo' }))).toBe('');
  });

  test('up and down keep the screen column over shorter rows and wide characters', () => {
    const state = after('abcdef\n网\nabcdef', go('start'), go('right'), go('right'), go('right'), go('down'));
    expect([state.row, state.column]).toEqual([1, 1]);
    const down = edit(state, go('down'));
    expect([down.row, down.column]).toEqual([2, 3]);
  });

  test('moves and deletes by words', () => {
    expect(editorText(after('ip link add', remove('word-left')))).toBe('ip link ');
    expect(after('ip link add', go('word-left'), go('word-left')).column).toBe(3);
    expect(editorText(after('ip link', go('start'), remove('word-right')))).toBe(' link');
  });

  test('joins rows, and cuts to the ends of a row', () => {
    expect(editorText(after('a\nb', go('home'), remove('left')))).toBe('ab');
    expect(editorText(after('a\nb', go('start'), remove('end'), remove('end')))).toBe('b');
    expect(editorText(after('one two', remove('home')))).toBe('');
  });

  test('a pasted text has its lines, and no control characters', () => {
    expect(after('', insert('a\r\nb\tc\x1b[31m\x07')).rows).toEqual(['a', 'b    c[31m']);
  });
});

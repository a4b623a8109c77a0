import { expect, test } from 'vitest';
import type { Verdict } from '../../src/check/model.ts';
import { nextHint, shownHints } from '../../src/session/hints.ts';
import { initialState, reduce } from '../../src/session/reduce.ts';
import type { CellState } from '../../src/session/state.ts';
import { cell, lessonOf } from './fake-lesson.ts';

const place = { file: 'lesson.md', line: 1, column: 1 };
const hint = (markdown: string, when?: string) => ({ markdown, place, ...(when ? { when } : {}) });
const task = cell('task', '', {
  role: 'task',
  hints: [hint('general'), hint('to a', 'a'), hint('to b', 'b'), hint('plain')],
});
const lesson = lessonOf([task]);
const verdict = (check: string, state: Verdict['state']) => ({ check, state }) as Verdict;

/** The hints in the order in which asking brings them. */
function asked(...verdicts: Verdict[]): string[] {
  let state = initialState(lesson, 0);
  state = { ...state, cells: { task: { ...state.cells.task!, verdicts } } };
  for (let times = 0; times < 9; times++) {
    const next = nextHint(task, state.cells.task!);
    if (next !== undefined)
      state = reduce(state, { at: 1, type: 'hint-shown', cell: 'task', hint: next }, lesson);
  }
  return shownHints(state.cells.task!).map((at) => task.hints[at]!.markdown);
}

test('the hint to the check that failed comes first, then the others in order', () => {
  expect(asked(verdict('a', 'pass'), verdict('b', 'fail'))).toEqual(['to b', 'general', 'plain']);
  expect(asked(verdict('a', 'fail'), verdict('b', 'fail'))).toEqual(['to a', 'to b', 'general', 'plain']);
});

test('before anything was looked at, those to the whole cell come first and none is lost', () => {
  expect(asked()).toEqual(['general', 'plain', 'to a', 'to b']);
  expect(asked(verdict('a', 'broken'))).toEqual(['general', 'plain', 'to a', 'to b']);
});

test('a state of an older version, which only counted, shows the first ones', () => {
  const old: CellState = { ...initialState(lesson, 0).cells.task!, hintsShown: 2 };
  expect(shownHints(old)).toEqual([0, 1]);
  expect(nextHint(task, old)).toBe(3);
});

test('the same hint told twice counts once; a reset takes all away', () => {
  const once = { at: 1, type: 'hint-shown', cell: 'task', hint: 2 } as const;
  let state = [once, once].reduce((one, event) => reduce(one, event, lesson), initialState(lesson, 0));
  expect(state.cells.task).toMatchObject({ hintsShown: 1, hints: [2] });
  state = reduce(state, { at: 2, type: 'reset' }, lesson);
  expect(shownHints(state.cells.task!)).toEqual([]);
});

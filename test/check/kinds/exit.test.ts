import { expect, test } from 'vitest';
import { judge, state } from '../judging.ts';

const ended = (exit: number | null) => ({ exit, stdout: '', stderr: '' });

test('the status', () => {
  expect(state({ exit: 2 }, { cell: ended(2) })).toBe('pass');
  expect(state({ exit: 0 }, { cell: ended(2) })).toBe('fail');
  expect(state({ exit: { not: 0 } }, { cell: ended(2) })).toBe('pass');
  expect(judge({ exit: 0 }, { cell: ended(2) }).differences).toEqual([
    { field: 'exit', expected: '0', found: '2' },
  ]);
});

test('without an end there is no status, whichever is asked for', () => {
  for (const not of [false, true]) {
    expect(state({ exit: 0 }, { cell: ended(null), not })).toBe('fail');
    expect(state({ exit: 0 }, { not })).toBe('fail');
  }
});

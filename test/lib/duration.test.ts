import { expect, test } from 'vitest';
import { parseDuration } from '../../src/lib/duration.ts';

test.each([
  ['500ms', 500],
  ['5s', 5000],
  ['1.5s', 1500],
  ['2m', 120_000],
  [' 5s ', 5000],
  ['0s', 0],
  ['5', undefined],
  ['s', undefined],
  ['-5s', undefined],
  ['5 s', undefined],
  ['1e3s', undefined],
  ['2h', undefined],
])('%j', (text, ms) => {
  expect(parseDuration(text)).toBe(ms);
});

import { expect, test } from 'vitest';
import { worthOf } from '../../src/lesson/worth.ts';
import { fakeLesson } from '../tui/fake-lesson.ts';

test('a cell is worth its own points and those of its checks, but for what a key holds', () => {
  const cell = fakeLesson().cells.find(({ expects }) => expects.length > 0)!;
  const check = cell.expects[0]!;
  const expects = [
    { ...check, points: 3 },
    { ...check, points: 0.5 },
    { ...check, points: 4, hidden: true as const },
  ];
  expect(worthOf({ points: 2, expects })).toBe(5.5);
  expect(worthOf({ points: 0, expects: [] })).toBe(0);
});

/** Every numbered fact of part 1 is taught by cells that exist, and held by checks of those cells. */
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readFacts } from '../../scripts/facts.ts';
import { vocabulary } from '../../src/check/vocabulary.ts';
import { requireLesson } from '../../src/lesson/load.ts';
import { PACKAGE_ROOT } from '../../src/lib/package.ts';

const facts = readFacts();

/** How many facts each chapter has. */
const CHAPTERS = { 1: 8, 2: 5, 3: 7, 4: 6, 5: 8, 6: 5 };

test('no number is missing', () => {
  const numbers = Object.entries(CHAPTERS).flatMap(([chapter, count]) =>
    Array.from({ length: count }, (_, at) => `${chapter}.${at + 1}`),
  );
  expect(Object.keys(facts)).toEqual(numbers);
});

describe.each(Object.entries(facts))('fact %s', (_, { taught, held }) => {
  test('is taught by cells, and held by checks of them that can fail', async () => {
    const cells = (
      await Promise.all(
        Object.entries(taught).map(async ([id, names]) => {
          const lesson = await requireLesson(join(PACKAGE_ROOT, 'lessons', id), vocabulary);
          return names.map((name) => lesson.cells.find((cell) => cell.id === name) ?? `${id}#${name}`);
        }),
      )
    ).flat();
    expect(cells.filter((cell) => typeof cell === 'string')).toEqual([]);
    const found = cells.filter((cell) => typeof cell !== 'string');
    const checks = found.flatMap(({ expects }) => expects);
    expect(held.filter((id) => !checks.some((check) => check.id === id))).toEqual([]);
    // What holds before its cell as well says nothing about the cell.
    expect(checks.some((check) => held.includes(check.id) && !check.invariant)).toBe(true);
    // A cell that holds nothing of the fact does not teach it.
    expect(
      found.filter(({ expects }) => !expects.some(({ id }) => held.includes(id))).map(({ id }) => id),
    ).toEqual([]);
  });
});

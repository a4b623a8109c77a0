/** The exercises of the course tell right from wrong: what is right earns all, each wrong answer loses what it should. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { PACKAGE_ROOT } from '../../src/lib/package.ts';
import { embedded } from '../../src/sandbox/embedded/driver.ts';
import { WRONG } from './answers/wrong.ts';
import { exercise, walk } from './walk.ts';

beforeAll(() => embedded.prepare());

const exercises = readdirSync(join(PACKAGE_ROOT, 'lessons')).filter((name) =>
  /-(exercise|trouble)$/.test(name),
);

test('every lesson has an exercise, and every exercise wrong answers', () => {
  const lessons = readdirSync(join(PACKAGE_ROOT, 'lessons')).filter((name) => /^\d\d-/.test(name));
  for (const number of new Set(lessons.map((name) => name.slice(0, 2))))
    expect(
      exercises.some((name) => name.startsWith(number) && name.endsWith('-exercise')),
      number,
    ).toBe(true);
  expect(Object.keys(WRONG).sort()).toEqual(exercises.sort());
});

test.each(exercises)('%s has other numbers for another seed, and hidden checks', async (id) => {
  const [one, two] = await Promise.all([exercise(id, 'ada'), exercise(id, 'bob')]);
  expect(one.params!.values).not.toEqual(two.params!.values);
  expect(one.cells.some(({ expects }) => expects.some(({ hidden }) => hidden))).toBe(true);
});

test.each(exercises)('%s gives no points to who does nothing', { timeout: 120_000 }, async (id) => {
  const lesson = await exercise(id, 'idle');
  const tasks = lesson.cells.filter(({ role }) => role === 'task');
  const { earned, possible } = await walk(lesson, Object.fromEntries(tasks.map((cell) => [cell.id, 'true'])));
  expect(earned).toBe(0);
  expect(possible).toBeGreaterThanOrEqual(8);
});

describe.each(Object.entries(WRONG))('%s', (id, wrong) => {
  // Each with a seed of its own, so that the numbers of the course's text are nowhere needed.
  test.each(wrong.map((one, at) => ({ ...one, seed: `learner ${at}` })))(
    '$what loses $points',
    { timeout: 60_000 },
    async ({ answers, lost, points, seed }) => {
      const outcome = await walk(await exercise(id, seed), answers);
      expect([...outcome.lost].sort()).toEqual([...lost].sort());
      expect(outcome.possible - outcome.earned).toBe(points);
    },
  );
});

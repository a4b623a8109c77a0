/** The course's exercises, graded: their authors' own answers earn all there is, and no answer earns nothing. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { vocabulary } from '../../src/check/vocabulary.ts';
import { attempt } from '../../src/grade/attempt.ts';
import { planFor } from '../../src/grade/score/items.ts';
import { gradeOf } from '../../src/grade/score/score.ts';
import { readKeyed } from '../../src/lesson/load.ts';
import { PACKAGE_ROOT } from '../../src/lib/package.ts';
import { embedded } from '../../src/sandbox/embedded/driver.ts';

beforeAll(() => embedded.prepare());

const lessons = join(PACKAGE_ROOT, 'lessons');
/** Those without a container engine: it takes long to start, and what is graded is the same. */
const exercises = readdirSync(lessons).filter(
  (name) => /^0[1-4]-.*-(exercise|trouble)$/.test(name) && existsSync(join(lessons, name, 'lesson.key.yaml')),
);

async function graded(name: string, answered: boolean) {
  const parsed = await readKeyed(join(lessons, name, 'lesson.md'), vocabulary, { seed: 'an exercise' });
  if (!parsed.ok) throw new Error(`${name} cannot be read`);
  const { lesson } = parsed;
  const tasks = answered ? lesson.cells.filter(({ role }) => role === 'task') : [];
  const answers = Object.fromEntries(tasks.map(({ id, solution }) => [id, solution!]));
  const submission = { learner: 'ada', source: 'x', answers, help: {}, notes: [] };
  const record = await attempt(submission, {
    lesson,
    driver: embedded,
    version: '0',
    signal: new AbortController().signal,
  });
  return gradeOf(planFor(lesson), record);
}

test('there are some', () => expect(exercises.length).toBeGreaterThanOrEqual(4));

describe.concurrent('an exercise’s own answers earn all there is:', () => {
  test.each(exercises)('%s', { timeout: 120_000 }, async (name) => {
    const grade = await graded(name, true);
    expect(
      grade.items.filter(({ state }) => state !== 'earned').map(({ check, reason }) => `${check}: ${reason}`),
    ).toEqual([]);
    expect(grade.earnedMilli).toBe(grade.possibleMilli);
  });
});

describe.concurrent('no answer earns nothing, also where something holds because it was never made:', () => {
  test.each(exercises)('%s', { timeout: 180_000 }, async (name) => {
    const grade = await graded(name, false);
    expect(grade).toMatchObject({ state: 'graded', earnedMilli: 0 });
    expect(grade.possibleMilli).toBeGreaterThan(0);
  });
});

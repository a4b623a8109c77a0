/** Fair: typical mistakes cost exactly what they are worth, and what is right in an unusual way costs nothing. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { vocabulary } from '../../src/check/vocabulary.ts';
import { attempt } from '../../src/grade/attempt.ts';
import { planFor } from '../../src/grade/score/items.ts';
import { gradeOf } from '../../src/grade/score/score.ts';
import { seedOf } from '../../src/grade/seeds.ts';
import { readAnswers } from '../../src/grade/submission/text.ts';
import { readKeyed } from '../../src/lesson/load.ts';
import { PACKAGE_ROOT } from '../../src/lib/package.ts';
import { embedded } from '../../src/sandbox/embedded/driver.ts';
import { type Learner, unusual, wrong } from './learners.ts';

const file = join(PACKAGE_ROOT, 'lessons', '02-cable-exercise', 'lesson.md');
beforeAll(() => embedded.prepare());

/** Each learner with their own numbers, from text to points. */
async function graded({ name, answers }: Learner) {
  const parsed = await readKeyed(file, vocabulary, { seed: seedOf('a secret of sixteen letters', name) });
  if (!parsed.ok) throw new Error('the exercise cannot be read');
  const { lesson } = parsed;
  const text = Object.entries(answers)
    .map(([id, script]) => `### ${id}\n\n\`\`\`sh\n${script}\n\`\`\`\n`)
    .join('\n')
    .replace(/\{\{(\w+)\}\}/g, (_, param: string) => lesson.params!.values[param]!);
  const read = readAnswers(lesson, text, true);
  if (!read.ok) throw new Error(read.message);
  const submission = { learner: name, source: 'x', answers: read.answers, help: {}, notes: [] };
  const record = await attempt(submission, {
    lesson,
    driver: embedded,
    version: '0',
    signal: new AbortController().signal,
  });
  return gradeOf(planFor(lesson), record);
}

const lostIn = (grade: Awaited<ReturnType<typeof graded>>) =>
  grade.items.filter(({ state, milli, guardMilli }) => state === 'lost' && milli + guardMilli > 0);

test('there are at least twenty of the one and five of the other, and the exercise is the course’s', () => {
  expect(wrong.length).toBeGreaterThanOrEqual(20);
  expect(unusual.length).toBeGreaterThanOrEqual(5);
  expect(readFileSync(file, 'utf8')).toContain('{{left}}');
});

describe.concurrent('a mistake costs exactly what it is worth:', () => {
  test.each(wrong)('$name', { timeout: 120_000 }, async (learner) => {
    const grade = await graded(learner);
    expect(grade).toMatchObject({ state: 'graded' });
    const lost = lostIn(grade);
    expect(lost.map(({ check }) => check).sort()).toEqual([...learner.lost].sort());
    const worth = lost.reduce((sum, { milli, guardMilli }) => sum + milli + guardMilli, 0);
    expect(grade.earnedMilli).toBe(grade.possibleMilli - worth);
    for (const { reason, evidence } of lost) {
      expect(reason).toMatch(/\w/);
      expect(evidence!.found).not.toBe('');
    }
  });
});

describe.concurrent('what is right costs nothing:', () => {
  test.each(unusual)('$name', { timeout: 120_000 }, async (learner) => {
    const grade = await graded(learner);
    expect(lostIn(grade).map(({ check, reason }) => `${check}: ${reason}`)).toEqual([]);
    expect(grade.earnedMilli).toBe(grade.possibleMilli);
  });
});

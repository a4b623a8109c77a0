/** Lessons of Part 1 come to the same on virtual machines as in the embedded sandbox: each check, before and after. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { vocabulary } from '../../../src/check/vocabulary.ts';
import { requireLesson } from '../../../src/lesson/load.ts';
import { PACKAGE_ROOT } from '../../../src/lib/package.ts';
import { embedded } from '../../../src/sandbox/embedded/driver.ts';
import { VagrantDriver } from '../../../src/sandbox/vagrant/driver.ts';
import { testLesson } from '../../../src/session/test-lesson.ts';
import type { LessonResult } from '../../../src/session/test-result.ts';

/** One on namespaces, one on routing and addresses translated, one on two machines with an engine; or those asked for. */
const LESSONS = (process.env.WIREBOOK_TEST_LESSONS ?? '02-cable,04-way-out,05-container').split(',');

const told = ({ cells }: LessonResult) =>
  cells.map(({ id, state, exit, checks }) => ({
    id,
    state,
    exit,
    checks: checks.map(({ verdict, before, state }) => [verdict.check, before, verdict.state, state]),
  }));

describe.runIf(process.env.WIREBOOK_TEST_BED)('in a bed (test/vagrant/run.sh)', () => {
  it.each(LESSONS)('lesson %s', { timeout: 600_000 }, async (id) => {
    const lesson = await requireLesson(join(PACKAGE_ROOT, 'lessons', id), vocabulary);
    await embedded.prepare();
    const here = await testLesson(lesson, embedded);
    const there = await testLesson(lesson, new VagrantDriver('keep'));
    expect(there.because).toBeUndefined();
    expect(told(there)).toEqual(told(here));
    expect(there.state).toBe('pass');
  });
});

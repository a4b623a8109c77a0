/** Lessons come to the same on a driver's machines as in the embedded sandbox: each check, before its cell and after. */
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { vocabulary } from '../../src/check/vocabulary.ts';
import { requireLesson } from '../../src/lesson/load.ts';
import { PACKAGE_ROOT } from '../../src/lib/package.ts';
import type { SandboxDriver } from '../../src/sandbox/contract.ts';
import { embedded } from '../../src/sandbox/embedded/driver.ts';
import { testLesson } from '../../src/session/test-lesson.ts';
import type { LessonResult } from '../../src/session/test-result.ts';

/**
 * Before its cell a check holds or does not. Whether a probe that nobody answers was cut off (`broken`) or gave up by
 * itself (`fail`) is a matter of the machine's speed alone: the look before a cell is as long as the sandbox is slow.
 */
const PROBED: ReadonlySet<string> = new Set(['ping', 'curl', 'tcp', 'udp', 'dns', 'trace', 'path']);
const heldBefore = (before: string | undefined, kind: string): string =>
  PROBED.has(kind) && (before === 'fail' || before === 'broken') ? 'did not hold' : (before ?? 'not asked');

/** A line a cell and a check: what came of it. */
const told = ({ cells }: LessonResult): readonly string[] =>
  cells.flatMap(({ id, state, exit, checks, because = '' }) => [
    `${id}: ${state}, exit ${exit}`,
    ...checks.map(
      ({ verdict, before, state }) =>
        `${verdict.check}: ${heldBefore(before, verdict.kind)}, then ${verdict.state}: ${state}${state === 'pass' ? '' : ` (${because} ${verdict.found})`}`,
    ),
  ]);

/** More by WIREBOOK_TEST_LESSONS, as `01-namespaces,03-bridge`. */
export function lessonsAlike(driver: SandboxDriver, lessons: readonly string[]): void {
  const asked = process.env.WIREBOOK_TEST_LESSONS?.split(',') ?? lessons;
  it.each(asked)('comes to the same in lesson %s', { timeout: 900_000 }, async (id) => {
    const lesson = await requireLesson(join(PACKAGE_ROOT, 'lessons', id), vocabulary);
    await embedded.prepare();
    const here = await testLesson(lesson, embedded);
    const there = await testLesson(lesson, driver);
    expect(there.because).toBeUndefined();
    const other = told(there);
    const differ = told(here)
      .map((line, i) => [line, other[i]])
      .filter(([one, two]) => one !== two);
    expect(differ).toEqual([]);
    expect([here.state, there.state]).toEqual(['pass', 'pass']);
  });
}

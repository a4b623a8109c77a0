/** Every lesson of the course holds, with its hidden checks; one with params for several seeds. Translations run the same cells. */
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { vocabulary } from '../../src/check/vocabulary.ts';
import { findLessonFiles } from '../../src/lesson/files.ts';
import { readKeyed } from '../../src/lesson/load.ts';
import { PACKAGE_ROOT } from '../../src/lib/package.ts';
import { embedded } from '../../src/sandbox/embedded/driver.ts';
import { testLesson } from '../../src/session/test-lesson.ts';

beforeAll(() => embedded.prepare());

const found = await findLessonFiles(join(PACKAGE_ROOT, 'lessons'));
const files = found.filter(({ language }) => language === undefined);
const SEEDS = ['1', 'ada'];

describe.each(files)('$id', ({ file }) => {
  test('holds', { timeout: 180_000 }, async () => {
    for (const seed of SEEDS) {
      const parsed = await readKeyed(file, vocabulary, { seed });
      if (!parsed.ok) throw new Error(JSON.stringify(parsed.diagnostics, null, 1));
      expect(parsed.warnings).toEqual([]);
      const { because, cells } = await testLesson(parsed.lesson, embedded);
      expect(because).toBeUndefined();
      const lost = cells.flatMap(({ id, state, because, checks }) => [
        ...(state === 'pass' || checks.length > 0 ? [] : [`${id}: ${state} ${because}`]),
        ...checks
          .filter((check) => check.state !== 'pass')
          .map(({ verdict, fault }) => `${verdict.check}: ${fault ?? verdict.found}`),
      ]);
      expect(lost, `seed ${seed}`).toEqual([]);
      if (!parsed.lesson.params) break;
    }
  });
});

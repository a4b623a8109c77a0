/** The course itself: each step of a lesson can be begun from nothing, and its own cells then hold. */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { vocabulary } from '../../../src/check/vocabulary.ts';
import { requireLesson } from '../../../src/lesson/load.ts';
import type { Lesson } from '../../../src/lesson/model.ts';
import { PACKAGE_ROOT } from '../../../src/lib/package.ts';
import { embedded } from '../../../src/sandbox/embedded/driver.ts';
import { openSession } from '../../../src/session/open.ts';
import type { Session } from '../../../src/session/session.ts';

beforeAll(() => embedded.prepare(), 300_000);

describe.each(['02-cable', '03-bridge', '04-way-out'])('%s', (name) => {
  let lesson: Lesson;
  let session: Session;
  beforeAll(async () => {
    lesson = await requireLesson(join(PACKAGE_ROOT, 'lessons', name, 'lesson.md'), vocabulary);
    session = openSession({ lesson, driver: embedded, version: '0' });
  });
  afterAll(() => session.close());

  const statuses = () => lesson.cells.map((cell) => session.getState().cells[cell.id]!.status);

  test('the first task of each step holds after a restore, and nothing before it is called passed', async () => {
    for (const [step] of lesson.steps.entries()) {
      const cells = lesson.cells.filter((cell) => cell.step === step);
      const until = cells.findIndex((cell) => cell.role === 'task');
      if (until < 0) continue;
      session.act({ do: 'reset' });
      await session.idle();
      session.act({ do: 'restore', step });
      await session.idle();
      const before = lesson.cells.findIndex((cell) => cell.step === step);
      expect(statuses().slice(0, before)).toEqual(Array.from({ length: before }, () => 'skipped'));
      expect(session.getState().points.earned).toBe(0);
      session.act({ do: 'jump', cell: cells[until]!.id });
      session.act({ do: 'run-cell', cell: cells[until]!.id, text: cells[until]!.solution! });
      await session.idle();
      const { status, verdicts } = session.getState().cells[cells[until]!.id]!;
      expect({ status, cell: cells[until]!.id }, JSON.stringify(verdicts)).toMatchObject({
        status: 'passed',
      });
    }
  }, 120_000);
});

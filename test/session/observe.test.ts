import { expect, test } from 'vitest';
import { openSession } from '../../src/session/open.ts';
import { cell, fileEngine, lessonOf } from './fake-lesson.ts';
import { FakeDriver } from './fake-sandbox.ts';

const lesson = lessonOf([cell('one', 'touch /a')]);
const NEED = { read: 'ip', host: 'host' } as const;

async function ready(session: { getState(): { sandbox: { state: string } } }): Promise<void> {
  for (let n = 0; session.getState().sandbox.state !== 'ready'; n++) {
    if (n > 2000) throw new Error('it never came');
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

test('a look apart from any check: only when there is a sandbox, and nothing runs for it', async () => {
  const driver = new FakeDriver();
  const session = openSession({ lesson, driver, version: '0', engine: fileEngine });
  await expect(session.observe([NEED])).rejects.toMatchObject({ code: 'sandbox-not-ready', exit: 3 });
  await ready(session);
  const seen = await session.observe([NEED]);
  expect(Object.keys(seen.hosts)).toEqual(['host']);
  expect(driver.made).toHaveLength(1);
  expect(driver.made[0]!.looks.at(-1)).toEqual([NEED]);
  expect(driver.made[0]!.ran).toEqual([]);
  await session.close();
  await expect(session.observe([NEED])).rejects.toMatchObject({ code: 'sandbox-not-ready' });
});

test('a sandbox that is lost says why', async () => {
  const driver = new FakeDriver();
  const session = openSession({ lesson, driver, version: '0', engine: fileEngine });
  await ready(session);
  driver.failures = 99;
  driver.made[0]!.break();
  await new Promise((resolve) => setTimeout(resolve, 10));
  await expect(session.observe([NEED])).rejects.toMatchObject({ exit: 3 });
  await session.close();
});

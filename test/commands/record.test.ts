import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { record } from '../../src/commands/record.ts';
import { FakeDriver } from '../session/fake-sandbox.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'wirebook-record-'));
  writeFileSync(join(folder, 'lesson.md'), '---\ntitle: T\n---\n```sh {.run #a}\ntouch /a\n```\n');
  writeFileSync(join(folder, 'lesson.zh-CN.md'), '---\ntitle: 甲\n---\n```sh {.run #a}\ntouch /a\n```\n');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('checks are not written into a translation: nothing runs, and the original is named', async () => {
  const driver = new FakeDriver();
  const io = {
    env: {},
    cwd: folder,
    signal: new AbortController().signal,
    version: '0',
    stdout: { write: () => true },
    stderr: { write: () => true },
  };
  await expect(record('lesson.zh-CN.md', { driver, write: true }, io)).rejects.toMatchObject({
    code: 'belongs-to-original',
    next: ['Record that: wirebook record --write lesson.md'],
  });
  expect(driver.made).toHaveLength(0);
});

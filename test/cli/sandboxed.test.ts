import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { BIN, bringUpToDate, wirebook } from './wirebook.ts';

beforeAll(bringUpToDate);
const folder = mkdtempSync(join(tmpdir(), 'wirebook-sandboxed-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('what `wirebook new` writes passes its own test', async () => {
  await wirebook(['new', 'first'], { cwd: folder });
  const { exit, stdout, stderr } = await wirebook(['test', 'first'], { cwd: folder });
  expect({ exit, stderr }, stdout).toEqual({ exit: 0, stderr: '' });
});

test('a check that does not hold is exit 1', async () => {
  writeFileSync(
    join(folder, 'wrong.md'),
    '---\ntitle: Wrong\n---\n## One\n\n```sh {.run}\ntrue\n```\n```yaml {.expect}\n- netns: blue\n```\n',
  );
  expect(await wirebook(['test', join(folder, 'wrong.md')])).toMatchObject({ exit: 1 });
});

test.each(['SIGINT', 'SIGTERM'] as const)('%s ends a test with 130, soon', async (signal) => {
  const lesson = join(folder, 'long.md');
  writeFileSync(lesson, '---\ntitle: Long\n---\n## One\n\n```sh {.run timeout=5m}\nsleep 300\n```\n');
  const child = spawn(process.execPath, [BIN, 'test', '--reporter', 'ndjson', lesson], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  // Its first line comes when the walk has begun; should there be none, it is interrupted while it begins.
  await Promise.race([
    new Promise((resolve) => child.stdout.once('data', resolve)),
    new Promise((resolve) => setTimeout(resolve, 2000)),
  ]);
  child.stderr.on('data', (chunk) => {
    said += chunk;
  });
  const sent = performance.now();
  child.kill(signal);
  expect(await ended).toBe(130);
  expect(performance.now() - sent).toBeLessThan(8000);
  expect(said).not.toContain('bug');
});

/** The root file system is made once, however many ask for it at the same time. */
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { prepareRootfs, rootfsPath } from '../../../src/sandbox/rootfs/rootfs.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rootfs-'));
  vi.stubEnv('XDG_CACHE_HOME', join(folder, 'cache'));
  mkdirSync(join(folder, 'made', 'usr', 'bin'), { recursive: true });
  writeFileSync(join(folder, 'made', 'usr', 'bin', 'bash'), '');
  chmodSync(join(folder, 'made', 'usr', 'bin', 'bash'), 0o755);
  execFileSync('tar', ['-C', join(folder, 'made'), '-cf', join(folder, 'made.tar'), '.']);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('who asks while it is made waits for the same one, and after a failure it is made anew', async () => {
  writeFileSync(join(folder, 'none.tar'), 'no archive');
  const prepare = (said: string[], archive: string) =>
    prepareRootfs((message) => said.push(message), join(folder, archive));
  const failed = [prepare([], 'none.tar'), prepare([], 'none.tar')];
  for (const one of await Promise.allSettled(failed))
    expect(one).toMatchObject({ status: 'rejected', reason: { code: 'image-not-unpacked' } });

  const said: string[] = [];
  const made = await Promise.all([1, 2, 3].map(() => prepare(said, 'made.tar')));
  expect(made.map(({ path }) => path)).toEqual([rootfsPath(), rootfsPath(), rootfsPath()]);
  expect(said).toEqual([`unpacking ${join(folder, 'made.tar')}`]);
  expect(existsSync(join(rootfsPath(), 'usr', 'bin', 'bash'))).toBe(true);
  expect(readdirSync(dirname(rootfsPath()))).toHaveLength(1);
});

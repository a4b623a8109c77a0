import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { makeFolder } from '../../src/lib/folders.ts';
import { keeping } from '../../src/lib/keeping.ts';
import { wirebookPaths } from '../../src/lib/paths.ts';
import { whyRefused } from '../../src/lib/refusal.ts';

const root = mkdtempSync(join(tmpdir(), 'wirebook-folders-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

test('a folder is made with those above it, and made again without complaint', () => {
  const path = join(root, 'a', 'b', 'c');
  makeFolder(path, 0o700);
  makeFolder(path, 0o700);
  expect(statSync(path).mode & 0o777).toBe(0o700);
  makeFolder('/');
});

test('what is in the way is told, and nothing is made', () => {
  writeFileSync(join(root, 'file'), '');
  expect(() => makeFolder(join(root, 'file'))).toThrow(/EEXIST/);
  expect(() => makeFolder(join(root, 'file', 'under'))).toThrow(/ENOTDIR/);
});

test.runIf(existsSync('/proc/self'))('where nothing can ever be made it ends all the same', () => {
  expect(() => makeFolder('/proc/nothing/wirebook/state')).toThrow(/ENOENT/);
});

test.runIf(existsSync('/proc/self'))(
  'what cannot be kept says where, why, and how to choose another place',
  () => {
    const folder = '/proc/nothing/wirebook';
    const kept = { what: 'The drill', folder, variable: 'XDG_STATE_HOME' } as const;
    expect(() => keeping(kept, () => makeFolder(folder))).toThrow(
      expect.objectContaining({
        code: 'not-kept',
        message: 'The drill cannot be kept in /proc/nothing/wirebook: no folder can be made there.',
        next: [
          'Look at the folder: ls -ld /proc',
          'Or choose another one: XDG_STATE_HOME=FOLDER wirebook ...',
        ],
      }),
    );
    const bug = new TypeError('ours');
    expect(() =>
      keeping(kept, () => {
        throw bug;
      }),
    ).toThrow(bug);
  },
);

test('what no system has said is told as it is', () => {
  expect(whyRefused(new Error('The broker is asleep.'))).toBe('The broker is asleep');
  expect(whyRefused('odd')).toBe('odd');
});

test('HOME need not be there, nor be asked for where all folders are named', () => {
  expect(wirebookPaths({ HOME: '/home/ada' }).state).toBe('/home/ada/.local/state/wirebook');
  const named = { XDG_STATE_HOME: '/s', XDG_CACHE_HOME: '/c', XDG_CONFIG_HOME: '/f', XDG_RUNTIME_DIR: '/r' };
  expect(wirebookPaths(named)).toEqual({
    state: '/s/wirebook',
    cache: '/c/wirebook',
    config: '/f/wirebook',
    runtime: '/r/wirebook',
  });
});

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { PACKAGE_ROOT as root } from '../../src/lib/package.ts';
import { sourceFiles } from './scan.ts';

/** File -> why there is one idea in it all the same. */
const LONG: Readonly<Record<string, string>> = {};
const LIMIT = 350;

test('files hold one idea: none is long without a reason', () => {
  const long = ['src', 'test', 'scripts', 'bench']
    .flatMap((folder) => sourceFiles(root, folder))
    .map((file) => ({ file, lines: readFileSync(join(root, file), 'utf8').split('\n').length - 1 }))
    .filter(({ file, lines }) => lines > LIMIT && !LONG[file])
    .map(({ file, lines }) => `${file}: ${lines} lines`);
  expect(long).toEqual([]);
});

/** The words are put together here, so that this file does not name what it forbids. */
const HOSTS = [
  ['registry', '(npmjs|yarnpkg|hub)'],
  ['(registry-1|index)', 'docker'],
  ['(deb|archive|security)', '(debian|ubuntu)'],
  ['(ghcr|quay|gcr)', 'io'],
]
  .map(([first, second]) => `\\b${first}\\.${second}\\b`)
  .join('|');
const RESOLVED = '"resolved": *"http';

/** Lines of tracked and new files that match; ignored files are not looked at. */
function grep(pattern: string): string[] {
  try {
    const args = ['grep', '-nIP', '--untracked', '-e', pattern, '--', '.'];
    return execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim().split('\n');
  } catch (error) {
    const { status, stderr } = error as { status: number; stderr: string };
    if (status === 1) return [];
    throw new Error(`git grep failed: ${stderr}`);
  }
}

test('no file names the host of a package registry', () => {
  expect(grep(HOSTS)).toEqual([]);
  expect(grep(RESOLVED)).toEqual([]);
  expect(grep('describe\\(.the rules see').length).toBe(1);
});

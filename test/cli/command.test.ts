import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Script } from 'node:vm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { packageVersion } from '../../src/lib/package.ts';
import { BIN, bringUpToDate, run, wirebook } from './wirebook.ts';

beforeAll(bringUpToDate);
const folder = mkdtempSync(join(tmpdir(), 'wirebook-command-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('wirebook', () => {
  test('--version goes to stdout', async () => {
    expect(await wirebook(['--version'])).toMatchObject({
      exit: 0,
      stdout: `${packageVersion()}\n`,
      stderr: '',
    });
  });

  test('a wrong argument goes to stderr, exit 2', async () => {
    const { exit, stdout, stderr } = await wirebook(['tset']);
    expect({ exit, stdout }).toEqual({ exit: 2, stdout: '' });
    expect(stderr).toContain('Did you mean test?');
  });

  test('a sandbox that is not there is told with those that are', async () => {
    const { exit, stderr } = await wirebook(['doctor', '--sandbox', 'embeded']);
    expect(exit).toBe(2);
    expect(stderr).toContain('embedded');
    expect(stderr).not.toContain('bug');
  });

  test('a reader that goes away is no fault', async () => {
    const child = spawn(process.execPath, [BIN, '--help'], { stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.destroy();
    let stderr = '';
    child.stderr.on('data', (chunk) => {
      stderr += chunk;
    });
    const exit = await new Promise((resolve) => child.on('close', resolve));
    expect({ exit, stderr }).toEqual({ exit: 141, stderr: '' });
  });
});

describe('an older Node', () => {
  const pretend = join(folder, 'pretend.cjs');
  writeFileSync(
    pretend,
    "Object.defineProperty(process, 'versions', { value: { ...process.versions, node: process.env.PRETEND } });",
  );
  const start = (version: string) =>
    run(process.execPath, ['--require', pretend, BIN, '--version'], {
      env: { ...process.env, PRETEND: version },
    });

  test.each(['18.20.8', '20.19.0', '22.17.1'])('%s is told, and how to have another', async (version) => {
    const { exit, stdout, stderr } = await start(version);
    expect({ exit, stdout }).toEqual({ exit: 2, stdout: '' });
    expect(stderr).toMatch(
      new RegExp(
        `^Wirebook needs Node\\.js 22\\.18 or newer; this is ${version} \\(.*\\)\\.\nIn a checkout, .+\n$`,
      ),
    );
  });

  test.each(['22.18.0', '24.0.0', '100.1.0'])('%s is let through', async (version) => {
    expect(await start(version)).toMatchObject({ exit: 0, stderr: '' });
  });

  test('can read the start of the command, as a script and without syntax of its later years', () => {
    const text = readFileSync(BIN, 'utf8').replace(/^#!.*/, '');
    expect(() => new Script(text)).not.toThrow();
    expect(text.replace(/\/\*[\s\S]*?\*\//, '')).not.toMatch(/`|\?\?|\?\.|\b(const|let|await|async|class)\b/);
  });
});

describe('wirebook new', () => {
  test('writes a lesson and says what to do with it', async () => {
    const { exit, stdout } = await wirebook(['new', '03-two-hosts'], { cwd: folder });
    expect(exit).toBe(0);
    expect(stdout).toContain('wirebook test 03-two-hosts/lesson.md');
    expect(readFileSync(join(folder, '03-two-hosts', 'lesson.md'), 'utf8')).toMatch(
      /^---\ntitle: "Two hosts"\n/,
    );
    expect(await wirebook(['lint', '03-two-hosts'], { cwd: folder })).toMatchObject({ exit: 0 });
  });

  test('leaves a file alone that is there already', async () => {
    const file = join(folder, 'mine.md');
    writeFileSync(file, 'mine');
    const { exit, stderr } = await wirebook(['new', file]);
    expect(exit).toBe(2);
    expect(stderr).toContain('is there already');
    expect(readFileSync(file, 'utf8')).toBe('mine');
  });

  test('says why it cannot write', async () => {
    writeFileSync(join(folder, 'file'), '');
    const { exit, stderr } = await wirebook(['new', join(folder, 'file', 'x.md')]);
    expect(exit).toBe(2);
    expect(stderr).toMatch(
      /cannot be written: (a part of its path is not a folder|something of that name is there already)\./,
    );
  });
});

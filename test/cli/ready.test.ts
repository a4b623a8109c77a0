import {
  appendFileSync,
  chmodSync,
  cpSync,
  existsSync,
  mkdtempSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { PACKAGE_ROOT } from '../../src/lib/package.ts';
import { bringUpToDate, type Ended, run } from './wirebook.ts';

const BUILDING = /^Building Wirebook \.\.\. \d+\.\d s\n$/;
let copy: string;
let cache: string;

/** A checkout of its own that shares the dependencies of this one. */
beforeAll(() => {
  bringUpToDate();
  copy = mkdtempSync(join(tmpdir(), 'wirebook-checkout-'));
  cache = mkdtempSync(join(tmpdir(), 'wirebook-cache-'));
  for (const name of [
    'bin',
    'lessons',
    'scripts',
    'src',
    'sandbox',
    'package.json',
    'package-lock.json',
    'tsconfig.json',
  ]) {
    cpSync(join(PACKAGE_ROOT, name), join(copy, name), { recursive: true });
  }
  symlinkSync(join(PACKAGE_ROOT, 'node_modules'), join(copy, 'node_modules'));
});
afterAll(() => {
  for (const folder of [copy, cache]) rmSync(folder, { recursive: true, force: true });
});
beforeEach(() => rmSync(join(copy, 'dist'), { recursive: true, force: true }));

const ready = (options: { uid?: number } = {}): Promise<Ended> =>
  run(process.execPath, [join(copy, 'scripts', 'ready.cjs')], {
    env: { ...process.env, XDG_CACHE_HOME: cache },
    ...options,
  });

describe('the set-up', () => {
  test('builds once, says so in one line, and is silent the second time', async () => {
    expect(await ready()).toMatchObject({ exit: 0, stdout: '', stderr: expect.stringMatching(BUILDING) });
    expect(existsSync(join(copy, 'dist', 'cli.js'))).toBe(true);
    expect(await ready()).toMatchObject({ exit: 0, stdout: '', stderr: '' });
  });

  test('builds again when a source was written, and when one was taken away', async () => {
    await ready();
    const extra = join(copy, 'src', 'lib', 'extra.ts');
    writeFileSync(extra, '');
    expect((await ready()).stderr).toMatch(BUILDING);
    rmSync(extra);
    expect((await ready()).stderr).toMatch(BUILDING);
  });

  test('of several at once, one builds', async () => {
    const all = await Promise.all(Array.from({ length: 4 }, () => ready()));
    expect(all.map(({ exit }) => exit)).toEqual([0, 0, 0, 0]);
    expect(all.filter(({ stderr }) => stderr.includes('Building'))).toHaveLength(1);
    expect(existsSync(join(copy, '.setup-lock'))).toBe(false);
  });

  test('says what the build said when it fails, and builds when it is mended', async () => {
    const entry = join(copy, 'src', 'cli.ts');
    appendFileSync(entry, '\nconst = 1;\n');
    const { exit, stderr } = await ready();
    expect(exit).toBe(1);
    expect(stderr).toMatch(/^Building Wirebook \.\.\. failed\n[\s\S]*src\/cli\.ts:\d+/);
    cpSync(join(PACKAGE_ROOT, 'src', 'cli.ts'), entry);
    expect(await ready()).toMatchObject({ exit: 0 });
  });
});

describe('a lock left behind', () => {
  const file = () => join(copy, '.setup-lock');

  test('by a process that is dead is taken over at once', async () => {
    const dead = await run(process.execPath, [
      '-e',
      `require(${JSON.stringify(join(copy, 'scripts', 'lock.cjs'))}).lock(${JSON.stringify(file())}).then(() => process.kill(process.pid, 'SIGKILL'))`,
    ]);
    expect(dead.signal).toBe('SIGKILL');
    expect(existsSync(file())).toBe(true);
    expect(await ready()).toMatchObject({ exit: 0, stderr: expect.stringMatching(BUILDING) });
    expect(existsSync(file())).toBe(false);
  });

  test('by one that we cannot see is taken over when it has been quiet for long', async () => {
    writeFileSync(file(), JSON.stringify({ pid: 1, namespace: 'elsewhere' }));
    const longAgo = new Date(Date.now() - 60_000);
    utimesSync(file(), longAgo, longAgo);
    expect(await ready()).toMatchObject({ exit: 0, stderr: expect.stringMatching(BUILDING) });
  });
});

/** Whether a user who is not the owner may come so far. */
function open(path: string): boolean {
  return (statSync(path).mode & 0o001) !== 0 && (dirname(path) === path || open(dirname(path)));
}

describe('a checkout that we may only read', () => {
  const stranger = process.getuid!() === 0 ? { uid: 65534 } : {};
  const reachable = open(process.execPath);

  test.skipIf(!reachable)('is used as it is when nothing is missing', async () => {
    await ready();
    chmodSync(copy, 0o555);
    expect(await ready(stranger)).toMatchObject({ exit: 0, stderr: '' });
    chmodSync(copy, 0o755);
  });

  test.skipIf(!reachable)('is told in words when something is', async () => {
    chmodSync(copy, 0o555);
    const { exit, stderr } = await ready(stranger);
    chmodSync(copy, 0o755);
    expect(exit).toBe(2);
    expect(stderr).toMatch(
      /^The build is older than its sources, and .* cannot be written by you\.\nRun `npm run setup`/,
    );
  });
});

/** Folders in which nothing can be kept: a lesson opens all the same and says so; what cannot do without them ends with words. */
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PACKAGE_ROOT } from '../../src/lib/package.ts';
import { bringUpToDate, wirebook } from './wirebook.ts';

const LESSON = join(PACKAGE_ROOT, 'lessons', '01-namespaces');
let folder: string;
beforeAll(() => {
  bringUpToDate();
  folder = mkdtempSync(join(tmpdir(), 'wirebook-odd-'));
  writeFileSync(join(folder, 'file'), '');
});
afterAll(() => {
  if (existsSync(join(folder, 'locked'))) chmodSync(join(folder, 'locked'), 0o700);
  rmSync(folder, { recursive: true, force: true });
});

const within = (variables: NodeJS.ProcessEnv) => ({
  env: { ...process.env, LC_ALL: 'C', ...variables },
  timeout: 60_000,
});

describe.runIf(existsSync('/proc/self'))('where nothing can be kept', () => {
  test.each([
    ['/proc/nothing', 'no folder can be made there'],
    ['/dev/null', 'a part of its path is not a folder'],
  ])('in %s a lesson opens, and says that it is not kept', async (state, why) => {
    const { stdout, stderr, exit } = await wirebook(['--plain', LESSON], within({ XDG_STATE_HOME: state }));
    expect(stderr).toBe('');
    expect(stdout).toContain(`Your progress cannot be written: ${why}.`);
    expect(exit).toBe(0);
  });

  test('the reason is told in Chinese too', async () => {
    const { stdout } = await wirebook(
      ['--plain', '--lang', 'zh-CN', LESSON],
      within({ XDG_STATE_HOME: '/proc/nothing' }),
    );
    expect(stdout).toContain('进度无法写入：那里无法建立文件夹。');
  });

  test('a home there does not hold up even the start', async () => {
    const { stdout, exit } = await wirebook(
      ['--version'],
      within({ HOME: '/proc/nothing', XDG_CACHE_HOME: '' }),
    );
    expect(stdout).toMatch(/^\d/);
    expect(exit).toBe(0);
  });

  test.each([
    [['drill', '--plain'], 'The drill cannot be kept in /proc/nothing/wirebook/drills'],
    [['sandbox', 'up'], 'The sandbox cannot be kept in /proc/nothing/wirebook/sandboxes'],
    [['class', 'host', LESSON, '--no-screen', '--port', '1'], 'The class cannot be kept in /proc/nothing/'],
  ])('%j ends with words', async (args, message) => {
    const variables = { XDG_STATE_HOME: '/proc/nothing', XDG_RUNTIME_DIR: '/proc/nothing' };
    const { stderr, exit } = await wirebook(args, within(variables));
    expect(stderr).toContain(`${message}`);
    expect(stderr).toContain('no folder can be made there.');
    expect(stderr).toContain('=FOLDER wirebook');
    expect(exit).toBe(2);
  });
});

test('an output whose folder is not there says how to make it', async () => {
  const file = join(folder, 'no', 'x.html');
  const { stderr, exit } = await wirebook(['export', LESSON, '-o', file], within({ XDG_STATE_HOME: folder }));
  expect(stderr).toContain(`${file} cannot be written: its folder is not there.`);
  expect(stderr).toContain(`mkdir -p ${join(folder, 'no')}`);
  expect(exit).toBe(2);
});

test.each([
  ['class host', ['--roster', 'none.csv'], 'The roster cannot be read: none.csv is not there.'],
  [
    'class host',
    ['--cert', 'none.pem', '--key', 'none.pem'],
    'The certificate cannot be read: none.pem is not',
  ],
  ['grade', ['x.md', '--secret', 'none'], 'The secret cannot be read: none is not there.'],
  ['grade', ['x.md', '--roster', 'none.csv'], 'The roster cannot be read: none.csv is not there.'],
  ['verify', ['--public-key', 'none.pem'], 'The public key cannot be read: none.pem is not there.'],
])('%s %j', async (command, args, message) => {
  const lesson = command === 'grade' ? join(PACKAGE_ROOT, 'lessons', '01-namespaces-exercise') : LESSON;
  const { stderr, exit } = await wirebook([...command.split(' '), lesson, ...args], {
    ...within({ XDG_STATE_HOME: folder }),
    cwd: folder,
  });
  expect(stderr).toContain(message);
  expect(stderr).toContain(`It was looked for here: ${join(folder, 'none')}`);
  expect(exit).toBe(2);
});

// Whoever may read everything cannot be refused it.
test.skipIf(process.getuid?.() === 0).each([
  [['grade', 'LESSON', 'locked'], 'locked cannot be read: you may not read it.'],
  [['import', 'locked'], 'The lab cannot be read: locked: you have no right to do that there.'],
  [['lint', 'LESSON', '--reporter', 'json=locked/x'], 'locked/x cannot be written: you have no right'],
])('what may not be read: %j', async (args, message) => {
  const exercise = join(PACKAGE_ROOT, 'lessons', '01-namespaces-exercise');
  mkdirSync(join(folder, 'locked'), { recursive: true, mode: 0 });
  const given = args.map((arg) => (arg === 'LESSON' ? exercise : arg));
  const { stderr, exit } = await wirebook(given, { ...within({ XDG_STATE_HOME: folder }), cwd: folder });
  expect(stderr).toContain(message);
  expect(exit).toBe(2);
});

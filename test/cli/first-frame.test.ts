/** What is seen first is the lesson as it is now: its text, its state, the terminal's size, the language, the colours. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as pty from '@lydell/node-pty';
import xterm from '@xterm/headless';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { wirebookPaths } from '../../src/lib/paths.ts';
import { BIN, bringUpToDate } from './wirebook.ts';

const folder = mkdtempSync(join(tmpdir(), 'wirebook-first-'));
const lesson = join(folder, 'course', '01-one');
const cache = join(folder, 'cache');
const kept = join(cache, 'wirebook', 'lessons');

const text = (words: string) =>
  `---\ntitle: "A cable"\n---\n## Lay it\n\n${words}\n\n\`\`\`sh {.run}\necho laid\n\`\`\`\n\n\`\`\`yaml {.expect}\n- output: laid\n\`\`\`\n`;

beforeAll(() => {
  bringUpToDate();
  mkdirSync(lesson, { recursive: true });
  mkdirSync(join(cache, 'wirebook'), { recursive: true });
  symlinkSync(join(wirebookPaths().cache, 'rootfs'), join(cache, 'wirebook', 'rootfs'));
  writeFileSync(join(folder, 'course', 'course.yaml'), 'title: "Cables: a course"\n');
  writeFileSync(join(lesson, 'lesson.md'), text('Old words.'));
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Started {
  /** The first frame, as it came. */
  raw: string;
  rows: string[];
  screen: () => string;
  type: (keys: string) => void;
  shows: (what: string) => Promise<void>;
  until: (holds: () => boolean, what: string) => Promise<void>;
  leave: () => Promise<void>;
  kill: () => Promise<unknown>;
}

/** Until the first frame is there; what comes after it comes. */
async function start(
  args: readonly string[] = [lesson],
  {
    columns = 80,
    rows = 24,
    env = {},
  }: { columns?: number; rows?: number; env?: Record<string, string> } = {},
): Promise<Started> {
  const child = pty.spawn(process.execPath, [BIN, ...args], {
    cols: columns,
    rows,
    name: 'xterm-256color',
    env: {
      PATH: process.env.PATH!,
      HOME: process.env.HOME!,
      TERM: 'xterm-256color',
      LANG: 'C.UTF-8',
      XDG_STATE_HOME: join(folder, 'state'),
      XDG_CACHE_HOME: cache,
      ...env,
    },
  });
  const exited = new Promise((resolve) => child.onExit(resolve));
  const now = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true });
  let all = '';
  child.onData((data) => {
    all += data;
    now.write(data);
  });
  const textOf = (terminal: xterm.Terminal) =>
    Array.from({ length: rows }, (_, y) => terminal.buffer.active.getLine(y)?.translateToString(true) ?? '');
  const until = async (holds: () => boolean, what: string) => {
    const end = performance.now() + 30_000;
    while (!holds()) {
      if (performance.now() > end) throw new Error(`never ${what}:\n${textOf(now).join('\n')}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  };
  const frame = /\x1b\[\?1049h.*?\x1b\[\?2026l/s;
  await until(() => frame.test(all), 'a first frame');
  const raw = frame.exec(all)![0];
  const first = new xterm.Terminal({ cols: columns, rows, allowProposedApi: true });
  await new Promise<void>((resolve) => first.write(raw, resolve));
  const screen = () => textOf(now).join('\n');
  return {
    raw,
    rows: textOf(first),
    screen,
    type: (keys) => child.write(keys),
    until,
    kill() {
      child.kill('SIGKILL');
      return exited;
    },
    shows: (what) => until(() => screen().includes(what), `shown ${what}`),
    async leave() {
      await until(() => all.includes('\x1b[?1000h'), 'the screen as Ink has it');
      child.write('\x03\x03');
      await exited;
    },
  };
}

/** The first frame of a start that ends at once. */
async function firstFrame(...given: Parameters<typeof start>): Promise<Started> {
  const started = await start(...given);
  await started.leave();
  return started;
}

const whole = ({ rows }: Started) => rows.join('\n');

describe('the first frame', { timeout: 120_000 }, () => {
  test('is the lesson, when nothing is kept and when it is', async () => {
    const first = await firstFrame();
    expect(whole(first)).toContain('Old words.');
    expect(first.rows[0]).toContain('A cable');
    expect(readdirSync(kept).length).toBeGreaterThan(0);
    expect(whole(await firstFrame())).toContain('Old words.');
  });

  test('has the words that stand in the file now', async () => {
    writeFileSync(join(lesson, 'lesson.md'), text('New words.'));
    const first = await firstFrame();
    expect(whole(first)).toContain('New words.');
    expect(whole(first)).not.toContain('Old words.');
  });

  test('has the size of the terminal', async () => {
    expect((await firstFrame([lesson], { columns: 100, rows: 30 })).rows[1]).toBe('─'.repeat(100));
  });

  test('has what was done', async () => {
    expect(whole(await firstFrame())).toContain('not run');
    const session = await start();
    await session.shows('sandbox ready');
    session.type('\r\r');
    await session.shows('✓ passed');
    await session.leave();
    const first = await firstFrame();
    expect(whole(first)).toContain('✓ passed');
    expect(whole(first)).not.toContain('not run');
  });

  test('speaks the language that is asked for', async () => {
    writeFileSync(
      join(lesson, 'lesson.zh-CN.md'),
      text('中文的话。')
        .replace('A cable', '一根网线')
        .replace(/\n```yaml[^`]*```\n/, ''),
    );
    const first = await firstFrame(['--lang', 'zh-CN', lesson]);
    expect(whole(first)).toContain('中文的话。');
    expect(whole(first)).toContain('帮助');
    expect(whole(await firstFrame())).toContain('New words.');
  });

  test('has no colour where none is wanted', async () => {
    const coloured = /\x1b\[(?:\d+;)*3\d(?:;\d+)*m/;
    expect((await firstFrame()).raw).toMatch(coloured);
    expect((await firstFrame([lesson], { env: { NO_COLOR: '1' } })).raw).not.toMatch(coloured);
  });

  test('is right where what was kept is spoilt, and where nothing can be kept', async () => {
    for (const name of readdirSync(kept)) writeFileSync(join(kept, name), 'Old words.');
    expect(whole(await firstFrame())).toContain('New words.');
    writeFileSync(join(folder, 'file'), '');
    const nowhere = { env: { XDG_CACHE_HOME: join(folder, 'file') } };
    expect(whole(await firstFrame([lesson], nowhere))).toContain('New words.');
  });

  test('leaves what was compiled for the next one, also when the program is killed', async () => {
    const fresh = join(folder, 'fresh');
    mkdirSync(join(fresh, 'wirebook'), { recursive: true });
    symlinkSync(join(wirebookPaths().cache, 'rootfs'), join(fresh, 'wirebook', 'rootfs'));
    const started = await start([lesson], { env: { XDG_CACHE_HOME: fresh } });
    const compiled = () =>
      existsSync(join(fresh, 'wirebook', 'compiled')) &&
      readdirSync(join(fresh, 'wirebook', 'compiled'), { recursive: true }).length > 10;
    await started.until(compiled, 'kept what was compiled');
    await started.kill();
    expect(compiled()).toBe(true);
  });

  test('of a course has its lessons as they are', async () => {
    expect(whole(await firstFrame([join(folder, 'course')]))).toContain('A cable');
    writeFileSync(
      join(lesson, 'lesson.md'),
      text('New words.').replace('"A cable"', '>-\n  Another\n  cable'),
    );
    const first = await firstFrame([join(folder, 'course')]);
    expect(first.rows[0]).toContain('Cables: a course');
    expect(whole(first)).toContain('Another cable');
  });
});

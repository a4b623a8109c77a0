/** The first frame is drawn by hand, before Ink is loaded: it is the very frame that Ink draws then, and gives way to it. */
import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { CELL, keys, screens } from './screen.ts';
import type { TestTerminal } from './terminal.ts';

const open = screens();
const SMALL = { columns: 80, rows: 24 };
/** Nothing turns, and nothing goes on until it is released. */
const HELD = { FAKE_HOLD: '1', FAKE_NOW: '1', WIREBOOK_REDUCED_MOTION: '1' };
const LESSON = { FAKE_LESSON: 'cable' };

/** Waits for the first frame, which is all there is. */
async function firstFrame(terminal: TestTerminal, shows: string): Promise<string> {
  await terminal.until(shows);
  await terminal.drawn();
  expect(terminal.modes()).toMatchObject({ alternate: true, hidden: true, mouseTrackingMode: 'none' });
  return terminal.styled();
}

/** Lets the screen go on until Ink has it. */
async function release(terminal: TestTerminal): Promise<void> {
  terminal.kill('SIGUSR2');
  await terminal.until(() => terminal.modes().mouseTrackingMode !== 'none', 'the screen as Ink has it');
  await terminal.drawn();
}

const looks = [
  ...[{ columns: 60, rows: 20 }, SMALL, { columns: 160, rows: 48 }].flatMap((size) =>
    ['en', 'zh-CN'].map((language) => [size, { FAKE_LANG: language }] as const),
  ),
  ...['light', 'contrast', 'plain'].map((theme) => [SMALL, { WIREBOOK_THEME: theme }] as const),
  [SMALL, { NO_COLOR: '1' }],
  [SMALL, { TERM: 'linux' }],
] as const;

describe.each(looks)('at %o, %o', (size, env) => {
  test('the course is seen as it stays', async () => {
    const terminal = open({ ...size, env: { ...HELD, ...env } });
    const first = await firstFrame(terminal, 'A bridge instead');
    await release(terminal);
    expect(terminal.styled()).toBe(first);
  });

  test('a lesson is seen as it stays', async () => {
    const terminal = open({ ...size, env: { ...HELD, ...LESSON, ...env } });
    const first = await firstFrame(terminal, 'What the smallest network');
    await release(terminal);
    expect(terminal.styled()).toBe(first);
  });
});

describe('until Ink has the screen', () => {
  test('keys are kept, unseen, and count then', async () => {
    const terminal = open({ ...SMALL, env: { ...HELD, ...LESSON } });
    const first = await firstFrame(terminal, 'What the smallest network');
    const settings = execFileSync('stty', ['-F', `/proc/${terminal.pid}/fd/0`, '-a'], { encoding: 'utf8' });
    expect(settings).toMatch(/-icanon/);
    expect(settings).toMatch(/-echo\b/);
    terminal.write('n');
    expect(terminal.styled()).toBe(first);
    await release(terminal);
    await terminal.until(() => terminal.rows().some((row) => CELL.first.test(row)), 'the first cell');
  });

  test('Ctrl-C is one of them', async () => {
    const terminal = open({ ...SMALL, env: HELD });
    await firstFrame(terminal, 'A bridge instead');
    terminal.write(keys.ctrl('c'));
    terminal.kill('SIGUSR2');
    expect((await terminal.exited).exitCode).toBe(0);
    await terminal.until('left');
    expect(terminal.modes()).toMatchObject({ alternate: false, hidden: false, mouseTrackingMode: 'none' });
  });

  test('another size is taken as it is', async () => {
    const terminal = open({ ...SMALL, env: { ...HELD, ...LESSON } });
    await firstFrame(terminal, 'What the smallest network');
    terminal.resize(100, 30);
    await release(terminal);
    const other = open({ columns: 100, rows: 30, env: { ...HELD, ...LESSON } });
    const first = await firstFrame(other, 'What the smallest network');
    await terminal.until(() => terminal.styled() === first, first);
  });

  test('a bug gives the terminal back, and its message can be read', async () => {
    const terminal = open({ ...SMALL, env: { ...HELD, FAKE_CRASH: '700' } });
    await firstFrame(terminal, 'A bridge instead');
    expect((await terminal.exited).exitCode).toBe(70);
    await terminal.until('crashed: a bug on purpose');
    expect(terminal.modes()).toMatchObject({ alternate: false, hidden: false });
  });

  test('a signal ends it as soon as it can', async () => {
    const terminal = open({ ...SMALL, env: { ...HELD, ...LESSON } });
    await firstFrame(terminal, 'What the smallest network');
    terminal.kill('SIGTERM');
    terminal.kill('SIGUSR2');
    await terminal.exited;
    await terminal.drawn();
    expect(terminal.modes()).toMatchObject({ alternate: false, hidden: false, mouseTrackingMode: 'none' });
  });
});

test.each([
  ['a terminal that is too small', { columns: 30, rows: 10 }, {}],
  ['a screen reader', SMALL, { INK_SCREEN_READER: 'true' }],
])('there is none for %s', async (_, size, env) => {
  const terminal = open({ ...size, env: { ...HELD, ...LESSON, ...env } });
  // Ink comes at once, and waits for the lesson itself.
  await terminal.until(() => terminal.modes().mouseTrackingMode !== 'none', 'the screen as Ink has it');
  expect(terminal.text()).not.toContain('What the smallest network');
});

/** The screen has the colours of the terminal's background: from the first frame on, where the terminal says it in time. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { askBackground } from '../../src/tui/terminal/question.ts';
import { rememberBackground, rememberedBackground } from '../../src/tui/terminal/remembered.ts';
import { keys, screens } from './screen.ts';
import type { TestTerminal } from './terminal.ts';

const open = screens();
const SIZE = { columns: 80, rows: 24 };
const HELD = { FAKE_HOLD: '1', FAKE_NOW: '1', WIREBOOK_REDUCED_MOTION: '1', FAKE_LESSON: 'cable' };
const LIGHT = 'rgb:fafa/fafa/f5f5';
const DARK = 'rgb:1e1e/1e1e/1e1e';

let cache: string;
beforeEach(() => {
  cache = mkdtempSync(join(tmpdir(), 'wirebook-background-'));
});
afterEach(() => rmSync(cache, { recursive: true, force: true }));

async function firstOf(terminal: TestTerminal): Promise<string> {
  await terminal.until('What the smallest network');
  await terminal.drawn();
  return terminal.styled();
}

/** The first frame as it is for whoever has chosen the theme. */
const firstIn = (theme: string) => firstOf(open({ ...SIZE, env: { ...HELD, WIREBOOK_THEME: theme } }));

const has = (terminal: TestTerminal, text: string) =>
  terminal.until(() => terminal.styled() === text, 'the other theme');

async function release(terminal: TestTerminal): Promise<void> {
  terminal.kill('SIGUSR2');
  await terminal.until(() => terminal.modes().mouseTrackingMode !== 'none', 'the screen as Ink has it');
}

test('a terminal that answers at once never sees another', async () => {
  const light = await firstIn('light');
  expect(light).not.toBe(await firstIn('dark'));
  const terminal = open({ ...SIZE, env: { ...HELD, FAKE_ANSWERED: '1' }, background: LIGHT });
  expect(await firstOf(terminal)).toBe(light);
  await release(terminal);
  await terminal.drawn();
  expect(terminal.styled()).toBe(light);
});

test('one that answers late is drawn anew then, and at once the next time', { timeout: 60_000 }, async () => {
  const [light, dark] = [await firstIn('light'), await firstIn('dark')];
  const env = { ...HELD, XDG_CACHE_HOME: cache };
  const late = { ...SIZE, env, background: LIGHT, answersAfterMs: 1500 };
  const once = open(late);
  expect(await firstOf(once)).toBe(dark);
  await release(once);
  await has(once, light);
  await once.close();
  const again = open(late);
  expect(await firstOf(again)).toBe(light);
  await again.close();
  // It has become dark since, and says so.
  const other = open({ ...late, background: DARK });
  expect(await firstOf(other)).toBe(light);
  await release(other);
  await has(other, dark);
  await other.close();
  expect(await firstOf(open(late))).toBe(dark);
});

test('what is remembered of a terminal that says nothing more is not believed for long', async () => {
  const env = { ...HELD, XDG_CACHE_HOME: cache };
  rememberBackground('light', { ...env, TERM: 'xterm-256color' });
  const dark = await firstIn('dark');
  const terminal = open({ ...SIZE, env });
  expect(await firstOf(terminal)).toBe(await firstIn('light'));
  await release(terminal);
  await has(terminal, dark);
});

describe('an answer among the keys', () => {
  test('takes none of them', async () => {
    const terminal = open({ ...SIZE, env: HELD, background: LIGHT, answersAfterMs: 200 });
    await firstOf(terminal);
    terminal.write('?');
    await release(terminal);
    await terminal.until('PgUp PgDn');
    expect(terminal.text()).not.toContain('11;');
  });

  test('does not come to the shell, however soon the learner leaves', { timeout: 30_000 }, async () => {
    const after = 'stty -icanon -echo; sleep 1.5; IFS= read -rN 1 -t 0.1 rest; printf "<rest:%q>" "$rest"';
    for (const answersAfterMs of [0, 100, 600]) {
      const terminal = open({
        ...SIZE,
        env: { ...HELD, FAKE_HOLD: '' },
        background: LIGHT,
        answersAfterMs,
        within: `"$@"; ${after}`,
      });
      await firstOf(terminal);
      terminal.write(keys.ctrl('c').repeat(2));
      await terminal.until('<rest:');
      expect(terminal.text()).toContain("<rest:''>");
    }
  });
});

test.each<Record<string, string>>([
  { TERM: 'linux' },
  { NO_COLOR: '1' },
  { COLORFGBG: '0;15' },
  { WIREBOOK_THEME: 'dark' },
])('who cannot be told a theme, or has told one, is not asked: %o', async (env) => {
  const terminal = open({ ...SIZE, env: { ...HELD, ...env }, background: LIGHT });
  await firstOf(terminal);
  expect(terminal.raw).not.toContain('\x1b]11;');
});

test('terminals are told apart by what is known of them; only the last are remembered', () => {
  const env = { XDG_CACHE_HOME: cache, TERM: 'xterm' };
  expect(rememberedBackground(env)).toBeUndefined();
  rememberBackground('light', env);
  expect(rememberedBackground(env)).toBe('light');
  for (const other of [{ TERM: 'foot' }, { TMUX: '/tmp/x' }, { SSH_CONNECTION: '192.0.2.1 1 192.0.2.2 22' }])
    expect(rememberedBackground({ ...env, ...other })).toBeUndefined();
  for (let at = 0; at < 50; at++) rememberBackground('dark', { ...env, TERM: `xterm-${at}` });
  expect(rememberedBackground({ ...env, TERM: 'xterm-49' })).toBe('dark');
  expect(rememberedBackground(env)).toBeUndefined();
  expect(JSON.parse(readFileSync(join(cache, 'wirebook', 'backgrounds.json'), 'utf8'))).toHaveLength(20);
});

test('an answer is waited for no longer than it can be on its way', async () => {
  let now = 0;
  const written: string[] = [];
  const stdin = Object.assign(Object.create(process.stdin), {
    setRawMode() {},
    pause() {},
    on() {},
    off() {},
  });
  const stdout = { write: (text: string) => written.push(text) } as unknown as NodeJS.WriteStream;
  const question = askBackground({ stdin, stdout }, () => now);
  expect(written).toEqual(['\x1b]11;?\x1b\\']);
  now = 1001;
  await question.over();
  const told: string[] = [];
  question.listen((background) => told.push(background));
  expect(question.take('a\x1b]11;rgb:00/00/00\x07')).toBe('a');
  expect(told).toEqual(['dark']);
});

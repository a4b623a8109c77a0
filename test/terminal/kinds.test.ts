/** Terminals of other kinds: with a light background, the Linux console. */
import { expect, test } from 'vitest';
import { THEMES, themeOn } from '../../src/page/theme.ts';
import { createAnswers } from '../../src/tui/terminal/background.ts';
import { forConsole, fromConsole } from '../../src/tui/terminal/console.ts';
import { keys, reach, screens } from './screen.ts';

const open = screens();
const size = { columns: 80, rows: 24 };
const LESSON = { FAKE_LESSON: 'cable', FAKE_NOW: '1', FAKE_MS: '1' };

test('the theme is that of the background which the terminal tells', async () => {
  const told = open({
    ...size,
    env: { ...LESSON, WIREBOOK_THEME: 'light' },
    background: 'rgb:0000/0000/0000',
  });
  await told.until('sandbox ready');
  await told.drawn();
  const light = open({ ...size, env: LESSON, background: 'rgb:fafa/fafa/f5f5' });
  await light.until('sandbox ready');
  await light.until(() => light.styled() === told.styled(), 'the light theme');
  const dark = open({ ...size, env: LESSON, background: 'rgb:1e/1e/1e' });
  await dark.until('sandbox ready');
  await dark.press('?', 'PgUp PgDn');
  expect(dark.styled()).not.toContain('\\');
  const silent = open({ ...size, env: LESSON });
  await silent.until('sandbox ready');
  await silent.press('?', 'PgUp PgDn');
  await Promise.all([dark.drawn(), silent.drawn()]);
  expect(silent.styled()).toBe(dark.styled());
});

test('an answer is taken out of what is typed, also in pieces; keys stay', () => {
  const told: string[] = [];
  let now = 0;
  const take = createAnswers(
    (background) => told.push(background),
    () => now,
  );
  expect(take('a\x1b]11;rgb:ffff/ffff/ffff\x07b')).toBe('ab');
  expect(take('\x1b]11;rg')).toBe('');
  expect(take('b:00/00/00\x1b')).toBe('');
  expect(take('\\x')).toBe('x');
  expect(take('\x1b')).toBe('\x1b');
  expect(take('\x1b[A')).toBe('\x1b[A');
  expect(told).toEqual(['light', 'dark']);
  now = 10_000;
  expect(take('\x1b]')).toBe('\x1b]');
});

/** What the font of the kernel has: code page 437, with its arrows. */
const FONT = new Set([
  ...'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■↑↓→←',
]);

test('the Linux console is sent only signs that it has, and no OSC', { timeout: 60_000 }, async () => {
  const terminal = open({ ...size, env: { ...LESSON, TERM: 'linux' } });
  await terminal.until('sandbox ready');
  await reach(terminal, /^█ ┌─ 2 /);
  await terminal.press(`i${keys.ctrl('u')}wrong`, 'wrong');
  await terminal.press(keys.ctrl('r'), /x failed/);
  await terminal.press('o', /expected +loss/);
  await terminal.press('y', 'no clipboard');
  await terminal.press('m', 'no carrier');
  await terminal.press('m', () => !terminal.text().includes('no carrier'));
  await terminal.press('?', 'PgUp PgDn');
  await terminal.press(keys.escape, () => !terminal.text().includes('PgUp PgDn'));
  const course = open({ ...size, env: { TERM: 'linux' } });
  await course.until('A bridge instead');
  await course.drawn();
  for (const { raw } of [terminal, course]) {
    expect(raw).not.toContain('\x1b]');
    expect([...raw].filter((sign) => sign > '\x7f' && !FONT.has(sign))).toEqual([]);
  }
});

test('on a console without a second screen nothing of the one shows through the other', async () => {
  const terminal = open({
    ...size,
    env: { ...LESSON, TERM: 'linux' },
    oneScreen: true,
    within: 'yes "what stood there before" | head -n 30; "$@"; echo after',
  });
  await terminal.until('What the smallest network');
  await terminal.drawn();
  expect(terminal.text()).not.toContain('before');
  await terminal.until('sandbox ready');
  await terminal.press('?', 'PgUp PgDn');
  expect(terminal.text()).not.toContain('stood there');
  terminal.write(`${keys.escape}`);
  await terminal.until(() => !terminal.text().includes('PgUp PgDn'), 'the lesson');
  terminal.write(keys.ctrl('c').repeat(2));
  await terminal.until('after');
  expect(
    terminal
      .rows()
      .map((row) => row.trimEnd())
      .filter(Boolean),
  ).toEqual([
    expect.stringMatching(/^Two namespaces and a cable: 0 of/),
    expect.any(String),
    'left',
    'after',
  ]);
});

test('on the console nothing that is to be read is dim, nor bold and inverse at once', () => {
  for (const name of ['dark', 'light', 'contrast', 'plain'] as const) {
    const { border, shell, ...looks } = themeOn(name, { TERM: 'linux' });
    expect(border).toBe(THEMES[name].border);
    for (const look of [...Object.values(looks), ...Object.values(shell)]) {
      if (typeof look !== 'string') continue;
      expect(look.split(';')).not.toContain('2');
      expect(look).not.toMatch(/\b1\b.*\b7\b|\b7\b.*\b1\b/);
    }
  }
});

test('on white green is dark, and what is dim is grey, where there are colours enough', () => {
  expect(themeOn('light', { TERM: 'xterm-256color' })).toMatchObject({
    name: 'light',
    pass: '38;5;28',
    fail: '31',
    dim: '38;5;243',
    border: '38;5;248',
    code: '35',
    shell: { string: '38;5;28', comment: '38;5;243;3', number: '' },
  });
  expect(themeOn('light', { TERM: 'vt220' })).toBe(THEMES.light);
  expect(themeOn('dark', { TERM: 'xterm-256color' })).toBe(THEMES.dark);
});

test('what a console calls a key is what programs know it by', () => {
  expect(fromConsole('a\x1b[[A\x1b[[B\x1b[[C\x1b[[D\x1b[[E\x1b[17~')).toBe(
    'a\x1bOP\x1bOQ\x1bOR\x1bOS\x1b[15~\x1b[17~',
  );
  expect(fromConsole('\x1b[1~\x1b[4~\x1b[A\x1b[3~')).toBe('\x1b[H\x1b[F\x1b[A\x1b[3~');
});

test('keys of a console reach the program in a shell so', async () => {
  const terminal = open({ ...size, env: { ...LESSON, TERM: 'linux' } });
  await terminal.until('sandbox ready');
  await terminal.press('t', '$');
  await terminal.press('cat -v\r', 'cat -v');
  await terminal.press('\x1b[[A\x1b[[E\r', '^[OP^[[15~');
});

test('a sign stands for another of the same width; no link and nothing for the clipboard is left', () => {
  expect(forConsole('\x1b]8;;http://a\x1b\\it’s… “so” —\x1b]8;;\x1b\\ 网')).toBe(`it's. "so" - 网`);
  expect(forConsole('\x1b]52;c;YQ==\x07\x1b[1m✓\x1b[0m')).toBe('\x1b[1m√\x1b[0m');
});

/** The shells beside the lesson: real programs on real PTYs, seen through two terminals, one in the other. */
import { describe, expect, test } from 'vitest';
import { keys, screens } from './screen.ts';
import type { TestTerminal } from './terminal.ts';

const open = screens();
const LESSON = { FAKE_LESSON: 'cable', FAKE_NOW: '1' };
const SIZES = [
  { columns: 80, rows: 24 },
  { columns: 160, rows: 48 },
];
const LEADER = keys.ctrl(']');

async function opened(size: { columns: number; rows: number }): Promise<TestTerminal> {
  const terminal = open({ ...size, env: LESSON });
  await terminal.until('sandbox ready');
  await terminal.press('t', 'inside$');
  return terminal;
}

/** The size of the shell's terminal, as the shell sees it. */
async function sizeSeen(terminal: TestTerminal): Promise<string> {
  asked++;
  const answer = new RegExp(`now${asked}: (\\d+ \\d+)`);
  await terminal.press(`clear; echo "now${asked}: $(stty size)"\r`, answer);
  return answer.exec(terminal.text())![1]!;
}

let asked = 0;

describe.each(SIZES)('at $columns by $rows', (size) => {
  test('keys go to the shell, all but one, and come back with it', async () => {
    const terminal = await opened(size);
    expect(terminal.alternate).toBe(true);
    // Keys that would act on the lesson, and one that would end the screen.
    await terminal.press('printf %s quit; echo " qrs"\r', 'quit qrs');
    await terminal.press('cat\r', /inside\$ cat/);
    // What is typed before the program has ended is its own, and goes with it.
    await terminal.press(keys.ctrl('c'), /\^C[^\n]*\n[^\n]*inside\$$/m);
    await terminal.press('echo still\r', /^(.*│)?still/m);
    await terminal.press(`${LEADER}${LEADER}?`, 'PgUp PgDn Space');
    await terminal.press(keys.escape, 'inside$');
    await terminal.press('t', 'Ctrl-] tabs');
    await terminal.press('exit\r', () => !terminal.text().includes('inside$'));
    await terminal.until('Enter');
  });

  test('the cursor stands where the program has it', async () => {
    const terminal = await opened(size);
    await terminal.press('网ab', '网ab');
    const row = terminal.rows().findIndex((line) => line.includes('inside$ 网ab'));
    const column = size.columns === 80 ? 0 : terminal.rows()[row]!.indexOf('│inside') + 1;
    await terminal.until(
      () => terminal.cursor.y === row && terminal.cursor.x === column + 'inside$ xxab'.length,
      `a cursor in row ${row} after ${column}`,
    );
    expect(terminal.modes().hidden).toBe(false);
  });

  test('its size is that of the pane, at any moment', async () => {
    const terminal = await opened(size);
    const first = (await sizeSeen(terminal)).split(' ').map(Number);
    expect(first).toEqual(size.columns === 80 ? [10, 80] : [44, 81]);
    await terminal.press(`${LEADER}f`, () => terminal.rows()[2]!.startsWith('─ 1 host ─'));
    expect(await sizeSeen(terminal)).toBe(`${size.rows - 4} ${size.columns}`);
    terminal.resize(100, 30);
    await terminal.until(() => terminal.rows()[1] === '─'.repeat(100), 'the new size');
    expect(await sizeSeen(terminal)).toBe('26 100');
    terminal.resize(20, 5);
    await terminal.until('Wirebook needs');
    terminal.resize(size.columns, size.rows);
    await terminal.until(() => terminal.rows()[1] === '─'.repeat(size.columns), 'the old size');
    await terminal.press(`${LEADER}f`, 'Two namespaces and a cable');
    expect((await sizeSeen(terminal)).split(' ').map(Number)).toEqual(first);
  });

  test('a stream of hostile escapes changes nothing outside the pane', async () => {
    const terminal = await opened(size);
    const header = terminal.rows().slice(0, 2);
    const hostile =
      '\\033[2J\\033[H\\033[1;1HXX\\033]0;t\\007\\033]52;c;ZXZpbA==\\007\\033]8;;http://e\\007l\\033]8;;\\007' +
      '\\033[?1000h\\033[?1003h\\033[?1006h\\033[?1l\\033[?7l\\033[?6h\\033[r\\033[8;9;9t\\033[?2004h\\033[?25l' +
      '\\033[?1049h\\033[999;999HEDGE\\033[?1049l\\033P+q\\033\\134\\033_G\\033\\134\\302\\233 31m\\u202e';
    await terminal.press(`printf '${hostile}'; echo after\r`, /after/);
    // As the program has asked, while keys go to it; nothing else of the screen's is another way.
    await terminal.until(() => terminal.modes().mouseTrackingMode === 'any', 'the mouse of the program');
    await terminal.drawn();
    expect(terminal.rows().slice(0, 2)).toEqual(header);
    expect(terminal.clipboard).toBe('');
    expect(terminal.modes()).toMatchObject({
      alternate: true,
      applicationCursorKeysMode: false,
      originMode: false,
    });
    await terminal.press(`${LEADER}${LEADER}?`, 'PgUp PgDn Space');
    expect(terminal.modes()).toMatchObject({ mouseTrackingMode: 'vt200' });
  });

  test('several shells as tabs, in a namespace of choice, each with its own screen', async () => {
    const terminal = await opened(size);
    await terminal.press('echo one\r', /^(.*│)?one/m);
    await terminal.press(`${LEADER}t`, 'A shell in');
    await terminal.drawn();
    expect(terminal.text()).toMatch(/1 {2}host\n.*2 {4}client\n.*3 {4}server/);
    await terminal.press('2', 'client@host$');
    expect(terminal.text()).toContain('2 client@host');
    expect(terminal.text()).not.toContain('inside$');
    await terminal.press(`${LEADER}p`, 'inside$');
    await terminal.press(`${LEADER}2`, 'client@host$');
    await terminal.press(`${LEADER}x`, 'inside$');
    expect(terminal.text()).not.toContain('client@host');
    await terminal.press(`${LEADER}h`, () => !terminal.text().includes('inside$'));
    await terminal.press('t', 'inside$');
    expect(terminal.text()).toMatch(/^(.*│)?one/m);
  });

  test('what was printed is looked back at, and the shell goes on meanwhile', async () => {
    const terminal = await opened(size);
    await terminal.press('seq 1 500\r', /^(.*│)?500/m);
    await terminal.press(`${LEADER}s`, 'g G');
    await terminal.press('g', /^(.*│)?inside\$ seq/m);
    await terminal.until(/\d+ rows below/);
    await terminal.press('q', /^(.*│)?500/m);
    await terminal.press('echo typed\r', /^(.*│)?typed/m);
  });
});

test('a shell that cannot be used any more says why, and is opened again', async () => {
  const terminal = await opened({ columns: 80, rows: 24 });
  await terminal.press('kill -9 $$\r', 'The shell ended');
  await terminal.press('q', 'The shell ended');
  await terminal.press(keys.enter, () => !terminal.text().includes('The shell ended'));
  await terminal.press('echo again\r', /^again/m);
});

test('without end it prints, and keys are heard all the same', async () => {
  const terminal = await opened({ columns: 80, rows: 24 });
  await terminal.press('yes "a line that is printed over and over"\r', 'over and over\na line');
  await terminal.press(`${LEADER}${LEADER}`, 'Enter');
  await terminal.press('?', 'Esc close');
  await terminal.press(keys.escape, /over and over/);
  await terminal.press('t', 'Ctrl-] tabs');
  await terminal.press(keys.ctrl('c'), /\^C\s+inside\$$/m);
  await terminal.press('echo end\r', /^end/m);
});

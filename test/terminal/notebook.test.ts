import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { CELL, keys, reach, screens } from './screen.ts';

const open = screens();
const SIZES = [
  { columns: 80, rows: 24 },
  { columns: 160, rows: 48 },
];
const LESSON = { FAKE_LESSON: 'cable', FAKE_NOW: '1' };

describe.each(SIZES)('at $columns by $rows', (size) => {
  test('shows the course, opens a lesson, runs a cell and shows that it holds', async () => {
    const terminal = open({ ...size, env: { FAKE_NOW: '1' } });
    await terminal.until('A bridge instead of a cable');
    expect(terminal.alternate).toBe(true);
    await terminal.press(keys.enter, 'sandbox ready');
    await reach(terminal, CELL.first);
    await terminal.press(keys.enter, '✓ passed');
    await terminal.drawn();
    expect(terminal.text()).toContain('veth-client@veth-server: UP');
    expect(terminal.text()).toContain('✓ interface veth-server');
    expect(terminal.text()).toMatchSnapshot();
  });

  test('a task is written in place, fails, is explained, and passes', async () => {
    const terminal = open({ ...size, env: LESSON });
    await terminal.until('sandbox ready');
    await reach(terminal, CELL.task);
    await terminal.press(keys.enter, 'Ctrl-R run');
    await terminal.press('echo 网络', 'echo 网络');
    await terminal.press(keys.ctrl('r'), '✗ failed');
    await terminal.press('o', 'Look at the interfaces of both ends.');
    await terminal.press('h', 'Think of ip addr add.');
    await terminal.press('s', 'Press s again');
    await terminal.press('s', 'ip addr add 10.0.0.11/24');
    await terminal.drawn();
    expect(terminal.text()).toMatchSnapshot();
    await terminal.press(keys.enter, 'Ctrl-R run');
    await terminal.press(`${keys.enter}ip addr show`, 'ip addr show');
    await terminal.press(keys.ctrl('r'), '2/2 points');
    await terminal.until('✓ passed');
  });

  test('a long output is folded, unfolded and scrolled', async () => {
    const terminal = open({ ...size, env: LESSON });
    await terminal.until('sandbox ready');
    await reach(terminal, CELL.much);
    await terminal.press(keys.enter, 'earlier lines');
    await terminal.press('f', () => !terminal.text().includes('earlier lines'));
    await terminal.press('g', 'Two namespaces and a cable');
    await terminal.press('G', 'End of the lesson');
  });
});

test('an output goes to the reader’s pager, and to a file', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'wirebook-saved-'));
  try {
    const PAGER = `sh -c 'cat "$1"; echo paged; read end; printf "\\033[2J\\033[H"' pager`;
    const terminal = open({ columns: 80, rows: 24, env: { FAKE_LESSON: 'cable', PAGER } });
    await terminal.until('sandbox ready');
    await reach(terminal, CELL.first);
    await terminal.press(keys.enter, '✓ passed');
    // Its keys are its own, each time: the notebook reads none of them.
    for (let times = 0; times < 8; times++) {
      await terminal.press('P', 'paged');
      expect(terminal.text()).toContain('veth-client@veth-server: UP');
      expect(terminal.alternate).toBe(false);
      await terminal.press(keys.enter, 'sandbox ready');
    }
    await terminal.press('F', 'All output of cell 1');
    await terminal.press('W', 'Save to: fake-1.txt');
    const path = join(folder, 'out.txt');
    await terminal.press(keys.ctrl('u'), () => !terminal.text().includes('fake-1.txt'));
    await terminal.press(`${path}${keys.enter}`, 'Saved to');
    expect(readFileSync(path, 'utf8')).toBe('veth-client@veth-server: \x1b[32mUP\x1b[0m\n');
    await terminal.press(`W${keys.ctrl('u')}${path}${keys.enter}`, 'is there already');
    await terminal.press(`W${keys.ctrl('u')}/nonexistent/out.txt${keys.enter}`, 'no such folder');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('a running cell counts, is stopped by Ctrl-C, and does not end the screen', async () => {
  const terminal = open({ columns: 80, rows: 24, env: { FAKE_LESSON: 'cable' } });
  await terminal.until('sandbox ready');
  await reach(terminal, CELL.slow);
  await terminal.press(keys.enter, 'running');
  await terminal.until('limit 30 s');
  await terminal.press(keys.ctrl('c'), 'interrupted');
  await terminal.press('?', 'PgUp PgDn Space');
});

test('the help, and back', async () => {
  const terminal = open({ columns: 160, rows: 48, env: LESSON });
  await terminal.until('sandbox ready');
  await terminal.press('?', 'PgUp PgDn Space');
  await terminal.drawn();
  expect(terminal.text()).toMatchSnapshot();
  await terminal.press(keys.escape, 'Predict first');
});

test('answers in Chinese, with wide characters in their places', async () => {
  const terminal = open({ columns: 80, rows: 24, env: { ...LESSON, FAKE_LANG: 'zh-CN' } });
  await terminal.until('沙盒就绪');
  await reach(terminal, CELL.task);
  await terminal.drawn();
  // Every frame ends in the same column.
  const ends = terminal.rows().flatMap((row) => (/[╮│╯┤]$/.test(row) ? [width(row)] : []));
  expect(ends.length).toBeGreaterThan(3);
  expect(new Set(ends).size).toBe(1);
  expect(terminal.text()).toMatchSnapshot();
});

function width(row: string): number {
  return [...row].reduce(
    (sum, character) => sum + (/[\u3000-\u9fff\uff00-\uffef]/.test(character) ? 2 : 1),
    0,
  );
}

test('NO_COLOR leaves no colour, and every state still has its word', async () => {
  const terminal = open({ columns: 80, rows: 24, env: { ...LESSON, NO_COLOR: '1' } });
  await terminal.until('sandbox ready');
  await reach(terminal, CELL.first);
  await terminal.press(keys.enter, '✓ passed');
  await terminal.drawn();
  expect(terminal.colours()).toBe(0);
});

test('a lesson with faults is said, and the course is still there', async () => {
  const terminal = open({ columns: 80, rows: 24 });
  await terminal.until('broken');
  await terminal.press(`jj${keys.enter}`, 'Mend line 3.');
  await terminal.press(keys.enter, 'A bridge instead');
});

test('going back to the course shows what was done', async () => {
  const terminal = open({ columns: 80, rows: 24, env: LESSON });
  await terminal.until('sandbox ready');
  await reach(terminal, CELL.first);
  await terminal.press(keys.enter, '✓ passed');
  await terminal.press('l', '1/4 cells');
});

test('the cursor stands where is written, and is hidden while reading', async () => {
  const terminal = open({ columns: 80, rows: 24, env: LESSON });
  await terminal.until('sandbox ready');
  expect(terminal.modes().hidden).toBe(true);
  await reach(terminal, CELL.task);
  await terminal.press(keys.enter, 'Ctrl-R run');
  await terminal.press('网ab', '网ab');
  await terminal.until(() => terminal.modes().hidden === false, 'a cursor');
  // Bar and gap, frame and gap, one wide and two narrow characters.
  const row = terminal.rows().findIndex((line) => line.includes('网ab'));
  await terminal.until(() => terminal.cursor.y === row && terminal.cursor.x === 8, `a cursor at 8, ${row}`);
});

test('a pasted text is one text: its line ends run nothing', async () => {
  const terminal = open({ columns: 80, rows: 24, env: LESSON });
  await terminal.until('sandbox ready');
  await reach(terminal, CELL.task);
  await terminal.press(keys.enter, 'Ctrl-R run');
  await terminal.press('\x1b[200~one\ntwo\x1b[201~', 'two');
  expect(terminal.text()).toContain('│ one ');
  expect(terminal.text()).toContain('writing');
});

test('a terminal that is too small says so in one line, and comes back', async () => {
  const terminal = open({ columns: 39, rows: 11, env: LESSON });
  await terminal.until('Wirebook needs 40 columns');
  terminal.resize(80, 24);
  await terminal.until('sandbox ready');
});

test('a step is chosen from the list, and what it builds on is asked about', async () => {
  const terminal = open({ columns: 80, rows: 24, env: LESSON });
  await terminal.until('sandbox ready');
  await terminal.press('v', 'Enter go there');
  await terminal.drawn();
  expect(terminal.text()).toMatchSnapshot();
  await terminal.press('3', /^▌ {2}3 {2}Much to read/m);
  await terminal.press(
    keys.enter,
    'Bring about what the 2 cells before it would, by the solutions?  y yes   n no',
  );
  await terminal.press('n', '↑↓ scroll');
  expect(terminal.text()).toContain('Much to read');
});

test('a text is searched for in the lesson, and Esc gives the keys back', async () => {
  const terminal = open({ columns: 80, rows: 24, env: { ...LESSON, NO_COLOR: '1' } });
  await terminal.until('sandbox ready');
  await terminal.press('/veth', /\/veth {3}1 of 3 /);
  await terminal.press(`${keys.enter}n`, 'veth  2 of 3');
  await terminal.until(/^▌»│ ip link add veth-client/m);
  await terminal.drawn();
  expect(terminal.text()).toMatchSnapshot();
  expect(terminal.colours()).toBe(0);
  await terminal.press(keys.escape, 'Enter run');
});

test('the course is searched by what its lessons say', async () => {
  const terminal = open({ columns: 80, rows: 24 });
  await terminal.until('A bridge instead');
  await terminal.press('/forwarding DATA', () => !terminal.text().includes('Two namespaces'));
  expect(terminal.text()).toMatch(/^▌ {2}2 {2}A bridge instead/m);
  expect(terminal.text()).toContain('1 lesson ');
  await terminal.press(keys.enter, 'Enter open');
  await terminal.press(keys.escape, 'Two namespaces');
});

test('a cell is handed to the terminal’s clipboard, and the screen stays as it is', async () => {
  const terminal = open({ columns: 80, rows: 24, env: LESSON });
  await terminal.until('sandbox ready');
  await reach(terminal, CELL.first);
  const before = terminal.rows().slice(0, -1);
  await terminal.press('y', '3 lines handed to the terminal’s clipboard.');
  expect(terminal.clipboard).toMatch(/^# both ends at once\nip link add veth-client[\s\S]*done$/);
  await terminal.drawn();
  expect(terminal.rows().slice(0, -1)).toEqual(before);
});

test('the mouse scrolls and clicks, and is given back', async () => {
  const terminal = open({ columns: 80, rows: 24, env: LESSON });
  await terminal.until('sandbox ready');
  await terminal.until(() => terminal.modes().mouseTrackingMode === 'vt200', 'the mouse');
  const first = terminal.rows()[2];
  await terminal.press('\x1b[<65;10;9M', () => terminal.rows()[2] !== first);
  await terminal.press('\x1b[<64;10;9M', () => terminal.rows()[2] === first);
  await terminal.press('z', 'The mouse is the terminal’s again');
  await terminal.until(() => terminal.modes().mouseTrackingMode === 'none', 'no mouse');
  await terminal.press('z', 'To select text hold Shift');
  await terminal.until(() => terminal.modes().mouseTrackingMode === 'vt200', 'the mouse again');
  await terminal.press('t', 'inside$');
  // A click on the lesson gives it the keys; one on the shell gives them back.
  await terminal.press('\x1b[<0;10;5M\x1b[<0;10;5m', '↑↓ scroll');
  await terminal.press('\x1b[<0;10;20M\x1b[<0;10;20m', 'Ctrl-] Esc');
});

test('the palette finds what is typed, and Enter does it', async () => {
  const terminal = open({ columns: 80, rows: 24, env: LESSON });
  await terminal.until('sandbox ready');
  await terminal.press(':', /Enter run {3}↑↓ move/);
  await terminal.press('sol', /show the solution, or the answer \(asks once more\) +s$/m);
  await terminal.drawn();
  expect(terminal.text()).toMatchSnapshot();
  await terminal.press(`${keys.ctrl('u')}bridge`, /A bridge instead of a cable.* lesson$/m);
  await terminal.press(keys.enter, 'Two namespaces and a cable');
});

test('for a screen reader: words for signs, no frames, nothing that turns; all keys as ever', async () => {
  const terminal = open({ columns: 80, rows: 24, env: { ...LESSON, INK_SCREEN_READER: 'true' } });
  await terminal.until('sandbox ready');
  await terminal.press('n', /^> +1 run /m);
  await terminal.press(keys.enter, /ok: passed/);
  expect(terminal.text()).toContain('veth-client@veth-server: UP');
  expect(terminal.text()).not.toMatch(/[\u2500-\u259f✓✗⠋]/);
  await terminal.press('n', /task: your turn/);
  await terminal.press('q', () => !terminal.alternate);
});

test('less motion: nothing turns, time goes on', async () => {
  const terminal = open({
    columns: 80,
    rows: 24,
    env: { FAKE_LESSON: 'cable', WIREBOOK_REDUCED_MOTION: '1' },
  });
  await terminal.until('sandbox ready');
  await reach(terminal, CELL.slow);
  await terminal.press(keys.enter, /⠋ running · 1 s/);
  await terminal.until(/⠋ running · 2 s/);
  expect(terminal.text()).not.toMatch(/[⠙⠹⠸⠼⠴⠦⠧⠇⠏]/);
  await terminal.press('x', /interrupted/i);
});

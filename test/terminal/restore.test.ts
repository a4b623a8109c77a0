/** Whatever happens, the terminal is given back as it was. */
import { describe, expect, test } from 'vitest';
import { CELL, keys, reach, screens } from './screen.ts';

const open = screens();
const size = { columns: 80, rows: 24 };
const CLEAN = {
  alternate: false,
  bracketedPasteMode: false,
  applicationCursorKeysMode: false,
  mouseTrackingMode: 'none',
  originMode: false,
  wraparoundMode: true,
  hidden: false,
};

describe('the terminal is as it was', () => {
  test('after quitting', async () => {
    const terminal = open(size);
    await terminal.until('A bridge instead');
    terminal.write('q');
    expect((await terminal.exited).exitCode).toBe(0);
    await terminal.until('left');
    expect(terminal.modes()).toEqual(CLEAN);
    expect(terminal.text()).not.toContain('A bridge instead');
  });

  test('after quitting in the middle of writing', async () => {
    const terminal = open({ ...size, env: { FAKE_LESSON: 'cable' } });
    await terminal.until('sandbox ready');
    await reach(terminal, CELL.task);
    await terminal.press(keys.enter, 'Ctrl-R run');
    terminal.write('some text');
    terminal.write(keys.escape);
    await terminal.until('Enter write');
    terminal.write(keys.ctrl('c') + keys.ctrl('c'));
    expect((await terminal.exited).exitCode).toBe(0);
    await terminal.until('left');
    expect(terminal.modes()).toEqual(CLEAN);
  });

  test('after quitting a lesson, which says that it is kept', async () => {
    const terminal = open({ ...size, env: { FAKE_LESSON: 'cable' } });
    await terminal.until('sandbox ready');
    await reach(terminal, CELL.task);
    terminal.write('q');
    expect((await terminal.exited).exitCode).toBe(0);
    await terminal.until('left');
    expect(terminal.text()).toMatch(/cable: \d of \d+ cells done\. It is kept/);
    expect(terminal.modes()).toEqual(CLEAN);
  });

  test.each(['SIGTERM', 'SIGHUP', 'SIGINT'])('after %s', async (signal) => {
    const terminal = open({ ...size, env: { FAKE_LESSON: 'cable' } });
    await terminal.until('sandbox ready');
    terminal.kill(signal);
    await terminal.exited;
    await terminal.until(() => !terminal.alternate, 'the first screen');
    await terminal.drawn();
    expect(terminal.modes()).toEqual(CLEAN);
  });

  test('after a bug, whose message can be read', async () => {
    const terminal = open({ ...size, env: { FAKE_LESSON: 'cable', FAKE_CRASH: '1500' } });
    await terminal.until('sandbox ready');
    expect((await terminal.exited).exitCode).toBe(70);
    await terminal.until('crashed: a bug on purpose');
    expect(terminal.modes()).toEqual(CLEAN);
  });
});

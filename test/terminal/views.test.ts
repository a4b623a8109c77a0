/** Every view at three sizes, in both languages, in every theme: reviewed snapshots of what a real terminal shows. */
import { describe, expect, test } from 'vitest';
import { CELL, keys, reach, screens } from './screen.ts';
import type { TestTerminal } from './terminal.ts';

const open = screens();
const LESSON = { FAKE_LESSON: 'cable', FAKE_NOW: '1', FAKE_MS: '1' };
const READY = /sandbox ready|沙盒就绪/;

/** Visits the views one after the other; `see` takes what is there. */
async function tour(terminal: TestTerminal, see: (name: string) => void): Promise<void> {
  const seen = async (name: string) => {
    await terminal.drawn();
    see(name);
  };
  await terminal.until(READY);
  await seen('the start of the lesson');
  await reach(terminal, CELL.task);
  await terminal.press(`i${keys.ctrl('u')}`, 'Ctrl-R');
  await terminal.press('wrong', 'wrong');
  await seen('writing');
  await terminal.press(keys.ctrl('r'), /✗ (failed|未通过)|✗ /);
  await terminal.press('o', /(expected|期望) +loss/);
  await seen('a check that failed, opened');
  await terminal.press('h', /Hint 1|提示 1/);
  await terminal.press('s', /again to see|再按一次 s/);
  await terminal.press('s', /│ (Solution|答案)/);
  await seen('a hint and the solution');
  await terminal.press(`i${keys.ctrl('u')}ip x`, 'ip x');
  await terminal.press(keys.ctrl('r'), /✓ (passed|通过)/);
  await seen('a task that passed');
  await terminal.press('n', (): boolean => terminal.rows().some((row) => CELL.quiz.test(row)));
  await terminal.press('1', /✗/);
  await seen('a question, answered wrongly');
  await terminal.press('s', /again to see|再按一次 s/);
  await terminal.press('s', /answer shown|已显示答案/);
  await seen('a question whose answer was asked for');
  await terminal.press('?', /Esc (close|关闭)/);
  await seen('the help');
  await terminal.press(keys.escape, () => !/Esc (close|关闭)/.test(terminal.text()));
  await terminal.press('v', /Enter (go there|去那里)/);
  await seen('the steps');
  await terminal.press(keys.escape, () => !/Enter (go there|去那里)/.test(terminal.text()));
  await terminal.press(':', /Esc (close|关闭)/);
  await terminal.press('m', /: m/);
  await seen('the palette');
  await terminal.press(keys.escape, () => !/^ +: m/m.test(terminal.text()));
  await terminal.press('/veth', /\/veth/);
  await seen('a search');
  await terminal.press(keys.escape, () => !/\/veth/.test(terminal.text()));
  await terminal.press('m', /no carrier|无载波/);
  await seen('the map');
  await terminal.press('m', () => !/no carrier|无载波/.test(terminal.text()));
  await terminal.press('r', /Afresh|重新开始/);
  await seen('a question before something is undone');
  await terminal.press('n', () => !/Afresh|重新开始/.test(terminal.text()));
  await reach(terminal, CELL.much);
  await terminal.press(keys.enter, /earlier lines kept|此处前面还有/);
  await seen('a long output, folded');
  await terminal.press('F', /All output|全部输出/);
  await terminal.press(`/9999${keys.enter}`, /9,999 /);
  await terminal.press('v', /v (unmark|取消标记)/);
  await terminal.press('j', /2 lines marked|已标记 2 行/);
  await seen('all of a long output, searched and marked');
}

describe.each([
  { columns: 60, rows: 20 },
  { columns: 80, rows: 24 },
  { columns: 160, rows: 48 },
])('at $columns by $rows', (size) => {
  test.each(['en', 'zh-CN'])('in %s', { timeout: 90_000 }, async (language) => {
    const terminal = open({ ...size, env: { ...LESSON, FAKE_LANG: language } });
    await tour(terminal, (name) => expect(terminal.text()).toMatchSnapshot(name));
    const course = open({ ...size, env: { FAKE_LANG: language } });
    await course.until('A bridge instead');
    await course.drawn();
    expect(course.text()).toMatchSnapshot('the course');
  });
});

test.each(['dark', 'light', 'contrast', 'plain'])('in the theme %s', { timeout: 90_000 }, async (theme) => {
  const terminal = open({ columns: 80, rows: 24, env: { ...LESSON, WIREBOOK_THEME: theme } });
  await tour(terminal, (name) => expect(terminal.styled()).toMatchSnapshot(name));
});

test('no colour, and no state that colour alone would tell', { timeout: 90_000 }, async () => {
  const coloured: string[] = [];
  const plain: string[] = [];
  const dark = open({ columns: 80, rows: 24, env: LESSON });
  await tour(dark, () => coloured.push(dark.text()));
  const none = open({ columns: 80, rows: 24, env: { ...LESSON, NO_COLOR: '1' } });
  await tour(none, () => {
    expect(none.colours()).toBe(0);
    plain.push(none.text());
  });
  // The words and signs are the same: whoever sees no colours misses nothing.
  expect(plain).toEqual(coloured);
});

/** The live class in the notebook: every view of it at three sizes and in both languages, in a real terminal. */
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ClassroomState } from '../../src/board/classroom.ts';
import { CELL, keys, reach, screens } from './screen.ts';
import type { TestTerminal } from './terminal.ts';

const open = screens();
const READY = /sandbox ready|沙盒就绪/;
/** An hour before the tests' own clock: what is said was said then. */
const AT = Date.now() - 3600_000;

let folder: string;
const control = () => join(folder, 'class');
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'wirebook-class-screen-'));
  writeFileSync(control(), '');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const set = (change: Partial<ClassroomState>) => appendFileSync(control(), `${JSON.stringify(change)}\n`);
const start = (size: { columns: number; rows: number }, env: Record<string, string> = {}) =>
  open({
    ...size,
    env: { FAKE_LESSON: 'cable', FAKE_NOW: '1', FAKE_MS: '1', FAKE_CLASS: control(), ...env },
  });

async function tour(terminal: TestTerminal, see: (name: string) => void): Promise<void> {
  const seen = async (name: string) => {
    await terminal.drawn();
    see(name);
  };
  await terminal.until(READY);
  await seen('the start of the lesson');
  set({
    messages: [
      { kind: 'announcement', id: 'a', at: AT, text: 'The break is at *ten*.' },
      { kind: 'hint', id: 'h', at: AT, text: 'Think of the mask.', lesson: 'fake', cell: 'addresses' },
    ],
    unread: 2,
  });
  await terminal.until(/2 new|2 条新消息/);
  await seen('something was said');
  await terminal.press('g', () => !/A hint for you|给你的提示/.test(terminal.rows().at(-1)!));
  await reach(terminal, CELL.task);
  await terminal.until('Think of the mask.');
  await seen('a hint below its cell');
  await terminal.press('C', /lower your hand|raise your hand|举手/);
  await seen('the menu');
  await terminal.press('m', /The break is at ten/);
  await seen('the messages');
  await terminal.press(keys.escape, /raise your hand|举手/);
  await terminal.press('r', /1 +I understand|1 +我懂了/);
  await seen('the reactions');
  await terminal.press(`${keys.escape}`, /raise your hand|举手/);
  await terminal.press('s', /1 +● (yes|是)/);
  await seen('what is shared');
  await terminal.press(keys.escape, /raise your hand|举手/);
  await terminal.press('a', /Your question|给老师的问题/);
  await terminal.press('Why a cable?', 'Why a cable?');
  await seen('a question');
  await terminal.press(keys.escape, /raise your hand|举手/);
  set({ poll: { id: 'p', question: 'Which end is up?', choices: ['this one', 'the other'], open: true } });
  await terminal.until(/a poll|有投票/);
  await terminal.press('p', /press 1 to 2|按 1 到 2/);
  await terminal.press('2', /your choice|你的选择/);
  await seen('a poll');
  set({
    poll: {
      id: 'p',
      question: 'Which end is up?',
      choices: ['this one', 'the other'],
      open: false,
      votes: [3, 17],
      chosen: 1,
    },
  });
  await terminal.until(/17 votes|17 票/);
  await seen('its result');
  await terminal.press(keys.escape, /raise your hand|举手/);
  await terminal.press(keys.escape, () => !/raise your hand|举手/.test(terminal.text()));
  set({
    connection: { state: 'alone' },
    unsent: 3,
    hand: true,
    pace: { mode: 'gated', upTo: { lesson: 'fake', step: 1 } },
    where: { lesson: 'fake', step: 1 },
  });
  await terminal.until(/3 to send|3 条待发/);
  await terminal.press('i', 'Ctrl-R');
  await terminal.press(keys.ctrl('r'), /You can read on here|这里可以读/);
  await seen('behind the gate, without connection');
  set({ connection: { state: 'connected' }, unsent: 0, pace: { mode: 'following' }, hand: false });
  await terminal.until(/Go along with|跟着课堂走吗/);
  await seen('whether to go along');
  await terminal.press('y', /Lay the cable/);
  await terminal.press('X', /Nothing is shared any more|现在什么都不共享/);
  await seen('nothing is shared');
  set({ connection: { state: 'over', because: 'removed' } });
  await terminal.until(/out of the class|已不在课堂/);
  await seen('out of the class');
}

describe.each([
  { columns: 60, rows: 20 },
  { columns: 80, rows: 24 },
  { columns: 160, rows: 48 },
])('at $columns by $rows', (size) => {
  test.each(['en', 'zh-CN'])('in %s', { timeout: 90_000 }, async (language) => {
    const terminal = start(size, { FAKE_LANG: language });
    await tour(terminal, (name) => expect(terminal.text()).toMatchSnapshot(name));
  });
});

test('no state that colour alone would tell', { timeout: 90_000 }, async () => {
  const none = start({ columns: 80, rows: 24 }, { NO_COLOR: '1' });
  await tour(none, () => expect(none.colours()).toBe(0));
});

test('heard instead of seen', { timeout: 60_000 }, async () => {
  const terminal = start({ columns: 80, rows: 24 }, { INK_SCREEN_READER: 'true' });
  await terminal.until(/progress shared, X stops/);
  set({ where: { lesson: 'fake', step: 1 }, hand: true });
  await terminal.until('hand up');
  await terminal.press('C', 'lower your hand');
  await terminal.press('X', 'nothing shared');
});

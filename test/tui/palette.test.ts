import { expect, test } from 'vitest';
import { en } from '../../src/page/words/en.ts';
import { zhCN } from '../../src/page/words/zh-CN.ts';
import { CLASS_COMMANDS, COMMANDS, PRESENT_COMMANDS } from '../../src/tui/model/commands.ts';
import { fuzzy } from '../../src/tui/model/fuzzy.ts';
import { entriesOf } from '../../src/tui/model/palette.ts';
import { READING } from '../../src/tui/model/read.ts';
import { started } from './started.ts';

/** Moving by rows, other names of the same, and answers: nobody looks for them by words. */
const BY_HAND =
  'up k down j pageup b pagedown home end tab shift-tab ctrl-c ctrl-] : ctrl-p ctrl-r 1 2 3 4 5 6 7 8 9'.split(
    ' ',
  );

test('lists every key of the reading mode that does something', () => {
  const listed = [...COMMANDS, ...CLASS_COMMANDS, ...PRESENT_COMMANDS].map(({ chord }) => chord);
  const missing = Object.keys(READING).filter(
    (key) => key !== ' ' && !listed.includes(key) && !BY_HAND.includes(key),
  );
  expect(missing).toEqual([]);
  expect(listed.filter((key) => !['m', 'L'].includes(key) && !Object.hasOwn(READING, key))).toEqual([]);
  for (const { says } of [...COMMANDS, ...CLASS_COMMANDS, ...PRESENT_COMMANDS])
    for (const words of [en, zhCN]) expect(says(words)).not.toBe('');
});

test('letters in order fit, best at the starts of words', () => {
  expect(fuzzy('hnt', 'show a hint')).toBeDefined();
  expect(fuzzy('tnh', 'show a hint')).toBeUndefined();
  expect(fuzzy('run again', 'again, run')).toBeDefined();
  expect(fuzzy('sol', 'show the solution')!.score).toBeGreaterThan(
    fuzzy('sol', 'see the rest of all')!.score,
  );
  expect(fuzzy('提示', '显示一条提示')!.at).toEqual([4, 5]);
});

test('an action is found by a few letters and done as by its key', () => {
  const { press, screen } = started();
  press(':', ...'allkeys');
  expect(screen().view.mode).toMatchObject({ name: 'palette', text: 'allkeys' });
  press('escape', ':', ...'thispage', 'enter');
  expect(screen().view.mode.name).toBe('help');
});

test('a step is gone to; in Chinese the English words find it too; a key finds its own command', () => {
  const { press, screen, context } = started();
  press(':', ...'much', 'enter');
  expect(screen().view.mode).toMatchObject({ name: 'ask', question: 'catch-up' });
  const chinese = { ...context(), words: zhCN };
  expect(entriesOf('solution', chinese)[0]!.label).toBe(zhCN.help.solution);
  expect(entriesOf('提示', chinese)[0]!.label).toBe(zhCN.help.hint);
  expect(entriesOf('?', chinese)[0]!.right).toBe('?');
});

test('lessons of the course are listed, but not the one that is open', () => {
  const { context } = started();
  const lessons = [
    { id: context().lesson.id, title: 'This one' },
    { id: 'other', title: 'A bridge instead' },
  ];
  const labels = (text: string) => entriesOf(text, { ...context(), lessons }).map(({ label }) => label);
  expect(labels('bridge')[0]).toBe('A bridge instead');
  expect(labels('This one')).not.toContain('This one');
});

test('what fits nothing does nothing; the choice stays in the list', () => {
  const { press, screen, session } = started();
  press(':', ...'zzzz', 'enter', 'down', 'down');
  expect(screen().view.mode).toMatchObject({ name: 'palette', selected: 0 });
  press('escape');
  expect(screen().view.mode.name).toBe('read');
  expect(session.acted).toEqual([]);
});

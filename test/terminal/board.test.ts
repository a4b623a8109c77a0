import { describe, expect, test } from 'vitest';
import { keys, screens } from './screen.ts';

const open = screens('test/terminal/board-entry.ts');
const SIZES = [
  { columns: 80, rows: 24 },
  { columns: 160, rows: 48 },
];
const said = (text: string) => new RegExp(text.replace(/[[\]{}()*+?.\\^$|]/g, '\\$&').replace(/ /g, '\\s*'));

describe.each(SIZES)('at $columns by $rows', (size) => {
  test('the board: who needs somebody first, where everybody is, what fails', async () => {
    const terminal = open(size);
    await terminal.until('Dana Levi');
    expect(terminal.alternate).toBe(true);
    await terminal.drawn();
    expect(terminal.text()).toMatchSnapshot();
  });

  test('a learner with a look at one of their cells', async () => {
    const terminal = open(size);
    await terminal.until('Dana Levi');
    await terminal.press(keys.enter, 'Does not hold');
    await terminal.press('jjjj', /▌ . {2}5 {2}address/);
    await terminal.press(keys.enter, 'any valid prefix');
    await terminal.drawn();
    expect(terminal.text()).toMatchSnapshot();
    await terminal.press(keys.escape, 'Lin Wei');
  });

  test('questions, checks that fail most, polls, the presenter', async () => {
    const terminal = open(size);
    await terminal.until('Dana Levi');
    await terminal.press('2', 'Why does the ping');
    await terminal.drawn();
    expect(terminal.text()).toMatchSnapshot();
    await terminal.press('3', 'Checks that fail most');
    await terminal.drawn();
    expect(terminal.text()).toMatchSnapshot();
    await terminal.press('4', 'No poll yet.');
    await terminal.press('5', 'not said yet');
    await terminal.press('>>', 'wait for three answers');
    await terminal.drawn();
    expect(terminal.text()).toMatchSnapshot();
  });

  test('the help', async () => {
    const terminal = open(size);
    await terminal.until('Dana Levi');
    await terminal.press('?', 'the views one after the other');
    await terminal.drawn();
    expect(terminal.text()).toMatchSnapshot();
    await terminal.press(keys.escape, 'Lin Wei');
  });
});

test('everything that is done is said to the class', async () => {
  const terminal = open({ columns: 160, rows: 48 });
  await terminal.until('Dana Levi');
  await terminal.press('a', 'Announce to all');
  await terminal.press(`Break until ten.${keys.enter}`, 'Sent.');
  await terminal.press('h', 'Hint to Dana Levi');
  await terminal.press(`Look at lo.${keys.enter}`, 'Sent.');
  await terminal.press('u', () => !/! Dana Levi/.test(terminal.text()));
  await terminal.press('p', 'Open up to');
  await terminal.press(`jjjj${keys.enter}`, 'Open up to: Lay the cable');
  await terminal.press('t', 'Timer, e.g.');
  await terminal.press(`soon${keys.enter}`, 'Write 5 for five minutes');
  await terminal.press(`${keys.ctrl('u')}1:30 Coffee${keys.enter}`, 'Coffee 1:30');
  await terminal.press('v', 'A question of your own');
  await terminal.press(`j${keys.enter}`, () => !terminal.text().includes('A question of your own'));
  await terminal.press('4', 'What does a namespace have of its own?');
  await terminal.until('0 votes, open');
  await terminal.press('v', 'Close and show all');
  await terminal.press(keys.enter, '0 votes, closed');
  await terminal.press('v', 'A question of your own');
  await terminal.press(keys.enter, 'Poll: the question');
  await terminal.press(`Break now?${keys.enter}`, 'with | between them');
  await terminal.press(`yes${keys.enter}`, 'A poll has a question');
  await terminal.press(` | no${keys.enter}`, '▌ Break now?');
  await terminal.press('2', 'Why does the ping');
  await terminal.press(keys.enter, 'Answer Jana Králová');
  await terminal.press(`Both are its own.${keys.enter}`, 'answered');
  await terminal.press('3', 'Checks that fail most');
  await terminal.press('H', 'Hint to all');
  await terminal.press(`ip -n client addr${keys.enter}`, 'Sent.');
  await terminal.press(keys.enter, 'Only those this check fails for');
  await terminal.press(keys.escape, /(?<!of )24 learners/);
  await terminal.press('G', /▌ .*Gil Moreau/);
  await terminal.press(`${keys.enter}`, 'Cells');
  await terminal.press('x', 'Remove Gil Moreau?');
  await terminal.press('y', '23 learners');
  await terminal.press('E', 'End the class for everybody?');
  await terminal.press('n', '23 learners');
  await terminal.press('q', 'left');
  const text = terminal.all();
  for (const event of [
    '"type":"announced"',
    '"text":"Break until ten."',
    '"to":"l3"',
    '"type":"hand-lowered","learner":"l3"',
    '"pace":{"mode":"gated","upTo":{"lesson":"02-cable","step":2}}',
    '"type":"timer","label":"Coffee","durationMs":90000',
    '"quiz":{"lesson":"02-cable","quiz":"quiz-1"}',
    '"type":"poll-closed"',
    '"share":true',
    '"question":"Break now?","choices":["yes","no"]',
    '"type":"question-answered","learner":"l9","question":"q1"',
    '"text":"Both are its own."',
    '"cell":"address","text":"ip -n client addr"',
    '"type":"removed","learner":"l6"',
  ])
    expect(text).toMatch(said(event));
  expect(text).not.toContain('class-ended');
});

test('searched, filtered, sorted', async () => {
  const terminal = open({ columns: 160, rows: 48 });
  await terminal.until('24 learners');
  await terminal.press('/jana', '1 of 24 learners');
  await terminal.press(keys.enter, '/jana');
  await terminal.press(keys.escape, /(?<!of )24 learners/);
  await terminal.press('ff', '6 of 24 learners');
  await terminal.press('ss', 'progress');
  await terminal.press('n', 'Learner 4');
  expect(terminal.text()).not.toContain('Dana');
});

test('in Chinese, every row as wide as the terminal at the most', async () => {
  const terminal = open({ columns: 80, rows: 24, env: { FAKE_LANG: 'zh-CN' } });
  await terminal.until('Dana Levi');
  await terminal.drawn();
  expect(terminal.text()).toMatchSnapshot();
});

test('of a host: how learners join before anybody has, and leaving it is asked about', async () => {
  const terminal = open({ columns: 80, rows: 24, env: { FAKE_HOST: '1', FAKE_EMPTY: '1' } });
  await terminal.until('K7QM4-T9XWB-3HPDT');
  await terminal.press('q', 'Stop this host');
  await terminal.press(keys.enter, 'K7QM4-T9XWB-3HPDT');
  await terminal.press(keys.ctrl('c'), 'End the class for everybody');
  await terminal.press(`G${keys.enter}`, 'The class has ended.');
  await terminal.press('q', 'left');
});

test('a wrong key is told, and q leaves', async () => {
  const terminal = open({ columns: 80, rows: 24, env: { FAKE_KEY: 'wrong' } });
  await terminal.until('The key is not that of this class.');
  await terminal.press('q', 'left');
});

test('a name cannot write outside its place, nor turn the row around', async () => {
  const terminal = open({ columns: 80, rows: 24, env: { FAKE_EVIL: '1' } });
  await terminal.until('25 learners');
  await terminal.press('/evil', '1 of 25 learners');
  await terminal.drawn();
  expect(terminal.text()).toContain('A\ufffd[2J');
  expect(terminal.text()).not.toContain('\u202e');
  expect(terminal.title).not.toContain('owned');
});

test('without colours every state still has its sign and its word', async () => {
  const terminal = open({ columns: 80, rows: 24, env: { NO_COLOR: '1' } });
  await terminal.until('Dana Levi');
  await terminal.drawn();
  expect(terminal.colours()).toBe(0);
  expect(terminal.text()).toMatch(/stuck 9:00/);
});

test('too small a terminal is told', async () => {
  const terminal = open({ columns: 40, rows: 12 });
  await terminal.until('60 columns');
});

/** The board's page in a browser: what is said in the class is seen on it, and what is done on it is said to the class. */
import { expect, test } from 'vitest';
import { COURSE } from '../../board/people.ts';
import { pages } from './browser.ts';
import { cellOf, fillClass, NO_ADDRESS, walk } from './class.ts';
import { scriptedHost } from './scripted-host.ts';

const web = pages();
const MINUTE = 60_000;
const notes = {
  '02-cable': [[], ['Ask what `a namespace` is.\n\n- wait for **three** answers'], [], [], []],
};

async function setUp(options: Parameters<typeof web.open>[1] = {}) {
  const host = await scriptedHost({
    course: COURSE,
    page: web.folder,
    notes,
    shared: { 'd/02-cable/address': { text: 'ip addr add 10.0.0.11', output: 'Error: any valid prefix\n' } },
  });
  const opened = await web.open(host.port, options);
  const said = (type: string) => host.said.filter((event) => event.type === type);
  return { host, said, ...opened, [Symbol.asyncDispose]: host.stop };
}

test('who joins is there, and every change is seen without asking for it', async () => {
  await using setting = await setUp();
  const { host, page, faults } = setting;
  await page.getByText('Nobody has joined yet.').waitFor();
  host.join('a', 'Ada Okafor');
  const row = page.getByRole('row', { name: /Ada Okafor/ });
  await row.waitFor();
  walk(host, 'a', COURSE, '02-cable', 2);
  await row.getByRole('img', { name: 'done' }).waitFor();
  host.tell('a', cellOf('02-cable', 'cable', 'failed', NO_ADDRESS), Date.now() - 5 * MINUTE);
  await row.getByText(/^stuck 5:\d\d$/).waitFor();
  await row
    .getByText('cell 3 failing: ping 10.0.0.12 from client; client has no address on veth-client')
    .waitFor();
  await page.getByRole('heading', { name: 'Checks that fail most' }).waitFor();
  host.tell('a', { type: 'hand', up: true });
  await page.getByRole('heading', { name: 'Hands (1)' }).waitFor();
  await page.getByRole('button', { name: 'lower hand: Ada Okafor' }).click();
  await page.getByText('No hand is up.').waitFor();
  expect(setting.said('hand-lowered')).toEqual([{ type: 'hand-lowered', learner: 'a' }]);
  host.away('a');
  await row.getByText(/^away/).waitFor();
  expect(faults).toEqual([]);
});

test('a question is answered, to who asked it', async () => {
  await using setting = await setUp();
  const { host, page, said } = setting;
  fillClass(host);
  const box = page.getByRole('textbox', { name: 'Answer Jana Králová' });
  await box.fill('Because the kernel owns both.');
  // What is typed stays while the class goes on.
  host.tell('l0', { type: 'hand', up: true });
  await page.getByRole('heading', { name: 'Hands (3)' }).waitFor();
  expect(await box.inputValue()).toBe('Because the kernel owns both.');
  await box.press('Enter');
  await page.getByText('answered', { exact: true }).waitFor();
  expect(said('question-answered')).toEqual([
    { type: 'question-answered', learner: 'l9', question: 'q1', text: 'Because the kernel owns both.' },
  ]);
});

test('announcements, hints to one and to all', async () => {
  await using setting = await setUp();
  const { host, page, said } = setting;
  fillClass(host);
  await page.getByRole('tab', { name: 'Say' }).click();
  await page.getByRole('textbox', { name: 'Announcement to all' }).fill('Break until ten.');
  await page.getByRole('button', { name: 'Send' }).click();
  await page.getByRole('listitem').filter({ hasText: 'Break until ten.' }).waitFor();
  expect(said('announced')).toMatchObject([{ text: 'Break until ten.' }]);
  await page.getByRole('tab', { name: 'Needs you' }).click();
  await page.getByRole('button', { name: 'Hint to all: ping 10.0.0.12 from client' }).click();
  await page.getByRole('dialog').getByRole('textbox').fill('ip -n client addr');
  await page.getByRole('dialog').getByRole('button', { name: 'Send' }).click();
  await page.locator('table').getByRole('button', { name: 'Bruno Díaz' }).click();
  await page.getByRole('textbox', { name: 'Hint to Bruno Díaz' }).fill('Look at veth-client.');
  await page.getByRole('dialog').getByRole('button', { name: 'Send' }).click();
  await expect.poll(() => said('hint').length).toBe(2);
  const [all, one] = said('hint');
  expect(all).toMatchObject({ lesson: '02-cable', cell: 'address', text: 'ip -n client addr' });
  expect(all).not.toHaveProperty('to');
  expect(one).toMatchObject({ to: 'l1', cell: 'address', text: 'Look at veth-client.' });
});

test('the pace: free, up to a step, following; and where the class is, with notes', async () => {
  await using setting = await setUp();
  const { host, page, said } = setting;
  fillClass(host);
  await page.getByRole('tab', { name: 'Run' }).click();
  await page.getByRole('radio', { name: 'up to a step' }).check();
  await page.getByRole('button', { name: 'Open the next step' }).click();
  await page.getByText('Open up to: Two namespaces', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'One step on' }).click();
  await page.getByRole('button', { name: 'One step on' }).click();
  await page.getByRole('heading', { name: 'Notes' }).waitFor();
  await page.getByText('Ask what a namespace is.').waitFor();
  await page.getByRole('radio', { name: 'follow me' }).check();
  await page.getByText('Everybody is where you are: Two namespaces').waitFor();
  expect(said('pace').at(-1)).toEqual({ type: 'pace', pace: { mode: 'following' } });
  expect(said('where').at(-1)).toEqual({ type: 'where', place: { lesson: '02-cable', step: 1 } });
  await page.getByRole('button', { name: 'Presenter' }).click();
  await page.getByText('Lay the cable').first().waitFor();
  await page.keyboard.press('PageDown');
  await page.getByRole('heading', { name: 'Lay the cable' }).waitFor();
  await page.getByText('No notes for this step.').waitFor();
});

test('a timer runs for everybody, and a wrong time is told', async () => {
  await using setting = await setUp();
  const { page, said } = setting;
  await page.getByRole('tab', { name: 'Run' }).click();
  await page.getByRole('textbox', { name: 'Minutes' }).fill('soon');
  await page.getByRole('button', { name: 'Start' }).click();
  await page.getByText('Write 5 for five minutes, 90s, or 1:30.').waitFor();
  await page.getByRole('textbox', { name: 'Minutes' }).fill('1:30');
  await page.getByRole('textbox', { name: 'What for' }).fill('Coffee');
  await page.getByRole('button', { name: 'Start' }).click();
  await page.getByRole('banner').getByText('Coffee').waitFor();
  expect(said('timer')).toEqual([{ type: 'timer', label: 'Coffee', durationMs: 90_000 }]);
  await page
    .getByRole('banner')
    .getByText(/^1:(30|2\d)$/)
    .waitFor();
  await page.getByRole('button', { name: 'Stop' }).click();
  await page.getByRole('button', { name: 'Start' }).waitFor();
});

test('polls: of a quiz and of one’s own, votes as they come, closed with or without showing them', async () => {
  await using setting = await setUp();
  const { host, page, said } = setting;
  fillClass(host);
  await page.getByRole('tab', { name: 'Say' }).click();
  await page.locator('form').filter({ hasText: 'From a quiz' }).getByRole('button', { name: 'Ask' }).click();
  const first = page.getByRole('listitem').filter({ hasText: 'Interfaces and routes' });
  await first.getByText('0').waitFor();
  const { id } = said('poll-opened')[0] as { id: string };
  expect(said('poll-opened')[0]).toMatchObject({ quiz: { lesson: '02-cable', quiz: 'quiz-1' } });
  host.tell('l0', { type: 'vote', poll: id, choice: 0 });
  host.tell('l1', { type: 'vote', poll: id, choice: 1 });
  await page.getByText('2 votes, open').waitFor();
  await page.getByRole('button', { name: 'Close and show all' }).click();
  await page.getByText('2 votes, closed').waitFor();
  expect(said('poll-closed')).toEqual([{ type: 'poll-closed', id, share: true }]);
  await page.getByText('A question of your own').click();
  await page.getByRole('textbox', { name: 'Question' }).fill('Break now?');
  await page.getByRole('textbox', { name: 'Choices' }).fill('yes');
  await page.locator('details').getByRole('button', { name: 'Ask' }).click();
  await page.getByText('A poll has a question and 2 to 12 choices.').waitFor();
  await page.getByRole('textbox', { name: 'Choices' }).fill('yes\nno\n');
  await page.locator('details').getByRole('button', { name: 'Ask' }).click();
  await page.getByText('0 votes, open').waitFor();
  expect(said('poll-opened')[1]).toMatchObject({ question: 'Break now?', choices: ['yes', 'no'] });
});

test('a look at one cell: with consent, and only with it', async () => {
  await using setting = await setUp();
  const { host, page } = setting;
  host.join('d', 'Dana Levi', { consent: { progress: true, outputs: true, transcript: false } });
  host.join('b', 'Bruno Díaz');
  walk(host, 'd', COURSE, '02-cable', 4);
  walk(host, 'b', COURSE, '02-cable', 4);
  await page.getByRole('button', { name: 'Dana Levi' }).click();
  await page.getByRole('button', { name: 'Look: cell 5' }).click();
  await page.getByText('Error: any valid prefix').waitFor();
  await page.getByText('ip addr add 10.0.0.11').waitFor();
  await page.getByRole('button', { name: 'Look: cell 1', exact: true }).click();
  await page.getByText('Nothing of this cell was shared yet.').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Bruno Díaz' }).click();
  await page.getByText('Shares no cells.').waitFor();
  expect(await page.getByRole('button', { name: /Look/ }).count()).toBe(0);
});

test('a look at their shells: with consent, as text, as they type, and no longer than they share', async () => {
  await using setting = await setUp();
  const { host, page, faults } = setting;
  const consent = (transcript: boolean) => ({ progress: true, outputs: false, transcript });
  const typed = (text: string) => host.tell('s', { type: 'transcript', lesson: '02-cable', text });
  host.join('s', 'Sven Larsen', { consent: consent(true) });
  host.join('b', 'Bruno Díaz');
  walk(host, 's', COURSE, '02-cable', 2);
  await page.getByRole('button', { name: 'Sven Larsen' }).click();
  const look = page.getByRole('button', { name: 'Look: Shells' });
  await look.click();
  await page.getByText('Nothing of a shell in this lesson was shared yet.').waitFor();
  typed('# ip link\n1: lo <b>UP</b>\n');
  const shells = page.getByRole('region', { name: 'Typed and seen in their shells' });
  await shells.getByText('1: lo <b>UP</b>').waitFor();
  // More than fits: the last of it is in sight.
  typed(`${Array.from({ length: 60 }, (_, n) => `row ${n}`).join('\n')}\n# exit`);
  await shells.getByText('# exit').waitFor();
  const [box, last] = await Promise.all([shells.boundingBox(), shells.locator('pre').boundingBox()]);
  expect(last!.height).toBeGreaterThan(box!.height);
  expect(last!.y + last!.height).toBeLessThanOrEqual(box!.y + box!.height);
  expect(await shells.locator('b').count()).toBe(0);
  host.tell('s', { type: 'consent', consent: consent(false) });
  await page.getByText('Shares no shells.').waitFor();
  expect(await look.count()).toBe(0);
  expect(await page.locator('body').innerHTML()).not.toContain('ip link');
  host.tell('s', { type: 'consent', consent: consent(true) });
  await page.getByText('Nothing of a shell in this lesson was shared yet.').waitFor();
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
  await page.getByRole('button', { name: 'Bruno Díaz' }).click();
  await page.getByText('Shares no shells.').waitFor();
  expect(await page.getByRole('button', { name: /Look/ }).count()).toBe(0);
  expect(faults).toEqual([]);
});

test('somebody is removed, and the class ends, both only when one is sure', async () => {
  await using setting = await setUp();
  const { host, page, said } = setting;
  host.join('m', 'Mallory');
  await page.getByRole('button', { name: 'Mallory' }).click();
  await page.getByRole('button', { name: 'Remove from the class' }).click();
  expect(said('removed')).toEqual([]);
  await page.getByRole('button', { name: 'Remove', exact: true }).click();
  await page.getByText('Nobody has joined yet.').waitFor();
  await page.getByRole('tab', { name: 'Run' }).click();
  await page.getByRole('button', { name: 'End the class' }).click();
  await page.getByRole('button', { name: 'End it' }).click();
  await page.getByRole('banner').getByText('The class has ended.').waitFor();
  expect(said('class-ended')).toHaveLength(1);
});

test('who is shown: filtered, searched, sorted, those of one check', async () => {
  await using setting = await setUp();
  const { host, page } = setting;
  fillClass(host);
  await page.getByText('24 learners').waitFor();
  await page.getByRole('button', { name: /^Stuck|^stuck/ }).click();
  await page.getByText('6 of 24 learners').waitFor();
  await page.getByRole('searchbox').fill('jana kral');
  await page.getByText('1 of 24 learners').waitFor();
  await page.getByRole('searchbox').fill('');
  await page.getByRole('button', { name: /^everybody/i }).click();
  await page.getByRole('button', { name: 'Who: interface veth-server in server' }).click();
  await page.getByText('Only those this check fails for').waitFor();
  expect(await page.locator('tbody .who').allTextContents()).toEqual(
    expect.arrayContaining(['Farah Haddad', 'Nils Berg', 'Vera Popova']),
  );
  await page.getByRole('button', { name: 'Show everybody' }).click();
  await page.getByLabel('Sort by').selectOption('name');
  await expect.poll(() => page.locator('tbody .who').first().textContent()).toBe('Ada Okafor');
  await page.getByRole('button', { name: 'Reverse' }).click();
  await expect.poll(() => page.locator('tbody .who').first().textContent()).toBe('陈晓');
});

test('on the projector no name is seen anywhere', async () => {
  await using setting = await setUp();
  const { host, page } = setting;
  fillClass(host);
  await page.getByText('24 learners').waitFor();
  await page.getByRole('button', { name: 'Projector' }).click();
  await page.getByText('Learner 4', { exact: true }).waitFor();
  const text = await page.locator('body').innerHTML();
  for (const { name } of host.book.learners()) expect(text).not.toContain(name);
});

test('another language is chosen and remembered', async () => {
  await using setting = await setUp();
  const { host, page } = setting;
  fillClass(host);
  await page.getByLabel('Language').selectOption('zh-CN');
  await page.getByRole('heading', { name: '最常未通过的检查' }).waitFor();
  expect(await page.locator('html').getAttribute('lang')).toBe('zh-CN');
  await page.reload();
  await page.getByRole('heading', { name: '最常未通过的检查' }).waitFor();
});

test('without the key, and with a wrong one, it says what to do', async () => {
  await using host = await scriptedHost({ course: COURSE, page: web.folder });
  const none = await web.open(host.port, {}, '');
  await none.page.getByText('This page needs the instructor’s key.').waitFor();
  const wrong = await web.open(host.port, {}, 'guessed');
  await wrong.page.getByText('The key is not that of this class.').waitFor();
  await wrong.page.getByText('Ask for the link.').waitFor();
  expect(host.boards()).toBe(0);
});

test('the key is out of the address once it was read', async () => {
  await using setting = await setUp();
  await setting.page.getByText('Nobody has joined yet.').waitFor();
  expect(setting.page.url()).toBe(`http://127.0.0.1:${setting.host.port}/board`);
});

test('the host goes and comes back: that is told, what was said meanwhile is not lost', async () => {
  await using setting = await setUp();
  const { host, page, faults } = setting;
  fillClass(host);
  await page.getByText('24 learners').waitFor();
  await page.getByRole('tab', { name: 'Say' }).click();
  await host.stop();
  await page.getByText('The connection is lost. What you see is as it was.').waitFor();
  await page.getByRole('textbox', { name: 'Announcement to all' }).fill('Stay where you are.');
  await page.getByRole('button', { name: 'Send' }).click();
  await page.getByText('1 message of yours not yet with the host.').waitFor();
  expect(await page.getByRole('button', { name: 'Ada Okafor' }).count()).toBeGreaterThan(0);
  await using again = await scriptedHost({
    course: COURSE,
    page: web.folder,
    port: host.port,
    book: host.book,
  });
  await page.getByText('The connection is lost.').waitFor({ state: 'detached' });
  await page.getByRole('listitem').filter({ hasText: 'Stay where you are.' }).waitFor();
  expect(again.said).toMatchObject([{ type: 'announced', text: 'Stay where you are.' }]);
  expect(faults).toEqual([]);
});

test('what checks say is in Chinese too', async () => {
  await using setting = await setUp({ locale: 'zh-CN' });
  const { host, page, faults } = setting;
  host.join('a', 'Ada');
  const title = 'interface lo in server on host is DOWN';
  host.tell(
    'a',
    cellOf('02-cable', 'cable', 'failed', [{ check: 'c', kind: 'interface', state: 'fail', title }]),
  );
  await page.getByRole('heading', { name: '最常未通过的检查' }).waitFor();
  await page
    .locator('.failing strong')
    .filter({ hasText: /[\u4e00-\u9fff]/ })
    .waitFor();
  expect(faults).toEqual([]);
});

/** Names, questions and outputs: what a learner writes cannot steer the terminal or the page of another. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { cleanName, cleanText } from '../../../src/class/host/clean.ts';
import { Board, connected, type Held, hold, joined, newLearner } from '../host/a-host.ts';

let held: Held;
beforeEach(async () => {
  held = await hold();
});
afterEach(() => held[Symbol.asyncDispose]());

const HARMFUL = /[\0-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]/;
const NASTY = [
  '\u001b[2J\u001b[H',
  '\u001b]0;title\u0007',
  '\u001b]52;c;cm0gLXJm\u0007',
  '\u009b31m',
  '\u202eevil',
  '\u2066x\u2069',
  '\u200ex\u200f',
  'a\rb',
  '\u0000\u0008\u007f',
  '\ud800',
].join('!');

test('nothing on a board has a sign that does something', async () => {
  const { port } = held.served;
  const board = await Board.open(port);
  const ada = await joined(port, `Ada\u202e\u001b[2J<b onclick=alert(1)>`, {
    consent: { progress: true, outputs: true, transcript: true },
  });
  ada.client.say({ type: 'question', id: 'q', text: `Why?${NASTY}` });
  ada.client.say({
    type: 'cell',
    lesson: '01-veth',
    cell: 'make',
    status: 'failed',
    attempts: 1,
    hints: 0,
    solution: false,
    earned: 0,
    holding: 0,
    failing: [{ check: `c${NASTY}`, kind: `k${NASTY}`, state: 'fail', title: NASTY, because: NASTY }],
  });
  const lines = `one\ntwo\t${NASTY}`;
  ada.client.say({ type: 'output', lesson: '01-veth', cell: 'make', text: lines, output: lines });
  ada.client.say({ type: 'transcript', lesson: '01-veth', text: lines });
  await ada.client.next('heard', ({ n }) => n === 4);
  board.client.say({ type: 'announced', id: 'a', text: `All${NASTY}` });
  const state = await board.until(({ announcements }) => announcements.length === 1);
  for (const cell of ['make', ''])
    board.client.send({ type: 'look', learner: ada.id, lesson: '01-veth', cell });
  const looked = [await board.client.next('cell'), await board.client.next('cell')];
  await ada.client.next('news');
  const texts: string[] = [];
  JSON.stringify([state, looked, ada.client.messages], (_, value: unknown) => {
    if (typeof value === 'string') texts.push(value);
    return value;
  });
  expect(texts.length).toBeGreaterThan(30);
  expect(texts.filter((text) => HARMFUL.test(text) || !text.isWellFormed())).toEqual([]);
  expect(looked[0]!.output).toMatch(/^one\ntwo\t/);
});

test('control sequences go as a whole, what is left of one shows', () => {
  expect(
    cleanText('\u001b[1;31mred\u001b[0m \u001b]0;title\u0007now\u001b]8;;http://x\u001b\\link\u001b7'),
  ).toBe('red nowlink');
  expect(cleanText('\u001b[31')).toBe('\ufffd[31');
  expect(cleanText('a\u001b]0;never ended')).toBe('a\ufffd]0;never ended');
});

describe('a name', () => {
  test.each([
    ['\u200b\u200d\u2060\ufeff', ''],
    ['\u3164', ''],
    ['A\u200bda', 'Ada'],
    ['  Ada \n\t Lovelace ', 'Ada Lovelace'],
    ['\u001b[31mAda\u001b[0m', 'Ada'],
    ['爱达', '爱达'],
    ['Zoë O’Hara-Smith', 'Zoë O’Hara-Smith'],
    ['x'.repeat(500), 'x'.repeat(64)],
    ['\u{1f468}'.repeat(60), '\u{1f468}'.repeat(32)],
  ])('%j is %j', (given, name) => expect(cleanName(given)).toBe(name));

  test('of which nothing is left is none', async () => {
    const client = await connected(held.served.port, newLearner('\u200b\u001b[0m'));
    expect(await client.refused()).toBe('name-needed');
  });
});

test('cleaning takes no longer for what was made to take long', () => {
  // Of the processor, not of a clock that runs on while others have it.
  const began = process.cpuUsage();
  for (const piece of [
    '\u001b[',
    '\u001b]',
    '\u009b;',
    '\u009d',
    '\u001b[0;',
    '\u001b]8;;',
    '\u001b ',
    'a\r',
    '\u200b',
  ])
    for (const text of [piece.repeat(16_384 / piece.length), piece + 'x'.repeat(16_384)]) {
      cleanText(text);
      cleanName(text);
    }
  const { user } = process.cpuUsage(began);
  expect(user / 1000).toBeLessThan(300);
});

/** The question for the background leaves the keyboard as it was, where nobody took it over. */
import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { askBackground } from '../../src/tui/terminal/question.ts';

function terminal() {
  const raw: boolean[] = [];
  const stdin = Object.assign(new PassThrough(), { setRawMode: (on: boolean) => void raw.push(on) });
  const stdout = new PassThrough();
  let at = 0;
  const question = askBackground({ stdin, stdout } as never, () => at);
  const later = (ms: number) => {
    at += ms;
  };
  return { raw, stdin, question, later };
}

const ANSWER = '\x1b]11;rgb:ffff/ffff/ffff\x1b\\';

test('answered at once: what it says is heard, and it is over without a wait', async () => {
  const { raw, stdin, question } = terminal();
  stdin.write(`ab${ANSWER}c`);
  expect(await question.heard()).toBe('light');
  await question.over();
  expect(raw).toEqual([true, false]);
  expect(stdin.listenerCount('readable')).toBe(0);
  expect(stdin.isPaused()).toBe(true);
});

test('never answered: once that is certain, the terminal echoes again', async () => {
  const { raw, question, later } = terminal();
  later(5000);
  expect(await question.heard()).toBeUndefined();
  await question.over();
  await question.over();
  expect(raw).toEqual([true, false]);
});

test('who has taken the keyboard over has it, with what was typed before', async () => {
  const { raw, stdin, question, later } = terminal();
  stdin.write(`ab${ANSWER}c`);
  await question.heard();
  question.giveKeyboard();
  expect(stdin.read().toString()).toBe('abc');
  later(5000);
  await question.over();
  // whose affair it is now to give it back
  expect(raw).toEqual([true]);
});

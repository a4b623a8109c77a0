import { expect, test } from 'vitest';
import { moved, pickMove, pickMoveTyping, scrollMove } from '../../src/tui/model/moves.ts';
import { started } from './started.ts';

test('help that was scrolled past its end comes back at the next key', () => {
  const { press, screen } = started();
  const top = () => (screen().view.mode as { top: number }).top;
  press('?', 'G');
  const last = top();
  expect(last).toBeGreaterThan(0);
  press('down', 'pagedown', 'end');
  expect(top()).toBe(last);
  press('up');
  expect(top()).toBe(last - 1);
  press('g');
  expect(top()).toBe(0);
  press('pageup');
  expect(top()).toBe(0);
});

test('letters are what is looked for while something is typed', () => {
  for (const letter of 'kjnpgG') {
    expect(pickMove(letter)).toBeTypeOf('number');
    expect(pickMoveTyping(letter)).toBeUndefined();
  }
  for (const moves of [pickMove, pickMoveTyping, (key: string) => scrollMove(key, 10)])
    expect(moves('constructor')).toBeUndefined();
});

test('a choice stays in its list, an empty one too', () => {
  expect(moved(3, 1, 4)).toBe(3);
  expect(moved(0, -1, 4)).toBe(0);
  expect(moved(0, 1, 0)).toBe(0);
});

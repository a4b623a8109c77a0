/** The mouse over a program that has asked for it. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { MouseEvent } from '../../../src/tui/model/mouse.ts';
import type { Asked } from '../../../src/tui/model/shell-keys.ts';
import { mouseBytes } from '../../../src/tui/model/shell-mouse.ts';
import { createReports } from '../../../src/tui/terminal/mouse.ts';

const NONE: Asked = {
  applicationCursor: false,
  bracketedPaste: false,
  mouse: 'none',
  sgr: false,
  focus: false,
  alternate: false,
  tabs: 1,
  ended: false,
};

/** What a program is sent for a report of the terminal at column 1, row 1 of the whole screen. */
function sent(bits: number, end: 'M' | 'm', asked: Partial<Asked>, at = { x: 4, y: 2 }): string | undefined {
  let event: MouseEvent | undefined;
  createReports((one) => {
    event = one;
  })(`\x1b[<${bits};1;1${end}`);
  return mouseBytes(event!, at, { ...NONE, ...asked });
}

describe('a program that has asked', () => {
  test('is sent presses and releases in its own columns, as it wants them', () => {
    expect(sent(0, 'M', { mouse: 'vt200', sgr: true })).toBe('\x1b[<0;5;3M');
    expect(sent(2, 'm', { mouse: 'vt200', sgr: true })).toBe('\x1b[<2;5;3m');
    expect(sent(0, 'M', { mouse: 'vt200' })).toBe('\x1b[M %#');
    expect(sent(0, 'm', { mouse: 'vt200' })).toBe('\x1b[M#%#');
    expect(sent(64, 'M', { mouse: 'vt200', sgr: true })).toBe('\x1b[<64;5;3M');
  });
  test('is sent moves only if it wants them', () => {
    const move = (mouse: Asked['mouse'], bits: number) => sent(bits, 'M', { mouse, sgr: true });
    expect(move('vt200', 32)).toBe('');
    expect(move('drag', 32)).toBe('\x1b[<32;5;3M');
    expect(move('drag', 35)).toBe('');
    expect(move('any', 35)).toBe('\x1b[<35;5;3M');
    expect(sent(0, 'm', { mouse: 'x10' })).toBe('');
  });
  test('leaves the mouse to the notebook while Alt is held, and when it has ended', () => {
    expect(sent(8, 'M', { mouse: 'any', sgr: true })).toBeUndefined();
    expect(sent(0, 'M', { mouse: 'any', sgr: true, ended: true })).toBeUndefined();
  });
  test('is never sent more than one whole report of plain characters', () => {
    fc.assert(
      fc.property(
        fc.nat(127),
        fc.boolean(),
        fc.boolean(),
        fc.nat(500),
        fc.nat(500),
        fc.constantFrom('x10' as const, 'vt200' as const, 'drag' as const, 'any' as const),
        (bits, down, sgr, x, y, mouse) => {
          const event: MouseEvent = { does: 'other', bits, down, x: 0, y: 0 };
          const data = mouseBytes(event, { x, y }, { ...NONE, mouse, sgr });
          expect(data ?? '').toMatch(/^(|\x1b\[<\d+;\d+;\d+[Mm]|\x1b\[M[\x20-\xff]{3})$/);
        },
      ),
    );
  });
});

test('one that has not: the wheel moves in what has the screen to itself, all else is the notebook’s', () => {
  expect(sent(64, 'M', { alternate: true })).toBe('\x1b[A\x1b[A\x1b[A');
  expect(sent(65, 'M', { alternate: true, applicationCursor: true })).toBe('\x1bOB\x1bOB\x1bOB');
  expect(sent(64, 'M', {})).toBeUndefined();
  expect(sent(0, 'M', { alternate: true })).toBeUndefined();
});

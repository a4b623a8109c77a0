import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BLOCK, LineIndex, PIECE_BYTES } from '../../../src/session/printout/lines.ts';
import { Printout } from '../../../src/session/printout/printout.ts';

const text = fc
  .array(
    fc.oneof(
      fc.constantFrom('\n', '\n\n', 'a', '网络', '👩‍💻', '\x1b[31m', 'word word\n'),
      fc.integer({ min: 900, max: 2500 }).map((n) => 'x'.repeat(n)),
      fc.integer({ min: 300, max: 1200 }).map((n) => '网'.repeat(n)),
      fc.integer({ min: 1, max: 700 }).map((n) => 'y\n'.repeat(n)),
    ),
    { maxLength: 40 },
  )
  .map((parts) => parts.join(''));

/** All pieces put together again as lines. */
function linesOf(printout: Printout): string[] {
  const lines: string[] = [];
  for (let at = 0; at < printout.pieces; at++) {
    const { text, continued, line } = printout.piece(at)!;
    if (continued) lines[lines.length - 1] += text;
    else lines.push(text);
    expect(line).toBe(lines.length);
    expect(Buffer.byteLength(text)).toBeLessThan(PIECE_BYTES + 4);
  }
  return lines;
}

test('pieces are the lines, however long, and no character is cut', () => {
  fc.assert(
    fc.property(text, (printed) => {
      const printout = Printout.of(printed);
      const wanted = printed.endsWith('\n') ? printed.slice(0, -1).split('\n') : printed.split('\n');
      expect(linesOf(printout)).toEqual(printed === '' ? [] : wanted);
      expect(printout.lines).toBe(printed === '' ? 0 : wanted.length);
    }),
  );
});

test('it is all one how what is printed comes in chunks', () => {
  fc.assert(
    fc.property(text, fc.integer({ min: 1, max: 5000 }), (printed, size) => {
      const bytes = Buffer.from(printed);
      const index = new LineIndex();
      for (let at = 0; at < bytes.length; at += size) index.feed(bytes.subarray(at, at + size));
      const whole = Printout.of(printed);
      const parts = new Printout({ read: (from, to) => bytes.subarray(from, to) }, index);
      expect(linesOf(parts)).toEqual(linesOf(whole));
    }),
  );
});

test('a stretch to look through ends where blocks end, in either direction', () => {
  const printout = Printout.of('some line\n'.repeat(BLOCK * 60));
  const on = printout.stretch(0, 1);
  expect(on.from).toBe(0);
  expect(on.to).toBeGreaterThan(0);
  expect(on.bytes.length).toBe((on.to + 1) * BLOCK * 10);
  const back = printout.stretch(59, -1);
  expect(back.to).toBe(59);
  expect(back.bytes.length).toBe((60 - back.from) * BLOCK * 10);
});

import fc from 'fast-check';
import stringWidth from 'fast-string-width';
import { expect, test } from 'vitest';
import { columnsOf, wrapLine, wrapLines } from '../../src/lib/wrap.ts';

test('a line is broken at blanks, and goes on further in', () => {
  expect(wrapLine('    one two three four', 14)).toBe('    one two\n      three\n      four');
  expect(wrapLine('    one two three four', 14, 0)).toBe('    one two\n    three four');
  expect(wrapLine('one  two', 80)).toBe('one  two');
  expect(wrapLine('one two', undefined)).toBe('one two');
  expect(wrapLines('one two\n three four', 9)).toBe('one two\n three\n   four');
});

test('colours take no room, and wide characters two columns', () => {
  expect(wrapLine('\x1b[31mone\x1b[0m two', 7)).toBe('\x1b[31mone\x1b[0m two');
  expect(wrapLine('网线 两端', 8)).toBe('网线\n  两端');
});

test('nothing is lost, and only a single word is wider than the terminal', () => {
  const word = fc.stringMatching(/^[a-z网]{1,12}$/);
  fc.assert(
    fc.property(
      fc.array(word, { minLength: 1 }),
      fc.nat(8),
      fc.integer({ min: 12, max: 40 }),
      (words, indent, width) => {
        const rows = wrapLine(' '.repeat(indent) + words.join(' '), width).split('\n');
        expect(rows.flatMap((row) => row.trim().split(' '))).toEqual(words);
        for (const row of rows)
          if (row.trim().includes(' ')) expect(stringWidth(row)).toBeLessThanOrEqual(width);
      },
    ),
  );
});

test('only a terminal has columns', () => {
  expect(columnsOf({ write: () => true })).toBeUndefined();
  expect(columnsOf({ isTTY: true, columns: 80 })).toBe(80);
  expect(columnsOf({ isTTY: true, columns: 200 })).toBe(100);
});

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
  expect(wrapLine('网线 两端', 7)).toBe('网线 两\n  端');
});

test('Chinese goes on anywhere, but no row begins with a mark that closes or ends with one that opens', () => {
  expect(wrapLine('两端都在同一台主机上。', 10)).toBe('两端都在同\n  一台主机\n  上。');
  expect(wrapLine('写成“甲乙”，不是', 8, 0)).toBe('写成“甲\n乙”，不\n是');
  // A word of Latin letters stays whole among them.
  expect(wrapLine('没有 `lesson.md` 这一课', 14, 0)).toBe('没有\n`lesson.md` 这\n一课');
});

test('nothing is lost, and only a single word is wider than the terminal', () => {
  const word = fc.stringMatching(/^([a-z]{1,12}|[a-z网]{1,12})$/);
  const letters = (text: string) => text.replace(/\s/g, '');
  fc.assert(
    fc.property(
      fc.array(word, { minLength: 1 }),
      fc.nat(8),
      fc.integer({ min: 12, max: 40 }),
      (words, indent, width) => {
        const rows = wrapLine(' '.repeat(indent) + words.join(' '), width).split('\n');
        expect(letters(rows.join(''))).toBe(letters(words.join('')));
        // Of Latin letters alone no word is broken.
        if (!words.join('').includes('网'))
          expect(rows.flatMap((row) => row.trim().split(' '))).toEqual(words);
        for (const row of rows)
          if (/ |网./.test(row.trim())) expect(stringWidth(row)).toBeLessThanOrEqual(width);
      },
    ),
  );
});

test('only a terminal has columns', () => {
  expect(columnsOf({ write: () => true })).toBeUndefined();
  expect(columnsOf({ isTTY: true, columns: 80 })).toBe(80);
  expect(columnsOf({ isTTY: true, columns: 200 })).toBe(100);
});

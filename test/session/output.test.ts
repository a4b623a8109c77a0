import fc from 'fast-check';
import { expect, test } from 'vitest';
import { matchOutput, parseOutput } from '../../src/lesson/output.ts';
import { appendOutput, clipText, KEPT_UNITS } from '../../src/session/output.ts';
import type { OutputPiece } from '../../src/session/state.ts';

const stream = fc.constantFrom('stdout' as const, 'stderr' as const);

test('whatever is printed: bounded, beginning and end kept, and what is missing is counted', () => {
  const chunk = fc.tuple(
    stream,
    fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.integer({ min: 1, max: 200_000 }).map((n) => '😀x'.repeat(n / 3)),
    ),
  );
  fc.assert(
    fc.property(fc.array(chunk, { maxLength: 40 }), (chunks) => {
      let pieces: readonly OutputPiece[] = [];
      for (const [from, text] of chunks) pieces = appendOutput(pieces, from, text);
      const all = chunks.map(([, text]) => text).join('');
      const gaps = pieces.filter((piece) => piece.omitted !== undefined);
      const kept = pieces.filter((piece) => piece.omitted === undefined).map((piece) => piece.text);
      expect(kept.join('').length).toBeLessThanOrEqual(KEPT_UNITS);
      expect(gaps.length).toBeLessThanOrEqual(1);
      expect(kept.join('').length + (gaps[0]?.omitted ?? 0)).toBe(all.length);
      expect(kept.every((text) => text.isWellFormed())).toBe(true);
      if (gaps.length === 0) expect(kept.join('')).toBe(all);
      else {
        expect(all.startsWith(kept[0]!)).toBe(true);
        expect(all.endsWith(kept.at(-1)!)).toBe(true);
      }
    }),
  );
});

test('two streams that take turns byte by byte stay few pieces', () => {
  let pieces: readonly OutputPiece[] = [];
  for (let n = 0; n < 6000; n++) pieces = appendOutput(pieces, n % 2 ? 'stdout' : 'stderr', 'x');
  expect(pieces.length).toBeLessThanOrEqual(2048);
});

test('clipText keeps to its limit and never splits a pair', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', minLength: 50 }),
      fc.integer({ min: 10, max: 60 }),
      (text, limit) => {
        const clipped = clipText(text, limit);
        if (text.length <= limit) expect(clipped).toBe(text);
        else
          expect(clipped.replace(/\n\.\.\. \d+ characters left out \.\.\.\n/, '').length).toBeLessThanOrEqual(
            limit + 1,
          );
        expect(clipped.isWellFormed()).toBe(true);
      },
    ),
  );
});

test.each([
  [['a', 'b'], 'a\nb\n', true],
  [['a', 'b'], 'a\nb\nc\n', false],
  [['a', '...'], 'a\n', true],
  [['...', 'b'], 'a\nb\na\nb\n', true],
  [['...', 'b', '...', 'd'], 'a\nb\nc\nb\nd\n', true],
  [['...', 'b', '...', 'd'], 'a\nb\nc\n', false],
  [['/^\\d+ packets/', '...'], '3 packets sent\r\nmore', true],
  [['0% packet loss'], '100% packet loss', false],
  [['...'], '', true],
  [['a'], '', false],
])('%j against %j: %s', (lines, text, matches) => {
  expect(matchOutput(lines, text).ok).toBe(matches);
});

test('a pattern with many gaps is no trap', () => {
  const lines = Array.from({ length: 30 }, () => ['...', 'a']).flat();
  expect(matchOutput([...lines, 'b'], 'a\n'.repeat(5000)).ok).toBe(false);
});

test('a regular expression that is none is told, not thrown', () => {
  // such a lesson is refused by the parser and never runs
  expect(parseOutput(['/(/']).faults).toMatchObject([{ code: 'bad-regex' }]);
  expect(matchOutput(['/(/', 'x'], '').ok).toBe(false);
});

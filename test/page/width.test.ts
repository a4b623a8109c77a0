import fc from 'fast-check';
import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import { plainFit, plainWidth } from '../../src/page/text/plain-width.ts';
import { graphemes, takeColumns, textWidth } from '../../src/page/text/width.ts';

const all = Array.from({ length: 0x10000 }, (_, code) => String.fromCharCode(code));
const plain = all.filter((character) => plainWidth(character) !== undefined);
/** Everything that joins, reorders, or is wider than it looks. */
const any = fc.string({
  unit: fc.oneof(fc.constantFrom(...plain), fc.string({ unit: 'grapheme' })),
  maxLength: 20,
});
const apart = fc.constantFrom(
  ...plain,
  '\u0301',
  '\u200d',
  '\ufe0f',
  '🏽',
  '👩‍💻',
  '가',
  'ᄀ',
  'ﾞ',
  '\u00ad',
  '\n',
  '한',
);

test('the letters, signs and frames that lessons are written and drawn with are plain', () => {
  for (const text of [
    'plain',
    'a “quoted” word…',
    '╭─ 1 ✓ ⠋ ● ▌ ↑↓ ·',
    '给两端配上地址，然后跟着第一个包走一遍。',
    'é',
  ])
    expect(plainWidth(text), text).toBe(stringWidth(text));
});

test('each of them is as wide alone as the tables say', () => {
  expect(plain.length).toBeGreaterThan(20_000);
  expect(plain.filter((character) => plainWidth(character) !== stringWidth(character))).toEqual([]);
});

test('beside any other a text is as wide as the tables say, or is left to them', () => {
  fc.assert(
    fc.property(fc.array(apart, { maxLength: 8 }), (parts) => {
      const text = parts.join('');
      expect(textWidth(text)).toBe(stringWidth(text));
    }),
    { numRuns: 5000 },
  );
});

test('and is cut where a grapheme ends', () => {
  const segmenter = new Intl.Segmenter();
  fc.assert(
    fc.property(any, fc.nat(12), (text, columns) => {
      const whole = Array.from(segmenter.segment(text), ({ segment }) => segment);
      expect(graphemes(text)).toEqual(whole);
      const { taken, width } = takeColumns(text, columns);
      expect(text.startsWith(taken)).toBe(true);
      expect(width).toBeLessThanOrEqual(columns);
      expect(width).toBe(stringWidth(taken));
      if (plainFit(text, columns) === undefined) return;
      const rest = text.slice(taken.length);
      expect(rest === '' || width + stringWidth(graphemes(rest)[0]!) > columns).toBe(true);
    }),
    { numRuns: 2000 },
  );
});

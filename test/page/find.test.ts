import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { markLine } from '../../src/page/find/mark.ts';
import { findInRows, findOnPage } from '../../src/page/find/matches.ts';
import { findPattern, findsInOutput } from '../../src/page/find/pattern.ts';
import { pageOf } from '../../src/page/layout/page.ts';
import { lineText, span } from '../../src/page/text/line.ts';

const found = (rows: string[], text: string) => findInRows(rows, findPattern(text)!);

describe('a search', () => {
  test('knows no case, and takes what is typed as it is', () => {
    expect(found(['An IP (v4) address'], 'ip (V4)')).toEqual([[{ row: 0, from: 3, to: 10 }]]);
    expect(found(['aaa'], '.')).toEqual([]);
  });

  test('goes on over the end of a wrapped row, without its indent', () => {
    expect(found(['  the same', '  kernel'], 'same kernel')).toEqual([
      [
        { row: 0, from: 6, to: 10 },
        { row: 1, from: 2, to: 8 },
      ],
    ]);
    expect(found(['这是网络', '命名空间'], '网络命名')).toHaveLength(1);
    expect(found(['one the', 'rest'], 'there')).toEqual([]);
  });

  test('of nothing is none', () => {
    expect(findPattern('  ')).toBeUndefined();
    expect(findOnPage(pageOf([{ block: 0, name: 'body', lines: [[span('a')]] }]), ' ')).toEqual([]);
  });

  test('passes over the frame of a cell', () => {
    const lines = [[span('run')]];
    const page = pageOf([
      { block: 3, name: 'head', lines },
      { block: 3, name: 'code', lines },
    ]);
    expect(findOnPage(page, 'run')).toMatchObject([{ block: 3, part: 'code', at: 1 }]);
  });

  test('sees an output through its colours', () => {
    expect(findsInOutput([{ text: 'U\x1b[32m' }, { text: 'P' }], findPattern('up')!)).toBe(true);
    expect(findsInOutput([{ text: 'DOWN' }], findPattern('up')!)).toBe(false);
  });

  test('finds every piece where it says, in any text', () => {
    const words = fc.stringMatching(/^[ab网 ]{1,6}$/);
    fc.assert(
      fc.property(fc.array(words, { maxLength: 6 }), words, (rows, text) => {
        const pattern = findPattern(text);
        if (!pattern) return;
        for (const pieces of findInRows(rows, pattern)) {
          const said = pieces.map((piece) => rows[piece.row]!.slice(piece.from, piece.to)).join('');
          expect(said.replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
        }
      }),
    );
  });
});

test('a mark changes the look and never the text', () => {
  const line = [span('one ', '1'), span('two'), span(' three', '2')];
  const marked = markLine(line, [
    { from: 2, to: 6, current: false },
    { from: 8, to: 10, current: true },
  ]);
  expect(lineText(marked)).toBe('one two three');
  expect(marked.filter((part) => part.style.includes('7')).map((part) => part.text)).toEqual([
    'e ',
    'tw',
    'th',
  ]);
  expect(marked.find((part) => part.text === 'th')!.style).toBe('2;7;1;4');
});

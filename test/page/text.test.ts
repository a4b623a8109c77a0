import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  clip,
  codeWrap,
  fit,
  hardWrap,
  type Line,
  lineText,
  lineWidth,
  span,
} from '../../src/page/text/line.ts';
import { createOutputReader } from '../../src/page/text/output.ts';
import { paint } from '../../src/page/text/paint.ts';
import { graphemes, takeColumns, textWidth } from '../../src/page/text/width.ts';
import { wrapWords } from '../../src/page/text/wrap.ts';

/** Text as people write it: Latin, Chinese, emoji with joiners, combining marks, spaces. */
const texts = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        'a',
        'word',
        ' ',
        '  ',
        '网络',
        '命名空间',
        '，',
        '。',
        '👩‍💻',
        'é',
        '🇨🇳',
        '(',
        ')',
        'longer-than-most',
      ),
      fc.string({ maxLength: 4, unit: 'grapheme' }),
    ),
    { maxLength: 30 },
  )
  .map((parts) => parts.join('').replace(/[\p{C}]/gu, ''))
  // Marks of music may make one of three columns: for that there is no place in two, and it is left out.
  .map((text) =>
    graphemes(text)
      .filter((grapheme) => textWidth(grapheme) <= 2)
      .join(''),
  );
const lines = fc
  .array(texts, { maxLength: 4 })
  .map((parts): Line => parts.map((text, at) => span(text, at % 2 ? '1' : '')));
const columns = fc.integer({ min: 2, max: 60 });

describe('width', () => {
  test.each([
    ['abc', 3],
    ['网络', 4],
    ['é', 1],
    ['👩‍💻', 2],
    ['', 0],
  ])('%j takes %i columns', (text, width) => expect(textWidth(text)).toBe(width));

  test('a beginning never ends inside a grapheme, and fits', () => {
    fc.assert(
      fc.property(texts, columns, (text, room) => {
        const { taken, width } = takeColumns(text, room);
        expect(width).toBeLessThanOrEqual(room);
        expect(text.startsWith(taken)).toBe(true);
        expect(graphemes(text).join('')).toBe(text);
        expect(graphemes(text).slice(0, graphemes(taken).length).join('')).toBe(taken);
      }),
    );
  });
});

describe('rows', () => {
  test('fit is exactly as wide as asked', () => {
    fc.assert(
      fc.property(lines, columns, (line, room) => {
        expect(lineWidth(fit(line, room))).toBe(room);
      }),
    );
  });
  test('clip is never wider, and says that it cut', () => {
    fc.assert(
      fc.property(lines, columns, (line, room) => {
        const cut = clip(line, room);
        expect(lineWidth(cut)).toBeLessThanOrEqual(room);
        if (lineWidth(line) > room) expect(lineText(cut)).toMatch(/…$/);
        else expect(cut).toBe(line);
      }),
    );
  });
  test('hard wrapping loses nothing and overflows nothing', () => {
    fc.assert(
      fc.property(lines, columns, (line, room) => {
        const rows = hardWrap(line, room);
        for (const row of rows) expect(lineWidth(row)).toBeLessThanOrEqual(room);
        expect(rows.map(lineText).join('')).toBe(lineText(line));
      }),
    );
  });
  test('word wrapping overflows nothing and loses only spaces', () => {
    fc.assert(
      fc.property(lines, columns, (line, room) => {
        const rows = wrapWords(line, room);
        for (const row of rows) expect(lineWidth(row)).toBeLessThanOrEqual(room);
        expect(rows.map(lineText).join('').replaceAll(' ', '')).toBe(lineText(line).replaceAll(' ', ''));
      }),
    );
  });
  test('breaks between words, between Chinese characters, and not before a comma', () => {
    const rows = (text: string, room: number) => wrapWords([span(text)], room).map(lineText);
    expect(rows('one two three', 8)).toEqual(['one two', 'three']);
    expect(rows('网络命名空间', 8)).toEqual(['网络命名', '空间']);
    expect(rows('网络命名，空间', 8)).toEqual(['网络命', '名，空间']);
    expect(wrapWords([span('ab', '1'), span(', cd')], 4).map(lineText)).toEqual(['ab,', 'cd']);
  });
});

/** Sentences as Chinese lessons have them: Han, Latin words, and signs that open and close, never several that close one after another. */
const sentences = fc
  .array(
    fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom('网', '命名', '空间', '路由表', '接口') },
      { weight: 2, arbitrary: fc.constantFrom(' ip ', ' veth-br ', ' MTU 1500 ', ' 50% ') },
      fc.constantFrom('网，', '口。', '（前缀）', '“名”', '《书》、', '吗？', '等等……', '了：', '是…'),
    ),
    { minLength: 1, maxLength: 40 },
  )
  .map((parts) => parts.join('').replaceAll('  ', ' ').trim());

test('no row of Chinese begins with a sign that closes, or ends with one that opens', () => {
  fc.assert(
    fc.property(sentences, fc.integer({ min: 12, max: 80 }), (text, room) => {
      const rows = wrapWords([span(text)], room).map(lineText);
      for (const row of rows) {
        expect(row).not.toMatch(/^[，。、：？）”》…]/u);
        expect(row).not.toMatch(/[（“《]$/u);
        expect(textWidth(row)).toBeLessThanOrEqual(room);
      }
    }),
  );
});

function read(chunks: readonly string[]): readonly Line[] {
  const reader = createOutputReader({ colours: true, base: { stdout: '', stderr: '31' } });
  for (const chunk of chunks) reader.push(chunk, 'stdout');
  return reader.lines();
}

describe('output', () => {
  test.each([
    ['plain\nlines\n', ['plain', 'lines']],
    ['no end', ['no end']],
    ['10%\r20%\r30%\n', ['30%']],
    ['crlf\r\n', ['crlf']],
    ['a\tb', ['a       b']],
    ['abc\b\bd', ['ad']],
    ['\x1b[2J\x1b[Hhome', ['home']],
    ['\x1b]0;title\x07x\x1b]8;;http://a\x1b\\y\x1b]8;;\x1b\\', ['xy']],
    ['\x1bP1;2|data\x1b\\z', ['z']],
    ['\x1b[?1049l\x1b[?25l\x1bcreset', ['reset']],
    ['a\x07\x00\x0e\x9b31mb', ['ab']],
    ['right\u202eleft', ['rightleft']],
  ])('%j becomes %j', (text, expected) => expect(read([text]).map(lineText)).toEqual(expected));

  test('keeps colours, over lines and over chunks', () => {
    expect(read(['\x1b[1;3', '1mred\nstill\x1b[0m not'])).toEqual([
      [{ text: 'red', style: '1;31' }],
      [
        { text: 'still', style: '1;31' },
        { text: ' not', style: '' },
      ],
    ]);
    expect(read(['\x1b[38;5;200ma\x1b[48;2;1;2;3mb\x1b[39mc'])[0]!.map((part) => part.style)).toEqual([
      '38;5;200',
      '38;5;200;48;2;1;2;3',
      '48;2;1;2;3',
    ]);
  });

  test('drops colours where there shall be none', () => {
    const reader = createOutputReader({ colours: false, base: { stdout: '', stderr: '' } });
    reader.push('\x1b[1;31mbold', 'stdout');
    expect(reader.lines()).toEqual([[{ text: 'bold', style: '1' }]]);
  });

  const bytes = fc
    .array(
      fc.oneof(
        fc.constantFrom(
          '\x1b',
          '\x1b[',
          '\x1b]',
          '\x9b',
          '\r',
          '\n',
          '\t',
          '\b',
          'm',
          '31',
          ';',
          '\x07',
          '\x1b\\',
          'H',
          '?',
          'text',
          '网',
        ),
        fc.string({ maxLength: 5, unit: 'binary' }),
      ),
      { maxLength: 40 },
    )
    .map((parts) => parts.join(''));

  test('any text, cut anywhere, gives the same lines', () => {
    fc.assert(
      fc.property(bytes, fc.array(fc.nat(60), { maxLength: 5 }), (text, cuts) => {
        const at = [
          0,
          ...cuts
            .filter((cut) => cut <= text.length && !/[\udc00-\udfff]/.test(text[cut] ?? ''))
            .sort((a, b) => a - b),
          text.length,
        ];
        const chunks = at.slice(1).map((end, index) => text.slice(at[index], end));
        expect(read(chunks).map(lineText)).toEqual(read([text]).map(lineText));
      }),
    );
  });

  test('no text draws anything but colours', () => {
    fc.assert(
      fc.property(bytes, (text) => {
        for (const line of read([text])) {
          const rest = paint(line).replace(/\x1b\[[\d;]+m/g, '');
          expect(rest).not.toMatch(/[\x00-\x1f\x7f-\x9f]/);
        }
      }),
    );
  });

  test('a string sequence without an end does not swallow the rest for ever', () => {
    const all = read(['\x1b]0;', 'x'.repeat(5000), '\nafter']).map(lineText);
    expect(all.at(-1)).toBe('after');
  });
});

test('code breaks between words where it can, and nothing of it is lost', () => {
  const rows = (text: string, columns: number) => codeWrap([span(text)], columns).map(lineText);
  expect(rows('ip addr add 10.0.0.11/24 dev veth', 14)).toEqual([
    'ip addr add ',
    '10.0.0.11/24 ',
    'dev veth',
  ]);
  expect(rows('a 0123456789012345678901234', 12)).toEqual(['a 0123456789', '012345678901', '234']);
  expect(rows('网络网络', 3)).toEqual(['网', '络', '网', '络']);
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 8, max: 30 }), (text, columns) => {
      const wrapped = codeWrap([span(text.replace(/[\p{C}]/gu, ''))], columns);
      expect(wrapped.map(lineText).join('')).toBe(text.replace(/[\p{C}]/gu, ''));
      for (const row of wrapped) expect(lineWidth(row)).toBeLessThanOrEqual(columns);
    }),
  );
});

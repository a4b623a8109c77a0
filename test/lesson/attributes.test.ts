import { describe, expect, test } from 'vitest';
import { parseAttributes } from '../../src/lesson/attributes.ts';

/** Without the offsets. */
function items(text: string): unknown[] {
  const { items, faults } = parseAttributes(text);
  expect(faults).toEqual([]);
  return items.map((item) => (item.kind === 'pair' ? [item.key, item.value] : [item.kind, item.text]));
}

describe('attributes', () => {
  test.each([
    ['{.run}', [['class', 'run']]],
    [
      '{ .run\t#lay-cable }',
      [
        ['class', 'run'],
        ['id', 'lay-cable'],
      ],
    ],
    [
      '{.run#a.b}',
      [
        ['class', 'run'],
        ['id', 'a.b'],
      ],
    ],
    [
      '{key=value flag}',
      [
        ['key', 'value'],
        ['flag', 'flag'],
      ],
    ],
    [
      '{key="two words" other=\'it"s\'}',
      [
        ['key', 'two words'],
        ['other', 'it"s'],
      ],
    ],
    ['{key="a \\"b\\" \\\\ \\n"}', [['key', 'a "b" \\ \\n']]],
    ['{key=a=b#c}', [['key', 'a=b#c']]],
    ['{key="}"}', [['key', '}']]],
    ['{}', []],
  ])('%s', (text, expected) => {
    expect(items(text)).toEqual(expected);
  });

  test('each knows where it stands', () => {
    expect(parseAttributes('{.run k="v w"}').items).toEqual([
      { kind: 'class', text: 'run', offset: 1, length: 4 },
      { kind: 'pair', key: 'k', value: 'v w', offset: 6, length: 7, valueAt: { offset: 8, length: 5 } },
    ]);
  });

  test.each([
    ['{.}', 'bad-attribute', 1, 1],
    ['{a #}', 'bad-attribute', 3, 1],
    ['{=v}', 'bad-attribute', 1, 2],
    ['{k=}', 'bad-attribute', 1, 2],
    ['{k=""x}', 'bad-attribute', 5, 1],
    ['{k="v}', 'unclosed-quote', 3, 3],
    ['{a, b}', 'bad-attribute', 1, 2],
    ['{a', 'unclosed-attributes', 0, 1],
    ['{a} b', 'text-after-attributes', 4, 1],
  ])('%s', (text, code, offset, length) => {
    expect(parseAttributes(text).faults).toMatchObject([{ code, offset, length }]);
  });

  test('a fault does not hide the next one', () => {
    expect(parseAttributes('{. #- k= .run}').faults.map((fault) => fault.offset)).toEqual([1, 3, 6]);
  });
});

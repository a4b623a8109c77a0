import { describe, expect, test } from 'vitest';
import { Faults } from '../../src/lesson/faults.ts';
import { readYaml } from '../../src/lesson/yaml.ts';

function faultsOf(text: string) {
  const lines = text.split('\n');
  const faults = new Faults('a.yaml', lines);
  readYaml({ lines, line: 1 }, faults);
  return faults.inOrder();
}

describe('YAML that cannot be read is told by its cause: one fault, in its place, and what to write', () => {
  test.each([
    [
      'a field too far in',
      '- interface: m1\n  in: one\n    kind: macvlan\n  state: up',
      3,
      5,
      'begin it in column 3, under `in`',
    ],
    ['too far in after a quotation', '- ping: "a"\n    in: blue', 2, 5, 'begin it in column 3, under `ping`'],
    ['not far enough in', '- ping: a\n in: blue', 2, 2, 'begin it in column 3, under `ping`'],
    ['outside the list', '- ping: a\nin: b', 2, 1, 'begin it in column 3, under `ping`'],
    [
      'an item too far in',
      '- interface: m1\n  in: one\n - ping: a',
      3,
      2,
      'begin it in column 1, under the `-` above',
    ],
    ['behind a comment', '- a: b\n\n  # c\n     d: e', 4, 6, 'begin it in column 3, under `a`'],
    ['between two', 'a:\n  b: c\n d: e', 3, 2, 'begin it in column 3, under `b`'],
    [
      'a param too far in',
      'params:\n  lan: {subnet: 1}\n   x: {int: [1,2]}',
      3,
      4,
      'begin it in column 3, under `lan`',
    ],
    ['no blank after the colon', '- ping:a\n  in: b', 1, 3, 'write `ping: a`'],
    ['no colon', '- ping: a\n  in b', 2, 3, 'write `in: b`'],
    ['no value', 'title\nx: y', 1, 1, 'write `title: VALUE`'],
    ['a second colon', '- says: it is: so', 1, 9, "quote the value, 'it is: so', or begin a new line"],
    ['a brace that is open', 'a: {b: c\nd: e', 1, 4, 'close it with `}`'],
    ['a bracket that is open', 'title: a\nhosts: [a\nneeds: b', 2, 8, 'close it with `]`'],
    ['a quotation that is open', '- x: "abc\n- y: c', 1, 6, 'close it with `"`'],
    ['an apostrophe before one', "- x: it's\n  z: 'abc\n- y: c", 2, 6, "close it with `'`"],
    ['a brace too many', '- x: {a: b}}', 1, 12, 'take it away'],
    ['a pattern', '- body: [a-z]+', 1, 14, "quote all of it: '[a-z]+'"],
    ['a quotation that goes on', '- says: "it\'s" ok', 1, 16, 'quote all of it: "\\"it\'s\\" ok"'],
    ['a star', '- x: *a', 1, 1, 'quote it: "*..."'],
    ['a tab', '- interface: m1\n\tin: one', 2, 1, 'write blanks'],
  ])('%s', (_, text, line, column, instead) => {
    expect(faultsOf(text)).toMatchObject([{ code: 'yaml', place: { line, column }, instead }]);
  });

  test('keys that are there twice are told each', () => {
    expect(faultsOf('a: 1\na: 2\nb: 3\nb: 4').map(({ place }) => place.line)).toEqual([2, 4]);
  });

  test.each(['- x: |\n   a\n  b: c', "- says: don't\n  in: a", '- a: {b: [c, "}"]}', '# only'])(
    '%j is none',
    (text) => {
      expect(faultsOf(text)).toEqual([]);
    },
  );

  test('whatever is cut out of a lesson’s YAML is told in its bounds', () => {
    const text = '- interface: m1\n  in: one\n  peer: {name: "a", in: b}\n- ping: [1, 2]\n  says: "x: y"\n';
    for (let at = 0; at < text.length; at++)
      for (const length of [1, 2, 5]) {
        const left = text.slice(0, at) + text.slice(at + length);
        const lines = left.split('\n');
        for (const { place, message } of faultsOf(left)) {
          expect(place.line).toBeLessThanOrEqual(lines.length);
          expect(place.column).toBeLessThanOrEqual((lines[place.line - 1] ?? '').length + 1);
          expect(message).not.toMatch(/token|Implicit|scalar/i);
        }
      }
  });
});

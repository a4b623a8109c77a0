import { describe, expect, test } from 'vitest';
import { matchOutput, parseOutput } from '../../src/lesson/output.ts';

const PING = `PING 10.0.0.12 (10.0.0.12) 56(84) bytes of data.
64 bytes from 10.0.0.12: icmp_seq=1 ttl=64 time=0.042 ms

--- 10.0.0.12 ping statistics ---
1 packets transmitted, 1 received, 0% packet loss, time 0ms
`;

describe('what fits', () => {
  test.each([
    ['literal lines', ['a', 'b'], 'a\nb\n'],
    ['white space at line ends', ['a  ', 'b', '', ''], 'a\r\nb\t\n\n\n'],
    ['any lines, none included', ['a', '...', 'b'], 'a\nb'],
    ['any lines', ['...', 'b', '...'], 'a\nb\nc\nd'],
    ['the first b is not the one', ['...', 'b', 'c'], 'b\nb\nc'],
    ['a run in the middle', ['...', 'b', 'c', '...', 'e'], 'b\na\nb\nc\nd\ne'],
    [
      'a pattern',
      ['PING 10.0.0.12 (10.0.0.12) 56(84) bytes of data.', '/ttl=64/', '...', '/ 0% packet loss/'],
      `${PING}`.trimEnd(),
    ],
    ['a pattern without case', ['/hello/i'], 'HELLO world'],
    ['an escaped ellipsis', ['\\...'], '...'],
    ['an escaped pattern', ['\\/etc/'], '/etc/'],
    ['a backslash that escapes nothing', ['\\a'], '\\a'],
    ['two backslashes', ['\\\\...'], '\\...'],
  ])('%s', (_name, pattern, text) => {
    expect(matchOutput(pattern, text)).toEqual({ ok: true });
  });
});

describe('what does not, and where they part', () => {
  test.each([
    ['another line', ['a', 'b'], 'a\nc', { line: 2, text: 'b' }, { line: 2, text: 'c' }],
    ['a missing line', ['a', 'b'], 'a', { line: 2, text: 'b' }, undefined],
    ['one line too many', ['a'], 'a\nb', undefined, { line: 2, text: 'b' }],
    ['nothing printed', ['a'], '', { line: 1, text: 'a' }, undefined],
    ['leading white space counts', ['a'], ' a', { line: 1, text: 'a' }, { line: 1, text: ' a' }],
    [
      'part of a literal line',
      ['packet loss'],
      '0% packet loss',
      { line: 1, text: 'packet loss' },
      { line: 1, text: '0% packet loss' },
    ],
    ['not at the end', ['...', 'b'], 'a\nb\nc', { line: 2, text: 'b' }, { line: 3, text: 'c' }],
    ['nowhere', ['...', 'x', '...'], 'a\nb', { line: 2, text: 'x' }, undefined],
    [
      'the run came furthest at line 2',
      ['...', 'b', 'c', '...'],
      'a\nb\nd\nx',
      { line: 3, text: 'c' },
      { line: 3, text: 'd' },
    ],
    ['one line cannot serve twice', ['a', '...', 'a'], 'a', { line: 3, text: 'a' }, undefined],
    [
      'a lost ping is not a good one',
      ['...', '/ 0% packet loss/'],
      '1 packets transmitted, 0 received, 100% packet loss',
      { line: 2, text: '/ 0% packet loss/' },
      { line: 1, text: '1 packets transmitted, 0 received, 100% packet loss' },
    ],
  ])('%s', (_name, pattern, text, expected, found) => {
    expect(matchOutput(pattern, text)).toEqual({
      ok: false,
      ...(expected ? { expected } : {}),
      ...(found ? { found } : {}),
    });
  });
});

test('a pattern that cannot be read is told, the others are kept', () => {
  const { patterns, faults } = parseOutput(['/a(/', 'b', '/[/']);
  expect(patterns).toMatchObject([{ kind: 'literal', text: 'b' }]);
  expect(faults).toMatchObject([
    { code: 'bad-regex', index: 0 },
    { code: 'bad-regex', index: 2 },
  ]);
});

test('many `...` over many lines take no long time', () => {
  const text = 'a\n'.repeat(20_000);
  expect(matchOutput([...Array(20).fill(['...', 'a']).flat(), '...', 'b'], text).ok).toBe(false);
});

import { describe, expect, test } from 'vitest';
import { substitute, variablesOf } from '../../src/lesson/substitute.ts';

describe('substitute', () => {
  test.each([
    ['$IP', '10.0.0.2'],
    ['${IP}/24', '10.0.0.2/24'],
    ['$IP$IP', '10.0.0.210.0.0.2'],
    ['http://$IP:80/', 'http://10.0.0.2:80/'],
    ['$$IP', '$IP'],
    ['$$$IP', '$10.0.0.2'],
    ['5$', '5$'],
    ['$5 $. $', '$5 $. $'],
    ['${IP', '${IP'],
    ['${1}', '${1}'],
    ['\\$IP', '\\10.0.0.2'],
  ])('%s', (text, expected) => {
    expect(substitute(text, { IP: '10.0.0.2' })).toEqual({ spec: expected, missing: [] });
  });

  test.each([
    ['^a$', '^a$'],
    ['^(a$|b$)', '^(a$|b$)'],
    ['^$IP$', '^10\\.0\\.0\\.2$'],
    ['\\$IP', '\\$IP'],
    ['\\$$', '\\$$'],
    ['5$$ ', '5\\$ '],
  ])('in a pattern: %s', (text, expected) => {
    expect(substitute({ body: { matches: text } }, { IP: '10.0.0.2' }).spec).toEqual({
      body: { matches: expected },
    });
  });

  test('reaches every text, keeps everything else, and changes nothing in place', () => {
    const spec = { a: ['$A', { b: '$B' }], n: 5, t: true, z: null, $A: 'key' };
    expect(substitute(spec, { A: '1', B: '$A' }).spec).toEqual({
      a: ['1', { b: '$A' }],
      n: 5,
      t: true,
      z: null,
      $A: 'key',
    });
    expect(spec.a[0]).toBe('$A');
  });

  test('names what is unset, each once, and leaves it standing', () => {
    const result = substitute(['$A $B ${A}', '$C'], { B: null, C: '' });
    expect(result).toEqual({ spec: ['$A $B ${A}', ''], missing: ['A', 'B'] });
  });

  test('names of the language itself are no variables', () => {
    expect(substitute('$constructor', {}).missing).toEqual(['constructor']);
  });
});

test('variablesOf', () => {
  expect(variablesOf({ a: '$A ${B}', m: { matches: '\\$NO $B$' }, l: ['$$NO', '$C_1'] })).toEqual([
    'A',
    'B',
    'C_1',
  ]);
});

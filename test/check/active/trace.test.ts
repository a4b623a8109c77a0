import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { trace } from '../../../src/check/kinds/trace.ts';
import { hopsMatch, readTrace } from '../../../src/check/probe/trace.ts';
import { judged, ran, tools } from './look.ts';

const hop = (...lines: string[]) =>
  ran(
    `traceroute to 8.8.8.8 (8.8.8.8), 10 hops max, 60 byte packets\n${lines.map((line, i) => ` ${i + 1}  ${line}\n`).join('')}`,
  );

describe('what traceroute prints', () => {
  test('hops, silence, and whether the target was reached', () => {
    expect(readTrace(tools['trace reached'])).toMatchObject({ hops: ['10.0.0.2'], reached: true });
    expect(readTrace(tools['trace silent'])).toMatchObject({ hops: ['*'], reached: false });
    expect(readTrace(tools['trace blackhole'])).toMatchObject({ hops: [], reached: false });
    expect(readTrace(tools['trace unknown host'])).toMatchObject({ hops: [], reached: false });
    expect(readTrace(hop('10.0.0.1  0.1 ms', '*', '8.8.8.8  1.5 ms'))).toMatchObject({
      hops: ['10.0.0.1', '*', '8.8.8.8'],
      reached: true,
    });
  });

  test('a target that complains was not reached', () => {
    expect(readTrace(hop('8.8.8.8  0.1 ms !X'))).toMatchObject({ reached: false, mark: '!X' });
    expect(readTrace(hop('10.0.0.1  0.1 ms !N'))).toMatchObject({
      hops: ['10.0.0.1'],
      reached: false,
      mark: '!N',
    });
  });

  test('lines out of order are not understood', () => {
    expect(
      readTrace(ran('traceroute to 8.8.8.8 (8.8.8.8), 10 hops max\n 2  8.8.8.8  1 ms\n')),
    ).toHaveProperty('unusable');
  });
});

describe('hops', () => {
  test.each([
    [['a', 'b'], ['a', 'b'], true],
    [['a'], ['a', 'b'], false],
    [['a', '...'], ['a', 'b'], true],
    [['...', 'b'], ['a', 'b'], true],
    [['a', '...', 'b'], ['a', 'b'], true],
    [['...', 'a'], ['a', 'b'], false],
    [['*', 'b'], ['*', 'b'], true],
    [['*', 'b'], ['a', 'b'], false],
    [['...'], [], true],
  ])('%j against %j: %s', (pattern, hops, fits) => {
    expect(hopsMatch(pattern, hops)).toBe(fits);
  });

  test('many `...` do not take for ever', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('...', 'a', '*'), { maxLength: 12 }),
        fc.array(fc.constantFrom('a', '*', 'b'), { maxLength: 12 }),
        (pattern, hops) => {
          const regex = new RegExp(
            `^${pattern.map((each) => (each === '...' ? '(?:. )*' : `[${each}] `)).join('')}$`,
          );
          expect(hopsMatch(pattern, hops)).toBe(regex.test(hops.map((each) => `${each} `).join('')));
        },
      ),
    );
    const pattern = Array.from({ length: 32 }, (_, i) => (i % 2 ? 'a' : '...'));
    expect(hopsMatch([...pattern, 'b'], Array(64).fill('a'))).toBe(false);
  });
});

test('the check', () => {
  const way = hop('172.30.0.1  0.1 ms', '172.17.0.1  0.2 ms', '8.8.8.8  0.3 ms');
  expect(judged(trace, { trace: '8.8.8.8' }, way).state).toBe('pass');
  expect(judged(trace, { trace: '8.8.8.8', reached: false }, way).state).toBe('fail');
  expect(judged(trace, { trace: '8.8.8.8', hops: ['172.30.0.1', '...', '8.8.8.8'] }, way).state).toBe('pass');
  expect(judged(trace, { trace: '8.8.8.8', hops: ['172.30.0.1', '8.8.8.8'] }, way)).toMatchObject({
    state: 'fail',
    differences: [{ field: 'hops' }],
  });
  expect(judged(trace, { trace: '8.8.8.8' }, tools['trace silent']).state).toBe('fail');
  expect(trace.refuse?.(trace.schema.parse({ trace: 'x', hops: ['...'] }))).toMatch(/fits any way/);
});

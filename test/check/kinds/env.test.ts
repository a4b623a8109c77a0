import { expect, test } from 'vitest';
import { type Fields, faults, judge, state } from '../judging.ts';
import { recorded } from '../recorded.ts';

test.each<[Fields, string]>([
  [{ env: 'WEB_IP' }, 'pass'],
  [{ env: 'WEB_IP', value: '172.18.0.3' }, 'pass'],
  [{ env: 'WEB_IP', value: '/^10/' }, 'fail'],
  [{ env: 'EMPTY' }, 'fail'],
  [{ env: 'UNSET' }, 'fail'],
  [{ env: 'UNSET', absent: true }, 'pass'],
  [{ env: 'WEB_IP', absent: true }, 'fail'],
  [{ env: 'EMPTY', value: { length: 0 } }, 'pass'],
  [{ env: 'UNSET', value: { not: 'x' } }, 'fail'],
])('%j: %s', (fields, wanted) => expect(state(fields)).toBe(wanted));

test('a variable that was not read, and a host that could not be, are broken', () => {
  for (const not of [false, true]) {
    expect(state({ env: 'NEVER', absent: true }, { not })).toBe('broken');
    expect(state({ env: 'WEB_IP' }, { not, observation: recorded({ failure: 'the shell is gone' }) })).toBe(
      'broken',
    );
    expect(state({ env: 'WEB_IP' }, { not, on: 'node01' })).toBe('broken');
  }
  expect(state({ env: 'constructor' })).toBe('broken');
});

test('shows the value', () => expect(judge({ env: 'WEB_IP', absent: true }).found).toBe('WEB_IP=172.18.0.3'));

test('a dollar is no part of a name', () => expect(faults({ env: '$WEB_IP' })).toHaveLength(1));

import { expect, test } from 'vitest';
import { type Fields, judge, state } from '../judging.ts';

const cell = { exit: 0, stdout: '64 bytes: ttl=64\n', stderr: 'warning\n' };

test.each<[Fields, string]>([
  [{ output: 'ttl=64' }, 'pass'],
  [{ output: 'warning' }, 'pass'],
  [{ output: 'warning', stream: 'stdout' }, 'fail'],
  [{ output: 'warning', stream: 'stderr' }, 'pass'],
  [{ output: ['ttl', 'warning'] }, 'pass'],
  [{ output: ['ttl', 'error'] }, 'fail'],
  [{ output: '/ttl=\\d+/' }, 'pass'],
  [{ output: { not: 'error' } }, 'pass'],
  [{ output: { not: { contains: 'ttl' } } }, 'fail'],
  [{ output: 64 }, 'fail'],
  [{ output: { length: { gt: 10 } } }, 'pass'],
])('%j: %s', (fields, wanted) => expect(state(fields, { cell })).toBe(wanted));

test('before a cell has run nothing has been printed, nor not printed', () => {
  for (const not of [false, true]) expect(state({ output: 'x' }, { not })).toBe('fail');
});

test('silence is said', () => {
  expect(judge({ output: 'x' }, { cell: { exit: 0, stdout: '', stderr: '' } }).found).toBe(
    'it printed nothing',
  );
});

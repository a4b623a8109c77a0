import { expect, test } from 'vitest';
import { type Fields, faults, judge, state } from '../judging.ts';
import { missing, withNetns } from '../recorded.ts';

const client = { in: 'client' };

test.each<[Fields, string]>([
  [{ neighbour: '172.30.0.12' }, 'pass'],
  [{ neighbour: '172.30.0.12', mac: '52:83:33:6C:06:12', state: 'reachable', dev: 'client-veth' }, 'pass'],
  [{ neighbour: '172.30.0.12', mac: '52:83:33:6c:06:13' }, 'fail'],
  [{ neighbour: '172.30.0.12', state: { or: ['STALE', 'REACHABLE'] } }, 'pass'],
  [{ neighbour: '172.30.0.50', state: 'PERMANENT' }, 'pass'],
  [{ neighbour: '172.30.0.99' }, 'fail'],
  [{ neighbour: '172.30.0.99', absent: true }, 'pass'],
  [{ neighbour: '172.30.0.12', absent: true }, 'fail'],
  // Somebody was looked for and has not answered.
  [{ neighbour: '172.30.0.77' }, 'fail'],
  [{ neighbour: '172.30.0.77', absent: true }, 'pass'],
  [{ neighbour: '172.30.0.77', state: 'INCOMPLETE' }, 'pass'],
])('%j: %s', (fields, wanted) => expect(state(fields, client)).toBe(wanted));

test('shows the entry that is there', () => {
  expect(judge({ neighbour: '172.30.0.77' }, client).found).toBe('172.30.0.77 dev client-veth INCOMPLETE');
});

test('an unread table is broken', () => {
  const observation = withNetns('client', { ip: missing() });
  for (const not of [false, true])
    expect(state({ neighbour: '172.30.0.12', absent: true }, { ...client, observation, not })).toBe('broken');
});

test('a name is no address', () => expect(faults({ neighbour: 'web' })).toHaveLength(1));

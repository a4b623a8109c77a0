import { expect, test } from 'vitest';
import { type Around, type Fields, faults, judge, state } from '../judging.ts';
import { missing, ran, withNetns } from '../recorded.ts';

test.each<[Fields, Around, string]>([
  [{ listen: 9090 }, {}, 'pass'],
  [{ listen: 'tcp:9090', address: '0.0.0.0', process: 'python3' }, {}, 'pass'],
  [{ listen: 'udp:9090' }, {}, 'fail'],
  [{ listen: 'udp:5353', address: '127.0.0.1' }, {}, 'pass'],
  [{ listen: 'udp:127.0.0.1:5353' }, {}, 'pass'],
  [{ listen: 'udp:127.0.0.2:5353' }, {}, 'fail'],
  [{ listen: 8080, address: '0.0.0.0' }, {}, 'pass'],
  [{ listen: 8080, address: '::' }, {}, 'pass'],
  [{ listen: 8080, address: '127.0.0.1' }, {}, 'fail'],
  [{ listen: 9090, process: 'nginx' }, {}, 'fail'],
  [{ listen: 80 }, {}, 'fail'],
  [{ listen: 80, absent: true }, {}, 'pass'],
  [{ listen: 80 }, { in: 'server' }, 'pass'],
  [{ listen: 80, absent: true }, { in: 'server' }, 'fail'],
  // Something else may have the port.
  [{ listen: 9090, process: 'nginx', absent: true }, {}, 'pass'],
])('%j %j: %s', (fields, around, wanted) => expect(state(fields, around)).toBe(wanted));

test('shows what listens', () => {
  expect(judge({ listen: 81 }, { in: 'server' }).found).toBe('tcp 172.30.0.12:80 (python3)');
  expect(judge({ listen: 81 }, { in: 'empty' }).found).toBe('nothing listens there');
});

test('unread sockets, and an unseen process, are broken', () => {
  const gone = withNetns('', { listen: missing() });
  const unseen = withNetns('', { listen: ran('tcp LISTEN 0 1 *:80 *:*') });
  for (const not of [false, true]) {
    expect(state({ listen: 80, absent: true }, { observation: gone, not })).toBe('broken');
    expect(state({ listen: 80, process: 'nginx' }, { observation: unseen, not })).toBe('broken');
    expect(state({ listen: 80, process: 'nginx', absent: true }, { observation: unseen, not })).toBe(
      'broken',
    );
  }
});

test('a port that is none', () => {
  for (const listen of ['http', 'tcp:0', 70000, 'sctp:80', 'tcp:web:80'])
    expect(faults({ listen })).toHaveLength(1);
  expect(faults({ listen: 'tcp:$PORT' })).toEqual([]);
  for (const not of [false, true])
    expect(state({ listen: 'tcp:$PORT', absent: true }, { variables: { PORT: 'x' }, not })).toBe('fail');
});

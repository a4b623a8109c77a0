import { expect, test } from 'vitest';
import { type Fields, faults, judge, state } from '../judging.ts';

test.each<[Fields, string]>([
  [{ file: '/etc/resolv.conf' }, 'pass'],
  [{ file: '/none' }, 'fail'],
  [{ file: '/none', absent: true }, 'pass'],
  [{ file: '/etc/resolv.conf', absent: true }, 'fail'],
  [{ file: '/etc/resolv.conf', kind: 'file', mode: '0644', size: { gt: 0 }, owner: 0 }, 'pass'],
  [{ file: '/etc/resolv.conf', mode: 644 }, 'pass'],
  [{ file: '/etc/resolv.conf', mode: '644', owner: 'root' }, 'pass'],
  [{ file: '/etc/resolv.conf', mode: '0600' }, 'fail'],
  [{ file: '/etc/resolv.conf', kind: 'symlink' }, 'fail'],
  [{ file: '/etc/resolv.conf', content: 'nameserver 8.8.8.8' }, 'pass'],
  [{ file: '/etc/resolv.conf', content: { contains: '8.8' } }, 'pass'],
  [{ file: '/etc/resolv.conf', content: 'nameserver' }, 'fail'],
  [{ file: '/run/netns/web', target: '/proc/1/ns/net' }, 'pass'],
  [{ file: '/etc/resolv.conf', target: { not: 'x' } }, 'fail'],
  [{ file: '/long', owner: 7 }, 'pass'],
])('%j: %s', (fields, wanted) => expect(state(fields)).toBe(wanted));

test('what could not be read is broken, for absent and not too', () => {
  for (const not of [false, true]) {
    expect(state({ file: '/secret', absent: true }, { not })).toBe('broken');
    expect(state({ file: '/never/asked' }, { not })).toBe('broken');
    expect(state({ file: '/long', content: { not: { contains: 'y' } } }, { not })).toBe('broken');
  }
  expect(judge({ file: '/secret' }).found).toBe('/secret could not be looked at: Permission denied');
});

test('refuses a path from nowhere, and fields of what is not there', () => {
  expect(faults({ file: 'etc/hosts' })).toHaveLength(1);
  expect(faults({ file: '/x', absent: true, size: 1 })).toHaveLength(1);
});

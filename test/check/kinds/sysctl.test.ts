import { expect, test } from 'vitest';
import { faults, judge, state } from '../judging.ts';
import { recorded } from '../recorded.ts';

const forward = { sysctl: 'net.ipv4.ip_forward', value: 1 };

test('one value a namespace', () => {
  expect(state(forward)).toBe('pass');
  expect(state(forward, { in: 'client' })).toBe('fail');
  expect(judge(forward, { in: 'client' }).differences).toEqual([
    { field: 'value', expected: '1', found: '0' },
  ]);
});

test('several numbers, with any blanks between', () => {
  const observation = recorded({ sysctls: { '|net.ipv4.ip_local_port_range': '32768\t60999\n' } });
  expect(state({ sysctl: 'net.ipv4.ip_local_port_range', value: '32768 60999' }, { observation })).toBe(
    'pass',
  );
});

test('a setting that the kernel does not have, and one that was not read', () => {
  expect(state({ sysctl: 'net.no.such', value: 1 })).toBe('fail');
  for (const not of [false, true]) expect(state(forward, { in: 'server', not })).toBe('broken');
  expect(state({ sysctl: 'constructor', value: { not: 1 } })).toBe('broken');
});

test('a value must be given, and a name has no slashes', () => {
  expect(faults({ sysctl: 'net.ipv4.ip_forward' })[0]).toMatchObject({ code: 'missing-field' });
  expect(faults({ sysctl: 'net/ipv4/ip_forward', value: 1 })).toHaveLength(1);
});

import { expect, test } from 'vitest';
import { explainCheck } from '../../../src/check/judge.ts';
import { checkOf, type Fields, faults, judge, state } from '../judging.ts';
import { fixture, missing, ran, recorded, withNetns } from '../recorded.ts';

const masquerade = { source: '172.30.0.0/24', action: 'masquerade' };

test.each<[Fields, string]>([
  [{ firewall: 'filter', chain: 'FORWARD', policy: 'drop' }, 'pass'],
  [{ firewall: 'filter', chain: 'FORWARD', policy: 'accept' }, 'fail'],
  [{ firewall: 'filter', chain: 'INPUT', policy: 'accept' }, 'pass'],
  [{ firewall: 'nat', chain: 'POSTROUTING', rule: masquerade }, 'pass'],
  [{ firewall: 'nat', rule: masquerade }, 'pass'],
  [{ firewall: 'nat', chain: 'PREROUTING', rule: masquerade }, 'fail'],
  [{ firewall: 'nat', chain: 'POSTROUTING', rule: masquerade, absent: true }, 'fail'],
  [{ firewall: 'nat', chain: 'POSTROUTING', rule: { ...masquerade, out: '!bridge1' } }, 'pass'],
  [{ firewall: 'nat', chain: 'POSTROUTING', rule: { ...masquerade, out: 'bridge1' } }, 'fail'],
  [{ firewall: 'nat', chain: 'POSTROUTING', rule: { source: '172.31.0.0/24' }, absent: true }, 'pass'],
  [
    {
      firewall: 'nat',
      rule: { protocol: 'tcp', dport: 80, action: 'DNAT', to: '172.30.0.12:80', comment: 'the web' },
    },
    'pass',
  ],
  [{ firewall: 'nat', rule: { action: 'dnat', to: '172.30.0.13:80' } }, 'fail'],
  [{ firewall: 'nat', chain: 'OUTPUT', rule: { action: 'jump', to: 'MINE' } }, 'pass'],
  [{ firewall: 'nat', chain: 'OUTPUT', rule: { action: 'mine' } }, 'fail'],
  [{ firewall: 'nat', chain: 'MINE' }, 'pass'],
  [{ firewall: 'nat', chain: 'YOURS' }, 'fail'],
  [{ firewall: 'nat', chain: 'YOURS', absent: true }, 'pass'],
  [{ firewall: 'filter', rule: { dport: 443, action: 'drop' } }, 'pass'],
  [{ firewall: 'filter', rule: { dport: '8000:9000', mark: '7/255' } }, 'pass'],
  [{ firewall: 'filter', rule: { state: ['established', 'related'], action: 'accept' } }, 'pass'],
  [{ firewall: 'filter', rule: { destination: '!172.30.0.0/24' } }, 'pass'],
  [{ firewall: 'filter', rule: { destination: '172.30.0.0/24' } }, 'fail'],
  [{ firewall: 'nat', chain: 'OUTPUT', rule: { source: '0.0.0.0/0', action: 'jump' } }, 'pass'],
  [{ firewall: 'mangle', rule: { source: '10.1.1.1', action: 'mark', to: '0x7' } }, 'pass'],
  [{ firewall: 'filter', rule: { in: 'bridge1' }, counters: { packets: 0 }, chain: 'FORWARD' }, 'pass'],
  [{ firewall: 'filter', rule: { in: 'bridge1' }, counters: { packets: { gt: 0 } } }, 'fail'],
  [{ firewall: 'mine', family: 'inet' }, 'pass'],
  [{ firewall: 'mine' }, 'fail'],
  [{ firewall: 'mine', family: 'inet', chain: 'input', policy: 'drop' }, 'pass'],
  [{ firewall: 'mine', family: 'inet', rule: { dport: '22-23', source: 'FD00::/8' } }, 'pass'],
  // nft counts only where it is told to.
  [{ firewall: 'mine', family: 'inet', rule: { in: 'lo' }, counters: { packets: { ge: 0 } } }, 'fail'],
  [{ firewall: 'natty', chain: 'pre', rule: { action: 'dnat', to: '10.0.0.5:80' } }, 'pass'],
  [{ firewall: 'nat', rule: { mark: 7 } }, 'fail'],
])('%j: %s', (fields, wanted) => expect(state(fields)).toBe(wanted));

test.each<[Fields, string]>([
  [{ firewall: 'filter', chain: 'FORWARD', policy: 'accept' }, 'pass'],
  [{ firewall: 'filter', chain: 'FORWARD', policy: 'drop' }, 'fail'],
  [{ firewall: 'nat', chain: 'POSTROUTING', rule: masquerade }, 'fail'],
  [{ firewall: 'nat', chain: 'POSTROUTING', rule: masquerade, absent: true }, 'pass'],
  [{ firewall: 'filter' }, 'fail'],
])('untouched: %j: %s', (fields, wanted) => expect(state(fields, { in: 'empty' })).toBe(wanted));

test('shows the rules that are there', () => {
  const verdict = judge({ firewall: 'nat', chain: 'POSTROUTING', rule: { ...masquerade, out: 'eth0' } });
  expect(verdict.found).toBe('-A POSTROUTING -s 172.30.0.0/24 ! -o bridge1 -j MASQUERADE');
  expect(verdict.differences).toEqual([{ field: 'out', expected: 'eth0', found: '!bridge1' }]);
});

test('a policy that is another is told once', () => {
  const found = judge({ firewall: 'filter', chain: 'FORWARD', policy: 'accept' });
  expect(found).toMatchObject({ state: 'fail', found: 'the policy is drop' });
});

test('a policy and a rule must both hold', () => {
  const fields = { firewall: 'filter', chain: 'FORWARD', policy: 'accept', rule: { in: 'bridge1' } };
  expect(judge(fields)).toMatchObject({ state: 'fail', differences: [{ field: 'policy', found: 'drop' }] });
});

test('without iptables-save, what nft shows only by name is not guessed', () => {
  const observation = withNetns('', { iptables: missing() });
  const nat = (rule: Fields, more: Fields = {}) => state({ firewall: 'nat', rule, ...more }, { observation });
  expect(nat({ dport: 80, action: 'dnat' })).toBe('pass');
  expect(nat({ dport: 80, action: 'dnat', to: '172.30.0.12:80' })).toBe('broken');
  expect(nat({ dport: 80, to: '172.30.0.12:80' }, { absent: true })).toBe('broken');
  expect(nat({ dport: 81, to: '172.30.0.12:80' }, { absent: true })).toBe('pass');
});

test('without either tool nothing is known', () => {
  const nothing = withNetns('empty', { iptables: missing(), nft: missing() });
  const failed = withNetns('empty', {
    iptables: ran('', { exit: 1, stderr: 'no' }),
    nft: ran('', { exit: 1, stderr: 'cache initialization failed' }),
  });
  for (const observation of [nothing, failed])
    for (const fields of [
      { firewall: 'filter', chain: 'FORWARD', policy: 'accept' },
      { firewall: 'nat', rule: masquerade, absent: true },
    ])
      for (const not of [false, true])
        expect(state(fields, { in: 'empty', observation, not })).toBe('broken');
  expect(judge({ firewall: 'x' }, { in: 'empty', observation: failed }).found).toBe(
    'nft failed: cache initialization failed.',
  );
});

test('tables of iptables need no nft', () => {
  const observation = withNetns('', { nft: missing(), iptables: ran(fixture('host.iptables')) });
  expect(state({ firewall: 'nat', rule: masquerade }, { observation })).toBe('pass');
  expect(state({ firewall: 'natty' }, { observation })).toBe('broken');
});

test('refuses what asserts nothing', () => {
  for (const fields of [
    { firewall: 'nat', rule: {} },
    { firewall: 'nat', rule: masquerade, counters: {} },
    { firewall: 'nat', policy: 'drop' },
    { firewall: 'nat', counters: { packets: 1 } },
    { firewall: 'nat', rule: masquerade, counters: { packets: 1 }, absent: true },
    { firewall: 'nat', chain: 'X', policy: 'drop', absent: true },
  ])
    expect(faults(fields)).toHaveLength(1);
});

test('explains a rule in the wrong chain', () => {
  const check = checkOf({ firewall: 'nat', chain: 'PREROUTING', rule: masquerade });
  expect(explainCheck(check, recorded())?.cause).toBe(
    'Such a rule stands in ip nat POSTROUTING, not in ip nat PREROUTING.',
  );
});

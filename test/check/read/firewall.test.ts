import { expect, test } from 'vitest';
import { readIptables, words } from '../../../src/check/read/firewall/iptables.ts';
import { plainMark } from '../../../src/check/read/firewall/model.ts';
import { readNft } from '../../../src/check/read/firewall/nft.ts';
import { firewallFacts, tableOf } from '../../../src/check/read/firewall.ts';
import { fixture, missing, ran } from '../recorded.ts';

const iptables = readIptables(fixture('host.iptables'))!;
const nft = readNft(fixture('host.nft'))!;
const rulesOf = (tables: typeof nft, table: string, chain: string) =>
  tables.find((each) => each.name === table)!.chains.find((each) => each.name === chain)!.rules;

test('iptables: tables, policies, the rules of a chain', () => {
  expect(iptables.map((table) => table.name)).toEqual(['mangle', 'filter', 'nat']);
  const filter = iptables.find((table) => table.name === 'filter')!;
  expect(filter.chains.map((chain) => [chain.name, chain.policy])).toEqual([
    ['INPUT', 'accept'],
    ['FORWARD', 'drop'],
    ['OUTPUT', 'accept'],
  ]);
  expect(rulesOf(iptables, 'filter', 'FORWARD')).toMatchObject([
    {
      in: ['bridge1'],
      protocol: ['tcp'],
      dport: ['80'],
      state: ['new', 'established'],
      action: 'accept',
      packets: 0,
    },
    { source: ['172.30.0.0/24'], destination: ['!172.30.0.0/24'], action: 'accept' },
  ]);
});

test('iptables: translations, comments, jumps, ranges, lists of ports, marks', () => {
  expect(rulesOf(iptables, 'nat', 'PREROUTING')).toMatchObject([
    { dport: ['80'], comment: 'the web', action: 'dnat', to: '172.30.0.12:80' },
  ]);
  expect(rulesOf(iptables, 'nat', 'POSTROUTING')).toMatchObject([
    { source: ['172.30.0.0/24'], out: ['!bridge1'], action: 'masquerade' },
  ]);
  expect(rulesOf(iptables, 'nat', 'OUTPUT')).toMatchObject([{ action: 'jump', to: 'MINE' }]);
  expect(rulesOf(iptables, 'filter', 'INPUT').slice(1)).toMatchObject([
    { protocol: ['icmp'], action: 'reject' },
    { dport: ['80', '443'], action: 'drop' },
    { dport: ['8000-9000'], mark: ['0x7/0xff'], action: 'drop' },
  ]);
  expect(rulesOf(iptables, 'mangle', 'PREROUTING')).toMatchObject([{ action: 'mark', to: '0x7' }]);
});

test('nft: sets, ranges, prefixes, states, comments, translations', () => {
  expect(rulesOf(nft, 'mine', 'input')).toMatchObject([
    {
      source: ['10.0.0.0/8'],
      protocol: ['tcp'],
      dport: ['80', '443'],
      action: 'accept',
      comment: 'hello',
      packets: 0,
    },
    { state: ['established', 'related'], action: 'accept' },
    { in: ['lo'], action: 'accept' },
    { source: ['fd00::/8'], dport: ['22-23'], action: 'drop' },
    { mark: ['0x7'], protocol: ['icmp'], action: 'reject' },
  ]);
  expect(rulesOf(nft, 'natty', 'post')).toMatchObject([
    { out: ['eth0'], source: ['10.0.0.0/24'], action: 'masquerade' },
  ]);
  expect(rulesOf(nft, 'natty', 'pre')).toMatchObject([
    { dport: ['8080'], action: 'dnat', to: '10.0.0.5:80' },
    { destination: ['!10.0.0.0/8'], action: 'return' },
  ]);
  expect(nft.find((table) => table.name === 'mine')!.chains[0]!.policy).toBe('drop');
});

test('nft: what iptables put there is known by name only', () => {
  const [dnat] = rulesOf(nft, 'nat', 'PREROUTING');
  expect(dnat).toMatchObject({ action: 'dnat', hidden: ['comment', 'DNAT'] });
  expect(dnat!.to).toBeUndefined();
});

test('iptables speaks for its own tables, nft for the others', () => {
  const facts = firewallFacts({
    name: '',
    inode: '1',
    nft: ran(fixture('host.nft')),
    iptables: ran(fixture('host.iptables')),
  });
  const table = (family: string, name: string) => {
    const found = tableOf(facts, family, name);
    return found.ok ? found.value : found;
  };
  expect(table('ip', 'nat')).toMatchObject({
    chains: [{ name: 'PREROUTING', rules: [{ to: '172.30.0.12:80' }] }, {}, {}, {}, {}],
  });
  expect(table('inet', 'mine')).toMatchObject({ family: 'inet' });
  expect(table('ip', 'mine')).toBeUndefined();
});

test('without iptables-save nobody knows that a table of iptables is not there', () => {
  const empty = ran('{"nftables": [{"metainfo": {}}]}');
  const facts = firewallFacts({ name: '', inode: '1', nft: empty, iptables: missing() });
  expect(tableOf(facts, 'ip', 'nat')).toEqual({ ok: false, why: 'iptables-save is not installed there.' });
  expect(tableOf(facts, 'inet', 'mine')).toEqual({ ok: true, value: undefined });
});

test.each([
  '*filter\n:INPUT ACCEPT [0:0]\n',
  'COMMIT\n',
  '-A INPUT -j ACCEPT\n',
  '*filter\n*nat\nCOMMIT',
  'iptables-save: error',
])('%j is no answer of iptables-save', (text) => expect(readIptables(text)).toBeUndefined());

test('an untouched namespace has no tables, and a table of nft only is passed over', () => {
  expect(readIptables('')).toEqual([]);
  expect(readIptables("# Table `filter' is incompatible, use 'nft' tool.\n")).toEqual([]);
});

test.each([
  '',
  '[]',
  '{}',
  '{"nftables":{}}',
  '{"nftables":[{"rule":{"family":"ip"}}]}',
  '{"nftables":[{"table":{}}]}',
])('%j is no answer of nft', (text) => expect(readNft(text)).toBeUndefined());

test('words as a shell would split them', () => {
  expect(words('--comment "the \\"web\\"" -j A')).toEqual(['--comment', 'the "web"', '-j', 'A']);
});

test('marks have one form', () => {
  expect(['7', '0x7', '0x7/0xffffffff', '7/255'].map(plainMark)).toEqual(['0x7', '0x7', '0x7', '0x7/0xff']);
});

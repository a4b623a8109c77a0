/** Small judgements of an explanation, each by itself: does a rule mean a packet, does a socket take it. */
import { describe, expect, test } from 'vitest';
import { believed } from '../../../src/check/explain/arrive.ts';
import type { Packet } from '../../../src/check/explain/packet.ts';
import { ruleMatches } from '../../../src/check/explain/rule-match.ts';
import { isServed } from '../../../src/check/explain/service.ts';
import { explanationOf, newTrail } from '../../../src/check/explain/trail.ts';
import type { Node } from '../../../src/check/explain/world.ts';
import { emptyRule } from '../../../src/check/read/firewall/model.ts';
import { readNft } from '../../../src/check/read/firewall/nft.ts';
import type { Listener } from '../../../src/check/read/listen.ts';
import { parseAddress } from '../../../src/lib/addresses.ts';
import { sayInChinese } from '../../../src/page/said/zh-CN.ts';

const node = (fields: Partial<Node>): Node =>
  ({ host: 'host', names: ['server'], title: 'server', links: [], routes: [], ...fields }) as unknown as Node;

const packet = (destination: string, fields: Partial<Packet> = {}): Packet => ({
  destination: parseAddress(destination)!,
  protocol: 'icmp',
  answer: false,
  ...fields,
});

describe('rules of iptables by the type of an ICMP message', () => {
  const four = (condition: string) => `-A INPUT -p icmp -m icmp ${condition} -j DROP`;
  const six = (condition: string) => `-A INPUT -p ipv6-icmp -m icmp6 ${condition} -j DROP`;
  test.each([
    [four('--icmp-type 8'), '10.0.0.1', false, 'yes'],
    [four('--icmp-type 8'), '10.0.0.1', true, 'no'],
    [four('--icmp-type 0'), '10.0.0.1', true, 'yes'],
    [four('! --icmp-type 8'), '10.0.0.1', false, 'no'],
    [four('! --icmp-type 8'), '10.0.0.1', true, 'yes'],
    [four('--icmp-type any'), '10.0.0.1', false, 'yes'],
    [six('--icmpv6-type 128'), 'fd00::1', false, 'yes'],
    [six('--icmpv6-type 128'), 'fd00::1', true, 'no'],
    [six('! --icmpv6-type 135'), 'fd00::1', false, 'yes'],
  ] as const)('%s, to %s (answer: %s): %s', (line, to, answer, likeness) => {
    expect(ruleMatches(emptyRule(line), { packet: packet(to, { answer }) }, node({}))).toBe(likeness);
  });
});

test.each([
  ['nd-neighbor-solicit', 'solicitation', 'yes'],
  ['nd-neighbor-solicit', 'advertisement', 'no'],
  ['nd-neighbor-solicit', undefined, 'no'],
  ['echo-request', undefined, 'yes'],
  ['echo-request', 'solicitation', 'no'],
] as const)('a rule of nft for %s, and neighbour discovery (%s): %s', (type, discovery, likeness) => {
  const expr = [
    {
      match: { op: '==', left: { payload: { protocol: 'icmpv6', field: 'type' } }, right: type },
    },
    { drop: null },
  ];
  const place = { family: 'inet', table: 't' };
  const [table] = readNft(
    JSON.stringify({
      nftables: [
        { table: { family: 'inet', name: 't' } },
        { chain: { ...place, name: 'c' } },
        { rule: { ...place, chain: 'c', expr } },
      ],
    }),
  )!;
  const [rule] = table!.chains[0]!.rules;
  const passing = { packet: packet('fd00::1', discovery === undefined ? {} : { discovery }) };
  expect(ruleMatches(rule!, passing, node({}))).toBe(likeness);
});

describe('a socket takes what comes', () => {
  const listens = (address: string): Listener => ({ protocol: 'tcp', address, port: 80, processes: [] });
  test.each([
    ['0.0.0.0', '10.0.0.1', true],
    ['0.0.0.0', 'fd00::1', false],
    ['::', 'fd00::1', true],
    ['::', '10.0.0.1', false],
    ['*', '10.0.0.1', true],
    ['*', 'fd00::1', true],
    ['10.0.0.1', '10.0.0.1', true],
    ['::ffff:10.0.0.1', '10.0.0.1', true],
    ['::ffff:10.0.0.2', '10.0.0.1', false],
    ['::ffff:10.0.0.1', 'fd00::1', false],
  ])('on %s, for %s: %s', (address, to, takes) => {
    const to80 = packet(to, { protocol: 'tcp', port: 80 });
    expect(isServed(newTrail(), node({ listeners: [listens(address)] }), to80)).toBe(takes);
  });

  test.each([
    ['10.0.0.1', 'ipv4/icmp_echo_ignore_all', 'icmp_echo_ignore_all'],
    ['fd00::1', 'ipv6/icmp/echo_ignore_all', 'net.ipv6.icmp.echo_ignore_all'],
  ])('a ping of %s that is ignored: by which setting', (to, path, name) => {
    const trail = newTrail();
    expect(isServed(trail, node({ settings: new Map([[path, '1']]) }), packet(to))).toBe(false);
    const { cause } = explanationOf(trail, trail.fault!);
    expect(cause).toBe(`server is told to ignore pings (${name} is 1).`);
    expect(sayInChinese(cause)).toBe(`server 被设为不理会 ping（${name} 为 1）。`);
  });
});

describe('a source that cannot be', () => {
  const link = { name: 'eth0', up: true, addresses: [{ family: 4, prefix: '10.0.0.1/24', scope: 'global' }] };
  const own = node({ links: [link] as never });
  const causeOf = (fields: Partial<Packet>, isSender: boolean) => {
    const trail = newTrail();
    const came = packet('10.0.0.9', { source: parseAddress('10.0.0.1')!, ...fields });
    const isBelieved = believed(trail, { node: own, link: link as never }, came, isSender);
    return isBelieved ? 'believed' : explanationOf(trail, trail.fault!).cause;
  };

  test('its own packet, come back; two that have one address; a stranger', () => {
    expect(causeOf({}, true)).toMatch(/^server gets its own packet back, with its own address 10\.0\.0\.1/);
    expect(causeOf({}, false)).toMatch(/^server has the address 10\.0\.0\.1 itself, .* two places have one/);
    expect(causeOf({ answer: true }, true)).toMatch(/^server has the address 10\.0\.0\.1 itself/);
    expect(causeOf({ source: parseAddress('10.0.0.2')! }, false)).toBe('believed');
  });
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { NetnsObservation } from '../../../src/check/observation.ts';
import { bridgeFacts } from '../../../src/check/read/bridge.ts';
import { ipFacts } from '../../../src/check/read/ip.ts';
import { readJsonStream } from '../../../src/check/read/json.ts';
import { listeners } from '../../../src/check/read/listen.ts';
import { findPeer } from '../../../src/check/read/peer.ts';
import type { Reading } from '../../../src/check/read/reading.ts';
import { routeLine } from '../../../src/check/read/route.ts';
import { fixture, missing, ran, recordedHost } from '../recorded.ts';

const netns = (change: Partial<NetnsObservation>): NetnsObservation => ({ name: '', inode: '1', ...change });
const of = (name: string) => recordedHost().namespaces.find((each) => each.name === name)!;

function value<T>(reading: Reading<T>): T {
  if (!reading.ok) throw new Error(reading.why);
  return reading.value;
}

test('links of the recorded namespace', () => {
  const links = value(ipFacts(of('client')).links);
  expect(links.map((link) => [link.name, link.up, link.lowerUp])).toEqual([
    ['lo', true, true],
    ['client-veth', true, true],
    ['veth-client', true, false],
  ]);
  expect(links[0]!.kind).toBe('loopback');
  expect(links[1]).toMatchObject({ kind: 'veth', mtu: 1500, peerIndex: 5, peerNetnsId: 0 });
  expect(links[1]!.addresses[0]).toEqual({ family: 4, prefix: '172.30.0.11/24', scope: 'global' });
  const bridge = value(ipFacts(of('')).links).find((link) => link.name === 'bridge1');
  expect(bridge).toMatchObject({ kind: 'bridge', stp: false });
});

test('routes: two defaults, a blackhole without a device, a multipath route, each IPv6 route once', () => {
  const routes = value(ipFacts(of('client')).routes);
  const lines = routes.map(routeLine);
  expect(lines).toContain('default via 172.30.0.1 dev client-veth');
  expect(lines).toContain('default via 172.30.0.254 dev client-veth metric 100');
  expect(lines).toContain('blackhole 10.9.0.0/16');
  expect(lines).toContain('unreachable 10.8.0.0/16');
  expect(lines).toContain('10.7.0.0/16 via 172.30.0.12 dev client-veth table 100');
  expect(lines).toContain(
    '10.6.0.0/16 nexthop via 172.30.0.12 dev client-veth nexthop via 172.30.0.1 dev client-veth',
  );
  expect(lines.filter((line) => line.startsWith('fe80::/64'))).toHaveLength(1);
  expect(routes.find((route) => route.destination === '10.0.0.0/24')!.flags).toEqual(['linkdown']);
});

test('rules and neighbours', () => {
  const facts = ipFacts(of('client'));
  expect(value(facts.rules)).toContainEqual({
    priority: 32765,
    src: '172.30.0.11',
    dst: undefined,
    table: '100',
  });
  const neighbours = value(facts.neighbours);
  expect(neighbours).toContainEqual({
    address: '172.30.0.77',
    dev: 'client-veth',
    mac: undefined,
    states: ['INCOMPLETE'],
  });
});

test('an empty namespace has lo, no route and no neighbour', () => {
  const facts = ipFacts(of('empty'));
  expect(value(facts.links).map((link) => link.name)).toEqual(['lo']);
  expect(value(facts.routes)).toEqual([]);
  expect(value(facts.neighbours)).toEqual([]);
});

test('a section that is missing is unread, not empty', () => {
  const [addr] = fixture('client.ip').split('\n');
  const facts = ipFacts(netns({ ip: ran(`${addr}\n[]\n[]`) }));
  expect(facts.links.ok).toBe(true);
  for (const section of [facts.routes, facts.rules, facts.neighbours]) expect(section.ok).toBe(false);
});

test('output that was cut off is not read to the end', () => {
  const whole = fixture('client.ip');
  const facts = ipFacts(netns({ ip: ran(whole.slice(0, -5)) }));
  expect(facts.neighbours.ok).toBe(false);
});

test.each(['', '[]', '[[]]', '{}', 'no JSON', '[]\n[]\n[]\n[]\n[]', '[{"ifname":"lo"}]'])(
  '%j has no links',
  (stdout) => {
    expect(ipFacts(netns({ ip: ran(stdout) })).links.ok).toBe(false);
  },
);

test('a missing tool is named', () => {
  expect(ipFacts(netns({ ip: missing() })).links).toEqual({ ok: false, why: 'ip is not installed there.' });
  expect(listeners(netns({ listen: missing() }))).toEqual({ ok: false, why: 'ss is not installed there.' });
  expect(bridgeFacts(netns({ bridge: missing() })).fdb).toEqual({
    ok: false,
    why: 'bridge is not installed there.',
  });
  expect(ipFacts(netns({})).links).toMatchObject({ ok: false });
});

test('an observation is read once', () => {
  const client = of('client');
  expect(ipFacts(client)).toBe(ipFacts(client));
});

test('the forwarding database, and no VLANs where the kernel has none', () => {
  const facts = bridgeFacts(of(''));
  expect(value(facts.fdb)).toContainEqual({
    mac: 'c2:a0:d6:4e:b1:5d',
    port: 'client-veth-br',
    bridge: 'bridge1',
    state: '',
  });
  expect(facts.vlans.ok).toBe(false);
  const ranges = '[]\n[]\n[{"ifname":"p","vlans":[{"vlan":1,"flags":["PVID"]},{"vlan":10,"vlanEnd":12}]}]';
  expect(value(bridgeFacts(netns({ bridge: ran(ranges) })).vlans)).toEqual([
    { port: 'p', vids: [1, 10, 11, 12] },
  ]);
});

test('sockets', () => {
  expect(value(listeners(of('')))).toEqual([
    { protocol: 'udp', address: '127.0.0.1', port: 5353, processes: ['python3'] },
    { protocol: 'tcp', address: '0.0.0.0', port: 9090, processes: ['python3'] },
    { protocol: 'tcp', address: '*', port: 8080, processes: ['python3'] },
  ]);
  const line =
    'tcp LISTEN 0 128 [::1]%lo:631 [::]:* users:(("cupsd",pid=1,fd=3),("cupsd",pid=2,fd=3),("a b",pid=4,fd=1))';
  expect(value(listeners(netns({ listen: ran(line) })))).toEqual([
    { protocol: 'tcp', address: '::1', port: 631, processes: ['cupsd', 'a b'] },
  ]);
  expect(listeners(netns({ listen: ran('what is this') })).ok).toBe(false);
  expect(listeners(netns({ listen: ran('', { exit: 1 }) })).ok).toBe(false);
});

test('the other end of a cable, over namespaces and within one', () => {
  const host = recordedHost();
  const at = (name: string, link: string) => {
    const here = host.namespaces.find((each) => each.name === name)!;
    return { netns: here, link: value(ipFacts(here).links).find((each) => each.name === link)! };
  };
  const peer = (name: string, link: string) => {
    const found = findPeer(host, at(name, link));
    return found.is === 'found' ? [found.peer.netns.name, found.peer.link.name] : found.is;
  };
  expect(peer('', 'client-veth-br')).toEqual(['client', 'client-veth']);
  expect(peer('client', 'client-veth')).toEqual(['', 'client-veth-br']);
  expect(peer('client', 'veth-client')).toEqual(['server', 'veth-server']);
  expect(peer('server', 'veth-server')).toEqual(['client', 'veth-client']);
  expect(peer('', 'apair')).toEqual(['', 'bpair']);
  expect(peer('', 'bridge1')).toBe('none');
  expect(peer('client', 'lo')).toBe('none');
  const withoutServer = { ...host, namespaces: host.namespaces.filter((each) => each.name !== 'server') };
  expect(findPeer(withoutServer, at('', 'server-veth-br')).is).toBe('unknown');
});

test('where indexes repeat, the numbers of the namespaces decide', () => {
  const veth = (inode: string, netnsId: number, ids: Record<string, number>): NetnsObservation => ({
    name: `n${inode}`,
    inode,
    ids,
    ip: ran(
      JSON.stringify([
        {
          ifindex: 2,
          link_index: 2,
          link_netnsid: netnsId,
          ifname: 'eth0',
          flags: [],
          linkinfo: { info_kind: 'veth' },
        },
      ]),
    ),
  });
  // a-d and b-c are joined; each of them is eth0 with index 2.
  const namespaces = [
    veth('a', 0, { d: 0 }),
    veth('b', 3, { c: 3, a: 1 }),
    veth('c', 0, { b: 0 }),
    veth('d', 5, { a: 5, b: 6 }),
  ];
  const host = recordedHost({ namespaces });
  const peers = namespaces.map((each) => {
    const found = findPeer(host, { netns: each, link: value(ipFacts(each).links)[0]! });
    return found.is === 'found' ? found.peer.netns.inode : found.is;
  });
  expect(peers).toEqual(['d', 'c', 'b', 'a']);
  const nameless = namespaces.map((each) => ({ ...each, ids: undefined }));
  const guess = findPeer(recordedHost({ namespaces: nameless }), {
    netns: nameless[0]!,
    link: value(ipFacts(nameless[0]!).links)[0]!,
  });
  expect(guess.is).toBe('unknown');
});

test('a stream of JSON values', () => {
  expect(readJsonStream('[1]\n{"a":"]}\\""}[2]')).toEqual({ values: [[1], { a: ']}"' }, [2]], whole: true });
  expect(readJsonStream('[1][')).toEqual({ values: [[1]], whole: false });
  expect(readJsonStream('[1] x')).toEqual({ values: [[1]], whole: false });
  expect(readJsonStream('')).toEqual({ values: [], whole: true });
});

test('reads what was written, however it stands together', () => {
  const gap = fc.constantFrom('', ' ', '\n', '\n\n');
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.array(fc.jsonValue()), fc.dictionary(fc.string(), fc.jsonValue()))),
      gap,
      (all, space) => {
        const { values, whole } = readJsonStream(all.map((each) => JSON.stringify(each)).join(space));
        expect(whole).toBe(true);
        expect(values).toEqual(JSON.parse(JSON.stringify(all)));
      },
    ),
  );
});

test('depth without end is no crash', () => {
  expect(readJsonStream('['.repeat(200_000)).whole).toBe(false);
  readJsonStream('['.repeat(200_000) + ']'.repeat(200_000));
});

/** Which table a packet is routed by: rules that ask for an interface, a user, a mark, a VRF. */
import { describe, expect, test } from 'vitest';
import { departure } from '../../../src/check/explain/depart.ts';
import { routeTo } from '../../../src/check/explain/routing.ts';
import { newTrail } from '../../../src/check/explain/trail.ts';
import type { Node } from '../../../src/check/explain/world.ts';
import { readLink } from '../../../src/check/read/link.ts';
import { readRoute, readRule } from '../../../src/check/read/route.ts';
import { parseAddress } from '../../../src/lib/addresses.ts';

/** As `ip -j rule` and `ip -j -d link` show them. */
const USUAL = [
  { priority: 0, src: 'all', table: 'local' },
  { priority: 32766, src: 'all', table: 'main' },
];
const LINKS = [
  { ifindex: 2, ifname: 'lan', flags: ['UP', 'LOWER_UP'], addr_info: [] },
  { ifindex: 3, ifname: 'inside', flags: ['UP', 'LOWER_UP'], master: 'red', addr_info: [] },
  {
    ifindex: 4,
    ifname: 'red',
    flags: ['UP', 'LOWER_UP'],
    linkinfo: { info_kind: 'vrf', info_data: { table: 10 } },
    addr_info: [],
  },
];
const links = LINKS.map((raw) => readLink(raw)!);
const route = (table: string, dst = 'default') =>
  readRoute({ dst, table, dev: `by-${table}`, flags: [], type: 'unicast', protocol: 'boot' })!;
const nodeWith = (...rules: object[]) =>
  ({
    links,
    rules: [...USUAL, ...rules].map((raw) => readRule({ ...raw })!),
    rules6: [],
    routes: [route('main'), route('7'), route('10')],
  }) as unknown as Node;
const byOf = (rule: object, incoming?: string) => {
  const link = links.find(({ name }) => name === incoming);
  return routeTo(nodeWith({ priority: 100, src: 'all', ...rule }), parseAddress('10.2.0.2')!, undefined, link)
    ?.hops[0]?.dev;
};

describe('a rule that asks for', () => {
  test.each([
    ['the interface, by which it came', { iif: 'lan', table: '7' }, 'lan', 'by-7'],
    ['the interface, by another', { iif: 'lan', table: '7' }, 'inside', 'by-main'],
    ['the interface, of what is made here', { iif: 'lan', table: '7' }, undefined, 'by-main'],
    ['lo: that is what is made here', { iif: 'lo', table: '7' }, undefined, 'by-7'],
    ['other users than root', { uid_start: 1000, uid_end: 1999, table: '7' }, undefined, 'by-main'],
    ['all users', { uid_start: 0, uid_end: 4294967294, table: '7' }, undefined, 'by-7'],
    ['users, of what is sent on', { uid_start: 0, uid_end: 4294967294, table: '7' }, 'lan', 'by-main'],
    ['a mark', { fwmark: '0x7', table: '7' }, undefined, 'by-main'],
    ['anything but the interface', { not: null, iif: 'lan', table: '7' }, 'lan', 'by-main'],
    ['its VRF', { l3mdev: null }, 'inside', 'by-10'],
    ['its VRF, where it is in none', { l3mdev: null }, 'lan', 'by-main'],
    ['a longer prefix', { table: '7', suppress_prefixlen: 0 }, undefined, 'by-main'],
  ])('%s', (_, rule, incoming, by) => {
    expect(byOf(rule, incoming)).toBe(by);
  });
});

test('an interface that would do is part of a VRF, and the packet is not', () => {
  const inside = readLink({
    ...LINKS[1]!,
    addr_info: [{ family: 'inet', local: '10.2.0.1', prefixlen: 24, scope: 'global' }],
  })!;
  const node = {
    ...nodeWith({ priority: 1000, src: 'all', l3mdev: null }),
    title: 'r',
    links: [links[0]!, inside, links[2]!],
    routes: [],
  } as Node;
  const packet = { destination: parseAddress('10.2.0.2')!, protocol: 'icmp', answer: false } as const;
  const trail = newTrail();
  expect(departure(trail, { nodes: [node] }, node, packet, { node, link: links[0]! })).toBeUndefined();
  expect(trail.fault?.cause).toBe(
    'r has no route to 10.2.0.2 where the packet is: inside, whose network holds it, is part of the VRF red, which has a table of its own.',
  );
});

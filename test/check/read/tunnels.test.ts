import { expect, test } from 'vitest';
import { readLink } from '../../../src/check/read/link.ts';

/** As `ip -j -d link` shows them, without what is not read. */
const of = (info_kind: string, info_data: object) =>
  readLink({
    ifindex: 4,
    ifname: 't',
    flags: ['UP', 'LOWER_UP'],
    addr_info: [],
    linkinfo: { info_kind, info_data },
  })!.tunnel;

test.each([
  [
    'gre',
    { remote: '10.2.0.2', local: '10.1.0.2', ttl: 0, pmtudisc: true, ikey: '0.0.0.9', okey: '0.0.1.8' },
    { remote: '10.2.0.2', local: '10.1.0.2', takes: 9, sends: 264, whole: true },
  ],
  ['ipip', { proto: 'any', remote: '10.2.0.2', local: 'any' }, { remote: '10.2.0.2' }],
  ['ip6tnl', { proto: 'any', remote: 'fd02::2', local: 'fd01::2' }, { remote: 'fd02::2', local: 'fd01::2' }],
  [
    'geneve',
    { id: 5, remote: '10.2.0.2', df: 'unset', port: 6081 },
    { remote: '10.2.0.2', takes: 5, sends: 5, port: 6081 },
  ],
  [
    'vxlan',
    { id: 42, remote6: 'fd02::2', port: 4789 },
    { remote: 'fd02::2', takes: 42, sends: 42, port: 4789 },
  ],
])('a tunnel of the kind %s', (kind, data, expected) => {
  expect(of(kind, data)).toEqual({ kind, ...expected });
});

test.each([
  ['with many other ends', 'gre', { remote: 'any', local: '10.1.0.2' }],
  ['that names none', 'vxlan', { id: 42, port: 4789 }],
  ['that is none', 'veth', { remote: '10.2.0.2' }],
])('one %s has no other end', (_, kind, data) => {
  expect(of(kind, data)).toBeUndefined();
});

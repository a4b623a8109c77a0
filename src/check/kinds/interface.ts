/** `interface`: a network interface, its flags, its addresses, and where its cable leads. */
import { z } from 'zod';
import { parseAddress, sameMac, samePrefix } from '../../lib/addresses.ts';
import { type Comparison, differencesOf, judgeBy } from '../compare.ts';
import { broken, defineKind, fail, pass } from '../define.ts';
import { absent, choice, flag, matching, name } from '../fields.ts';
import { describeMatcher, type Matcher, oneLine } from '../matcher.ts';
import type { Difference, Judgement } from '../model.ts';
import type { HostObservation, NetnsObservation } from '../observation.ts';
import { inNetns, placeWords } from '../place.ts';
import { ipFacts } from '../read/ip.ts';
import { isLinkLocal, type Link } from '../read/link.ts';
import { findPeer, sameNetns } from '../read/peer.ts';
import { explainInterface } from '../why/interface.ts';

const peerName = name('The other end of the veth.', 'veth-server');

const schema = () =>
  z.strictObject({
    interface: name('Its name.', 'veth-client'),
    state: choice('The administrative flag: `up` after `ip link set up`.', ['up', 'down']).optional(),
    lower_up: flag('Whether it has a carrier: the other end is up too.').optional(),
    mtu: matching('The largest packet, in bytes.', 1500).optional(),
    mac: matching('The link-layer address.', '02:00:00:00:00:01').optional(),
    kind: matching('The kind of device: veth, bridge, vxlan, ...; `loopback` for lo.', 'veth').optional(),
    master: name('The bridge that it is a port of, or `none`.', 'bridge1').optional(),
    peer: z
      .union(
        [
          peerName,
          z.strictObject({
            name: peerName.optional(),
            in: z
              .string()
              .meta({ description: 'The namespace of the other end; `host` is the host’s own.' })
              .optional(),
          }),
        ],
        'The name of the other end is expected, or {name: ..., in: ...}.',
      )
      .optional()
      .meta({
        description:
          'The other end of a veth: its name, or `{name, in}` with its namespace (`host`: the host’s own).',
        examples: ['veth-server'],
      }),
    address: matching(
      'An address with its prefix length; a list: all of them are there.',
      '10.0.0.11/24',
    ).optional(),
    qdisc: matching('The queueing discipline.', 'noqueue').optional(),
    absent: absent('The interface').optional(),
  });
type Spec = z.output<ReturnType<typeof schema>>;

/** The peer as a name and a namespace; `undefined` where the author leaves it open. */
function peerOf(spec: Spec): { name?: string; in?: string } | undefined {
  if (spec.peer === undefined) return undefined;
  if (typeof spec.peer === 'string') return { name: spec.peer };
  return { name: spec.peer.name, in: spec.peer.in === 'host' ? '' : spec.peer.in };
}

function peerWords(peer: { name?: string; in?: string }): string {
  const where = peer.in === undefined ? '' : peer.in === '' ? ' in the host itself' : ` in ${peer.in}`;
  return `${peer.name ?? 'an interface'}${where}`;
}

function describe(spec: Spec, at: { host: string; netns: string }): string {
  const what = `interface ${spec.interface}`;
  if (spec.absent) return `there is no ${what} ${placeWords(at)}`;
  const parts: string[] = [];
  if (spec.state !== undefined) parts.push(`is ${spec.state.toUpperCase()}`);
  if (spec.lower_up !== undefined) parts.push(spec.lower_up ? 'has a carrier' : 'has no carrier');
  if (spec.address !== undefined) parts.push(`has the address ${describeMatcher(spec.address)}`);
  if (spec.mtu !== undefined) parts.push(`has mtu ${describeMatcher(spec.mtu)}`);
  if (spec.mac !== undefined) parts.push(`has the MAC ${describeMatcher(spec.mac)}`);
  if (spec.kind !== undefined) parts.push(`is of kind ${describeMatcher(spec.kind)}`);
  if (spec.master !== undefined)
    parts.push(spec.master === 'none' ? 'is no port of a bridge' : `is a port of ${spec.master}`);
  const peer = peerOf(spec);
  if (peer !== undefined) parts.push(`is joined to ${peerWords(peer)}`);
  if (spec.qdisc !== undefined) parts.push(`has qdisc ${describeMatcher(spec.qdisc)}`);
  return parts.length === 0
    ? `there is an ${what} ${placeWords(at)}`
    : `${what} ${placeWords(at)} ${parts.join(', ')}`;
}

function refuse(spec: Spec): string | undefined {
  const others = Object.keys(spec).filter((key) => !['interface', 'absent'].includes(key));
  if (spec.absent && others.length > 0) return `An interface that is not there has no \`${others[0]}\`.`;
  if (typeof spec.peer === 'object' && spec.peer.name === undefined && spec.peer.in === undefined)
    return 'An empty `peer` asserts nothing.';
  const bare = [spec.address].flat().find((each: unknown) => typeof each === 'string' && parseAddress(each));
  if (bare !== undefined) return `Write the address with its prefix length: \`${bare}/24\`.`;
  return undefined;
}

/** The link-local ones are left out where plain addresses are asked for, none of them link-local: that changes no verdict. */
function addressesFor(asked: Matcher | undefined, link: Link): string[] {
  const own = link.addresses.map((each) => each.prefix);
  const plain = [asked].flat().every((each) => typeof each === 'string' && !isLinkLocal(each));
  return plain ? own.filter((each) => !isLinkLocal(each)) : own;
}

function comparisons(spec: Spec, link: Link): Comparison[] {
  const bool = (value: Matcher | undefined, yes: string, no: string): Matcher | undefined =>
    value === undefined ? undefined : value ? yes : no;
  return [
    { field: 'state', expected: spec.state?.toUpperCase(), found: link.up ? 'UP' : 'DOWN' },
    {
      field: 'carrier',
      expected: bool(spec.lower_up, 'LOWER_UP', 'NO-CARRIER'),
      found: link.lowerUp ? 'LOWER_UP' : 'NO-CARRIER',
    },
    {
      field: 'address',
      expected: spec.address,
      found: addressesFor(spec.address, link),
      options: { same: samePrefix },
    },
    { field: 'mtu', expected: spec.mtu, found: link.mtu },
    { field: 'mac', expected: spec.mac, found: link.mac, options: { same: sameMac } },
    { field: 'kind', expected: spec.kind, found: link.kind ?? 'none' },
    { field: 'master', expected: spec.master, found: link.master ?? 'none' },
    { field: 'qdisc', expected: spec.qdisc, found: link.qdisc },
  ];
}

/** The line of evidence: what `ip` would say first. */
function evidence(link: Link): string {
  const flags = `<${link.flags.join(',')}>`;
  const addresses = link.addresses.map((each) => each.prefix);
  return oneLine([link.name, flags, `mtu ${link.mtu ?? '?'}`, ...addresses].join(' '));
}

interface PeerComparison {
  differences: readonly Difference[];
  /** Why the other end cannot be told. */
  unknown?: string;
}

function comparePeer(spec: Spec, host: HostObservation, netns: NetnsObservation, link: Link): PeerComparison {
  const wanted = peerOf(spec);
  if (wanted === undefined) return { differences: [] };
  const peer = findPeer(host, { netns, link });
  const difference = (found: string) => ({
    differences: [{ field: 'peer', expected: peerWords(wanted), found }],
  });
  if (peer.is === 'none') return difference('nothing');
  if (peer.is === 'unknown') return { differences: [], unknown: peer.why };
  const place = host.namespaces.find((each) => each.name === wanted.in);
  const rightPlace = wanted.in === undefined || (place !== undefined && sameNetns(place, peer.peer.netns));
  if (rightPlace && (wanted.name === undefined || wanted.name === peer.peer.link.name))
    return { differences: [] };
  return difference(peerWords({ name: peer.peer.link.name, in: peer.peer.netns.name }));
}

function judgeIn(spec: Spec, expected: string, netns: NetnsObservation, host: HostObservation): Judgement {
  const { links } = ipFacts(netns);
  if (!links.ok) return broken(expected, links.why);
  const names = links.value.map((each) => each.name).join(', ');
  const link = links.value.find((each) => each.name === spec.interface);
  if (!link) return (spec.absent ? pass : fail)(expected, `the interfaces there are ${names}`);
  if (spec.absent) return fail(expected, `it is there: ${evidence(link)}`);
  const plain = differencesOf(comparisons(spec, link));
  const peer = comparePeer(spec, host, netns, link);
  // Other fields that are wrong are wrong whatever the peer is.
  if (peer.unknown !== undefined && plain.length === 0)
    return broken(expected, `The peer of ${link.name} cannot be told: ${peer.unknown}.`);
  return judgeBy(expected, [...plain, ...peer.differences], evidence(link));
}

export const networkInterface = defineKind({
  name: 'interface',
  summary: 'A network interface: whether it is there, up, joined to what, with which addresses.',
  example: 'interface: veth-client\nin: client\nstate: up\naddress: 10.0.0.11/24',
  schema,
  refuse,
  describe,
  needs: (_, { host }) => [{ read: 'ip', host }],
  judge(spec, look) {
    const expected = describe(spec, look);
    return inNetns(look, expected, (netns, host) => judgeIn(spec, expected, netns, host));
  },
  explain: explainInterface,
});

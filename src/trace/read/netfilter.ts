/**
 * Messages of nfnetlink: what rules decided of a packet (linux/netfilter/nf_tables.h, nft_trace_attributes) and
 * connections that were translated (nfnetlink_conntrack.h, ctattr_type). Pure.
 */

import { formatAddress } from '../../lib/addresses.ts';
import { type Attributes, attributesOf, messagesOf } from './netlink.ts';
import { EXTENSIONS, type Packet, readBody } from './packet.ts';

export type Verdict = 'accept' | 'drop' | 'stolen' | 'queue' | 'jump' | 'goto' | 'return' | 'continue';

/** One step of a packet through a chain. */
export interface Decision {
  is: 'decision';
  /** Of the packet; used again for later ones. */
  id: number;
  family: string;
  table: string;
  chain: string;
  /** A rule that matched, the end of a chain that was called, the policy of a base chain. */
  what: 'rule' | 'return' | 'policy';
  handle?: string;
  verdict?: Verdict;
  /** Of jump and goto. */
  to?: string;
  /** Indexes of interfaces. */
  in?: number;
  out?: number;
  /** Of the packet, once it has one. */
  mark?: number;
  /** The packet as the chain saw it: with the first decision in each base chain. */
  packet?: Packet;
}

export interface Tuple {
  source: string;
  destination: string;
  protocol: number;
  /** Ports; of ICMP: the id twice. */
  from?: number;
  to?: number;
}

/** A connection as conntrack(8) shows it: the packet as it came, and the answer that is waited for. */
export interface Connection {
  is: 'connection';
  event: 'new' | 'update' | 'end';
  original: Tuple;
  reply: Tuple;
}

export type FilterEvent = Decision | Connection;

const inside = (from: Attributes, type: number) => attributesOf(from.get(type) ?? Buffer.alloc(0));
const word = (bytes: Buffer | undefined) => (bytes?.length === 4 ? bytes.readUInt32BE(0) : undefined);
const half = (bytes: Buffer | undefined) => (bytes?.length === 2 ? bytes.readUInt16BE(0) : undefined);
const text = (bytes: Buffer | undefined) => bytes?.toString('utf8').replace(/\0.*$/s, '') ?? '';

const FAMILIES: Readonly<Record<number, string>> = {
  1: 'inet',
  2: 'ip',
  3: 'arp',
  5: 'netdev',
  7: 'bridge',
  10: 'ip6',
};
const VERDICTS: Readonly<Record<number, Verdict>> = {
  0: 'drop',
  1: 'accept',
  2: 'stolen',
  3: 'queue',
  [-1]: 'continue',
  [-2]: 'continue',
  [-3]: 'jump',
  [-4]: 'goto',
  [-5]: 'return',
};
const WHAT = ['rule', 'policy', 'return', 'rule'] as const;
const TRACE = (10 << 8) | 17;
const CONNECTION_NEW = 1 << 8;
const CONNECTION_END = (1 << 8) | 2;
const CREATED = 0x400;

/** @param data one datagram: one or more messages */
export function readFilter(data: Buffer): FilterEvent[] {
  const events: FilterEvent[] = [];
  for (const { type, flags, body: content } of messagesOf(data)) {
    // nfgenmsg: the family, a version, a resource
    if (content.length < 4) break;
    const family = content[0]!;
    const body = attributesOf(content.subarray(4));
    if (type === TRACE) events.push(decision(family, body));
    else if (type === CONNECTION_NEW || type === CONNECTION_END) {
      const event = type === CONNECTION_END ? 'end' : flags & CREATED ? 'new' : 'update';
      const [original, reply] = [tuple(inside(body, 1)), tuple(inside(body, 2))];
      if (original && reply) events.push({ is: 'connection', event, original, reply });
    }
  }
  return events;
}

function decision(family: number, body: Attributes): Decision {
  const verdict = inside(body, 5);
  const policy = word(body.get(16));
  const code = word(verdict.get(1)) ?? policy;
  const handle = body.get(3);
  const network = body.get(8);
  const transport = body.get(9) ?? Buffer.alloc(0);
  const optional: Partial<Decision> = {};
  if (handle?.length === 8) optional.handle = String(handle.readBigUInt64BE(0));
  if (code !== undefined) optional.verdict = VERDICTS[code | 0];
  if (verdict.has(2)) optional.to = text(verdict.get(2));
  const [incoming, outgoing] = [word(body.get(10)), word(body.get(12))];
  if (incoming) optional.in = incoming;
  if (outgoing) optional.out = outgoing;
  const mark = word(body.get(14));
  if (mark) optional.mark = mark;
  // of IPv6 the kernel gives the first header alone, and then the transport's: of what stands between them nothing is known
  const isSix = network !== undefined && network[0]! >> 4 === 6;
  const between = isSix && EXTENSIONS.includes(network[6]!);
  if (network !== undefined && network.length >= 20)
    optional.packet = readBody(
      isSix ? 0x86dd : 0x0800,
      between ? network : Buffer.concat([network, transport]),
    );
  return {
    is: 'decision',
    id: word(body.get(6)) ?? 0,
    family: FAMILIES[family] ?? String(family),
    table: text(body.get(1)),
    chain: text(body.get(2)),
    what: WHAT[word(body.get(4)) ?? 0] ?? 'rule',
    ...optional,
  };
}

function tuple(body: Attributes): Tuple | undefined {
  const ip = inside(body, 1);
  const proto = inside(body, 2);
  const address = (v4: number, v6: number) => {
    const [four, six] = [ip.get(v4), ip.get(v6)];
    if (four?.length === 4) return [...four].join('.');
    return six?.length === 16
      ? formatAddress({ family: 6, value: BigInt(`0x${six.toString('hex')}`) })
      : undefined;
  };
  const [source, destination] = [address(1, 3), address(2, 4)];
  if (source === undefined || destination === undefined) return undefined;
  const id = half(proto.get(4)) ?? half(proto.get(7));
  const from = half(proto.get(2)) ?? id;
  const to = half(proto.get(3)) ?? id;
  return {
    source,
    destination,
    protocol: proto.get(1)?.[0] ?? 0,
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  };
}

/** A frame's headers, from the outermost to the innermost. Pure; what is cut off is left out, never guessed. */
import { formatAddress } from '../../lib/addresses.ts';
import { type Dns, readDns } from './dns.ts';

export interface Layer {
  source: string;
  destination: string;
  ttl: number;
  /** Type of service, traffic class: where it is not 0. */
  tos?: number;
  /** Of IPv6 only where it goes in pieces. */
  id?: number;
  /** Bytes, headers included. */
  length: number;
  /** Byte where the fragment begins; absent where the packet is whole. */
  fragment?: number;
  transport: Transport;
}

export type Transport =
  | { name: 'icmp'; type: number; code: number; id?: number; seq?: number; mtu?: number; about?: Packet }
  | { name: 'tcp'; from: number; to: number; seq: number; ack: number; flags: string; bytes: number }
  | { name: 'udp'; from: number; to: number; bytes: number; dns?: Dns }
  | { name: 'other'; number: number };

export interface Packet {
  ethernet?: { source: string; destination: string };
  vlan?: number;
  arp?: { op: 'request' | 'reply'; sender: string; senderMac: string; target: string };
  ip?: Layer;
  /** What a tunnel carries. */
  inner?: { tunnel: string; packet: Packet };
  /** EtherType of what is neither IP nor ARP. */
  other?: number;
}

const mac = (bytes: Buffer) => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(':');
const four = (bytes: Buffer) => [...bytes].join('.');
const six = (bytes: Buffer) => formatAddress({ family: 6, value: BigInt(`0x${bytes.toString('hex')}`) });

const VXLAN_PORTS = [4789, 8472];
const GENEVE_PORT = 6081;
const ETHERNET_CARRIED = 0x6558;
const DNS_PORT = 53;
const ETHERNET = 14;
/** A packet in a packet in a packet: more is no tunnel but a loop in what was captured. */
const DEEPEST = 4;

export function readFrame(data: Buffer, depth = 0): Packet {
  if (data.length < ETHERNET) return {};
  const ethernet = { destination: mac(data.subarray(0, 6)), source: mac(data.subarray(6, 12)) };
  let at = 12;
  let vlan: number | undefined;
  while (at + 6 <= data.length && [0x8100, 0x88a8].includes(data.readUInt16BE(at))) {
    vlan = data.readUInt16BE(at + 2) & 0xfff;
    at += 4;
  }
  const type = data.readUInt16BE(at);
  const body = data.subarray(at + 2);
  return { ethernet, ...(vlan === undefined ? {} : { vlan }), ...readBody(type, body, depth) };
}

/** @param type EtherType */
export function readBody(type: number, body: Buffer, depth = 0): Packet {
  if (type === 0x0806 && body.length >= 28) {
    const op = body.readUInt16BE(6) === 2 ? 'reply' : 'request';
    const [senderMac, sender] = [mac(body.subarray(8, 14)), four(body.subarray(14, 18))];
    return { arp: { op, sender, senderMac, target: four(body.subarray(24, 28)) } };
  }
  if (type === 0x0800 && body.length >= 20) return readFour(body, depth);
  if (type === 0x86dd && body.length >= 40) return readSix(body, depth);
  return { other: type };
}

function readFour(body: Buffer, depth: number): Packet {
  const header = (body[0]! & 15) * 4;
  const fragment = (body.readUInt16BE(6) & 0x1fff) * 8;
  const isPart = fragment > 0 || (body[6]! & 0x20) !== 0;
  const length = body.readUInt16BE(2);
  const layer = {
    source: four(body.subarray(12, 16)),
    destination: four(body.subarray(16, 20)),
    ttl: body[8]!,
    ...(body[1] === 0 ? {} : { tos: body[1]! }),
    id: body.readUInt16BE(4),
    length,
    ...(isPart ? { fragment } : {}),
  };
  const rest = fragment > 0 ? body.subarray(0, 0) : body.subarray(header);
  return readTransport(layer, body[9]!, rest, length - header, depth);
}

/** Headers between IPv6's own and the transport's: hop-by-hop, routing, destination options, fragment. */
export const EXTENSIONS: readonly number[] = [0, 43, 60, 44];

function readSix(body: Buffer, depth: number): Packet {
  let next = body[6]!;
  let at = 40;
  let fragment: number | undefined;
  let id: number | undefined;
  // a later piece has no other header behind that of the piece: what is there is of the middle of something
  while (!fragment && EXTENSIONS.includes(next) && at + 8 <= body.length) {
    if (next === 44) [fragment, id] = [body.readUInt16BE(at + 2) & 0xfff8, body.readUInt32BE(at + 4)];
    const size = next === 44 ? 8 : (body[at + 1]! + 1) * 8;
    next = body[at]!;
    at += size;
  }
  const length = 40 + body.readUInt16BE(4);
  const tos = (body.readUInt16BE(0) >> 4) & 255;
  const layer = {
    source: six(body.subarray(8, 24)),
    destination: six(body.subarray(24, 40)),
    ttl: body[7]!,
    ...(tos === 0 ? {} : { tos }),
    ...(id === undefined ? {} : { id }),
    length,
    ...(fragment === undefined ? {} : { fragment }),
  };
  return readTransport(layer, next, fragment ? body.subarray(0, 0) : body.subarray(at), length - at, depth);
}

const FLAGS = ['FIN', 'SYN', 'RST', 'PSH', 'ACK', 'URG'];

function readTransport(
  layer: Omit<Layer, 'transport'>,
  protocol: number,
  rest: Buffer,
  bytes: number,
  depth: number,
): Packet {
  const as = (transport: Transport, carried: { inner?: NonNullable<Packet['inner']> } = {}): Packet => ({
    ip: { ...layer, transport },
    ...carried,
  });
  const other = as({ name: 'other', number: protocol });
  /** What could not be read of it, as a later piece of it or one that was cut off, is not there. */
  const deeper = (tunnel: string, read: () => Packet): { inner?: NonNullable<Packet['inner']> } => {
    const packet = depth < DEEPEST ? read() : {};
    const isRead = packet.ip !== undefined || packet.arp !== undefined || packet.ethernet !== undefined;
    return isRead ? { inner: { tunnel, packet } } : {};
  };
  if (protocol === 1 || protocol === 58) return as(readIcmp(protocol, rest, depth));
  if (protocol === 6 && rest.length >= 14) {
    const flags = FLAGS.filter((_, bit) => (rest[13]! >> bit) & 1);
    return as({
      name: 'tcp',
      from: rest.readUInt16BE(0),
      to: rest.readUInt16BE(2),
      seq: rest.readUInt32BE(4),
      ack: rest.readUInt32BE(8),
      flags: flags.join(' '),
      bytes: Math.max(0, bytes - (rest[12]! >> 4) * 4),
    });
  }
  // an error quotes eight bytes of it
  if (protocol === 6 && rest.length >= 8) {
    const [from, to, seq] = [rest.readUInt16BE(0), rest.readUInt16BE(2), rest.readUInt32BE(4)];
    return as({ name: 'tcp', from, to, seq, ack: 0, flags: '', bytes: 0 });
  }
  if (protocol === 17 && rest.length >= 8) {
    const [from, to] = [rest.readUInt16BE(0), rest.readUInt16BE(2)];
    const dns = from === DNS_PORT || to === DNS_PORT ? readDns(rest.subarray(8)) : undefined;
    const transport: Transport = {
      name: 'udp',
      from,
      to,
      bytes: Math.max(0, bytes - 8),
      ...(dns === undefined ? {} : { dns }),
    };
    if (VXLAN_PORTS.includes(to) && rest.length >= 16 + ETHERNET && (rest[8]! & 8) !== 0) {
      const vni = rest.readUIntBE(12, 3);
      return as(
        transport,
        deeper(`vxlan ${vni}`, () => readFrame(rest.subarray(16), depth + 1)),
      );
    }
    if (to === GENEVE_PORT && rest.length >= 16) {
      const at = 16 + (rest[8]! & 0x3f) * 4;
      return as(
        transport,
        deeper(`geneve ${rest.readUIntBE(12, 3)}`, () =>
          readCarried(rest.readUInt16BE(10), rest.subarray(at), depth),
        ),
      );
    }
    return as(transport);
  }
  // as Linux calls them, by what is outside
  const isSix = layer.source.includes(':');
  if (protocol === 4)
    return { ...other, ...deeper(isSix ? 'ipip6' : 'ipip', () => readBody(0x0800, rest, depth + 1)) };
  if (protocol === 41)
    return { ...other, ...deeper(isSix ? 'ip6ip6' : 'sit', () => readBody(0x86dd, rest, depth + 1)) };
  if (protocol === 47 && rest.length >= 4) {
    const { tunnel, type, carried } = readGre(rest);
    return { ...other, ...deeper(tunnel, () => readCarried(type, carried, depth)) };
  }
  return other;
}

const readCarried = (type: number, carried: Buffer, depth: number): Packet =>
  type === ETHERNET_CARRIED ? readFrame(carried, depth + 1) : readBody(type, carried, depth + 1);

const [ERSPAN, ERSPAN_3] = [0x88be, 0x22eb];

/** Generic routing encapsulation (RFC 2784, RFC 2890), which carries mirrored frames too (ERSPAN). */
function readGre(rest: Buffer): { tunnel: string; type: number; carried: Buffer } {
  const has = (bit: number) => (rest[0]! & bit) !== 0;
  const type = rest.readUInt16BE(2);
  // a checksum, a key and a sequence number are there when their bits say so
  const at = 4 + (has(0x80) ? 4 : 0);
  const size = at + (has(0x20) ? 4 : 0) + (has(0x10) ? 4 : 0);
  const carried = rest.subarray(size);
  if (type === ERSPAN || type === ERSPAN_3) {
    // the first version has no header of its own, and no sequence number
    const isBare = type === ERSPAN && !has(0x10);
    const session = isBare || carried.length < 8 ? '' : ` ${carried.readUInt16BE(2) & 0x3ff}`;
    const own = isBare ? 0 : type === ERSPAN ? 8 : (carried[11] ?? 0) & 1 ? 20 : 12;
    return { tunnel: `erspan${session}`, type: ETHERNET_CARRIED, carried: carried.subarray(own) };
  }
  const key = has(0x20) && rest.length >= at + 4 ? ` key ${rest.readUInt32BE(at)}` : '';
  return { tunnel: `${type === ETHERNET_CARRIED ? 'gretap' : 'gre'}${key}`, type, carried };
}

/** Errors quote the packet that they are about. */
const ERRORS_FOUR = [3, 4, 5, 11, 12];
const isError = (protocol: number, type: number) =>
  protocol === 1 ? ERRORS_FOUR.includes(type) : type < 128;

function readIcmp(protocol: number, rest: Buffer, depth: number): Transport {
  if (rest.length < 4) return { name: 'other', number: protocol };
  const [type, code] = [rest[0]!, rest[1]!];
  const echo = protocol === 1 ? [0, 8] : [128, 129];
  if (echo.includes(type) && rest.length >= 8)
    return { name: 'icmp', type, code, id: rest.readUInt16BE(4), seq: rest.readUInt16BE(6) };
  if (isError(protocol, type) && rest.length > 8 && depth < DEEPEST) {
    const about = readBody(protocol === 1 ? 0x0800 : 0x86dd, rest.subarray(8), depth + 1);
    const tooBig = protocol === 1 ? type === 3 && code === 4 : type === 2;
    const mtu = tooBig ? (protocol === 1 ? rest.readUInt16BE(6) : rest.readUInt32BE(4)) : undefined;
    return { name: 'icmp', type, code, about, ...(mtu === undefined ? {} : { mtu }) };
  }
  return { name: 'icmp', type, code };
}

/** How many packets it carries, one in the other. */
export const depthOf = (packet: Packet): number =>
  packet.inner === undefined ? 0 : 1 + depthOf(packet.inner.packet);

/** Its outermost header alone: what a tunnel carries is routed when it has been taken out. */
export const outermost = ({ inner: _, ...packet }: Packet): Packet => packet;

/** What of it carries so many packets; undefined where there are not so many. */
export function layerAt(packet: Packet, depth: number): Packet | undefined {
  const own = depthOf(packet);
  if (own === depth) return packet;
  return own < depth ? undefined : layerAt(packet.inner!.packet, depth);
}

/** By its header alone: what is in it may not be known. */
export function isForTunnel({ ip }: Packet): boolean {
  const transport = ip?.transport;
  if (transport?.name === 'udp') return [...VXLAN_PORTS, GENEVE_PORT].includes(transport.to);
  return transport?.name === 'other' && [4, 41, 47].includes(transport.number);
}

/** The packet that matters: what the innermost tunnel carries. */
export function innermost(packet: Packet): Packet {
  return packet.inner === undefined ? packet : innermost(packet.inner.packet);
}

/**
 * What stays the same of a packet wherever it is seen: neither addresses nor ports, which NAT changes, nor the TTL.
 * undefined for what has nothing of the kind.
 */
export function identity(packet: Packet): string | undefined {
  const { arp, ip } = innermost(packet);
  if (arp !== undefined) return `arp ${arp.op} ${arp.sender} ${arp.target}`;
  if (ip === undefined) return undefined;
  const { transport, id, fragment } = ip;
  const head = `${id ?? ''}/${fragment ?? ''}/${transport.name}`;
  switch (transport.name) {
    case 'icmp':
      return `${head} ${transport.type} ${transport.code} ${transport.seq ?? ''} ${transport.about ? (identity(transport.about) ?? '') : ''}`;
    case 'tcp':
      return `${head} ${transport.seq} ${transport.ack} ${transport.flags}`;
    case 'udp':
      return `${head} ${transport.bytes}`;
    case 'other':
      return `${head} ${transport.number} ${ip.length}`;
  }
}

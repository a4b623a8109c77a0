/**
 * Messages of rtnetlink(7): what is asked about a routing decision, and what the kernel answers (linux/rtnetlink.h,
 * linux/neighbour.h, linux/if_link.h). Pure.
 */

import { formatAddress, parseAddress } from '../../lib/addresses.ts';
import { type Attributes, attributesOf, HEADER, messagesOf } from '../read/netlink.ts';
import type { RouteQuestion } from './model.ts';
import { isRead, readTunnel, readVrf, type Tunnel } from './tunnels.ts';

const [NEW_LINK, GET_LINK, NEW_ROUTE, GET_ROUTE, NEW_NEIGHBOUR, GET_NEIGHBOUR] = [16, 18, 24, 26, 28, 30];
const ERROR = 2;
const REQUEST = 1;
const DUMP = 0x300;
/** RTM_F_LOOKUP_TABLE, RTM_F_FIB_MATCH: with its table; the entry that matched instead of the next hop alone. */
const [WITH_TABLE, MATCHED] = [0x1000, 0x2000];
/** IFF_UP */
const IS_UP = 1;
/** RTEXT_FILTER_SKIP_STATS */
const NO_STATISTICS = 8;

const FAMILY = { 4: 2, 6: 10 } as const;

function attribute(type: number, value: Buffer): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt16LE(4 + value.length, 0);
  head.writeUInt16LE(type, 2);
  return Buffer.concat([head, value, Buffer.alloc(-value.length & 3)]);
}

function message(type: number, flags: number, body: Buffer): Buffer {
  const head = Buffer.alloc(HEADER);
  head.writeUInt32LE(HEADER + body.length, 0);
  head.writeUInt16LE(type, 4);
  head.writeUInt16LE(REQUEST | flags, 6);
  return Buffer.concat([head, body]);
}

const word = (value: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value >>> 0, 0);
  return bytes;
};
const port = (value: number) => Buffer.from([value >> 8, value & 255]);

function addressBytes(text: string): Buffer {
  const { family, value } = parseAddress(text)!;
  return Buffer.from(value.toString(16).padStart(family === 6 ? 32 : 8, '0'), 'hex');
}

/** @param what the entry of the table that matched, or the next hop that is taken of it */
export function routeRequest(question: RouteQuestion, what: 'entry' | 'hop'): Buffer {
  const { source, destination, mark, protocol, from, to, index, device, uid, tos } = question;
  const isSix = destination.includes(':');
  const bits = isSix ? 128 : 32;
  const body = Buffer.alloc(12);
  body.set([FAMILY[isSix ? 6 : 4], bits, source === '' ? 0 : bits, (tos ?? 0) & 0xfc], 0);
  body.writeUInt32LE(WITH_TABLE | (what === 'entry' ? MATCHED : 0), 8);
  const attributes = [attribute(1, addressBytes(destination))];
  if (source !== '') attributes.push(attribute(2, addressBytes(source)));
  if (index !== undefined) attributes.push(attribute(3, word(index)));
  if (device !== undefined) attributes.push(attribute(4, word(device)));
  if (mark !== undefined) attributes.push(attribute(16, word(mark)));
  if (uid !== undefined) attributes.push(attribute(25, word(uid)));
  if (protocol !== undefined) attributes.push(attribute(27, Buffer.from([protocol])));
  if (from !== undefined && to !== undefined)
    attributes.push(attribute(28, port(from)), attribute(29, port(to)));
  return message(GET_ROUTE, 0, Buffer.concat([body, ...attributes]));
}

export const linksRequest = (): Buffer =>
  message(GET_LINK, DUMP, Buffer.concat([Buffer.alloc(16), attribute(29, word(NO_STATISTICS))]));
export const neighboursRequest = (): Buffer => message(GET_NEIGHBOUR, DUMP, Buffer.alloc(12));
export const routesRequest = (): Buffer => message(GET_ROUTE, DUMP, Buffer.alloc(12));

export interface RouteReply {
  family: 4 | 6;
  type: string;
  prefix: string;
  table: number;
  via?: string;
  /** Index of the interface. */
  device?: number;
  source?: string;
  metric?: number;
  mtu?: number;
  /** Of several next hops: how many. */
  hops?: number;
}

const TYPES = [
  'unspecified',
  'unicast',
  'local',
  'broadcast',
  'anycast',
  'multicast',
  'blackhole',
  'unreachable',
  'prohibit',
  'throw',
];

const addressOf = (bytes: Buffer | undefined): string | undefined => {
  if (bytes?.length === 4) return [...bytes].join('.');
  if (bytes?.length !== 16) return undefined;
  return formatAddress({ family: 6, value: BigInt(`0x${bytes.toString('hex')}`) });
};
const wordOf = (bytes: Buffer | undefined) => (bytes?.length === 4 ? bytes.readUInt32LE(0) : undefined);

/** RTA_VIA: the next hop of another family. */
const viaOf = (attributes: Attributes) =>
  addressOf(attributes.get(5)) ?? addressOf(attributes.get(18)?.subarray(2));

/** The next hops of one route: struct rtnexthop, each with attributes of its own. */
function hopsOf(body: Buffer | undefined): { device: number; via?: string }[] {
  const hops: { device: number; via?: string }[] = [];
  for (let at = 0; body !== undefined && at + 8 <= body.length; ) {
    const length = body.readUInt16LE(at);
    if (length < 8 || at + length > body.length) break;
    const via = viaOf(attributesOf(body.subarray(at + 8, at + length)));
    hops.push({ device: body.readUInt32LE(at + 4), ...(via === undefined ? {} : { via }) });
    at += (length + 3) & ~3;
  }
  return hops;
}

function routeOf(body: Buffer): RouteReply | undefined {
  if (body.length < 12) return undefined;
  const attributes = attributesOf(body.subarray(12));
  const isSix = body[0] === FAMILY[6];
  const destination = addressOf(attributes.get(1)) ?? (isSix ? '::' : '0.0.0.0');
  const hops = hopsOf(attributes.get(9));
  const via = viaOf(attributes) ?? hops[0]?.via;
  const device = wordOf(attributes.get(4)) ?? hops[0]?.device;
  const source = addressOf(attributes.get(7));
  const metric = wordOf(attributes.get(6));
  const mtu = wordOf(attributesOf(attributes.get(8) ?? Buffer.alloc(0)).get(2));
  return {
    family: isSix ? 6 : 4,
    type: TYPES[body[7]!] ?? String(body[7]),
    prefix: body[1] === 0 ? 'default' : `${destination}/${body[1]}`,
    table: wordOf(attributes.get(15)) ?? body[4]!,
    ...(via === undefined ? {} : { via }),
    ...(device === undefined ? {} : { device }),
    ...(source === undefined ? {} : { source }),
    ...(metric === undefined || metric === 0 ? {} : { metric }),
    ...(mtu === undefined ? {} : { mtu }),
    ...(hops.length > 1 ? { hops: hops.length } : {}),
  };
}

/** The routes of an answer; or the number of the error that it is instead. */
export function readRoutes(data: Buffer): { routes: RouteReply[]; error?: number } {
  const routes: RouteReply[] = [];
  for (const { type, body } of messagesOf(data)) {
    if (type === ERROR && body.length >= 4 && body.readInt32LE(0) !== 0)
      return { routes, error: -body.readInt32LE(0) };
    const route = type === NEW_ROUTE ? routeOf(body) : undefined;
    if (route !== undefined) routes.push(route);
  }
  return { routes };
}

/** By type of message: bytes of its own header, and the attributes that are read here. */
const READ: Readonly<Record<number, { head: number; kept: readonly number[] }>> = {
  [NEW_LINK]: { head: 16, kept: [3, 10, 18] },
  [NEW_ROUTE]: { head: 12, kept: [1, 4, 5, 6, 7, 8, 9, 15, 18] },
  [NEW_NEIGHBOUR]: { head: 12, kept: [1, 2] },
};

/** The same answer with no more than is read of it: the kernel tells a lot about an interface. */
export function lean(data: Buffer): Buffer {
  const messages: Buffer[] = [];
  for (const { type, body } of messagesOf(data)) {
    const read = READ[type];
    if (read === undefined || body.length < read.head) {
      if (type === ERROR) messages.push(message(type, 0, body));
      continue;
    }
    const kept = [...attributesOf(body.subarray(read.head))]
      .filter(([name]) => read.kept.includes(name))
      .map(([name, value]) => {
        if (type !== NEW_LINK || name !== 18) return attribute(name, value);
        const [kind, own] = [attributesOf(value).get(1), attributesOf(value).get(2)];
        if (kind === undefined) return attribute(name, Buffer.alloc(0));
        const isTold = own !== undefined && isRead(text(kind)!);
        return attribute(name, Buffer.concat([attribute(1, kind), ...(isTold ? [attribute(2, own)] : [])]));
      });
    messages.push(message(type, 0, Buffer.concat([body.subarray(0, read.head), ...kept])));
  }
  return Buffer.concat(messages);
}

export interface Link {
  name: string;
  up: boolean;
  /** `veth`, `bridge`, `vrf`; absent for hardware and `lo`. */
  kind?: string;
  /** Index of the bridge, bond or VRF that it is part of. */
  master?: number;
  tunnel?: Tunnel;
  /** Of a VRF: its table. */
  table?: number;
}

const text = (bytes: Buffer | undefined) => bytes?.toString('utf8').replace(/\0.*$/s, '');

/** By index. */
export function readLinks(data: Buffer): Map<number, Link> {
  const links = new Map<number, Link>();
  for (const { type, body } of messagesOf(data)) {
    if (type !== NEW_LINK || body.length < 16) continue;
    const attributes = attributesOf(body.subarray(16));
    const name = text(attributes.get(3));
    if (name === undefined) continue;
    const info = attributesOf(attributes.get(18) ?? Buffer.alloc(0));
    const [kind, own] = [text(info.get(1)), info.get(2)];
    const tunnel = kind === undefined || own === undefined ? undefined : readTunnel(kind, own);
    const table = kind === undefined || own === undefined ? undefined : readVrf(kind, own);
    const master = wordOf(attributes.get(10));
    links.set(body.readInt32LE(4), {
      name,
      up: (body.readUInt32LE(8) & IS_UP) !== 0,
      ...(kind === undefined ? {} : { kind }),
      ...(master === undefined ? {} : { master }),
      ...(tunnel === undefined ? {} : { tunnel }),
      ...(table === undefined ? {} : { table }),
    });
  }
  return links;
}

/** MAC addresses by index of the interface and address of the neighbour: `2 10.0.0.1`. */
export function readNeighbours(data: Buffer): Map<string, string> {
  const known = new Map<string, string>();
  for (const { type, body } of messagesOf(data)) {
    if (type !== NEW_NEIGHBOUR || body.length < 12) continue;
    const attributes = attributesOf(body.subarray(12));
    const address = addressOf(attributes.get(1));
    const mac = attributes.get(2);
    if (address === undefined || mac?.length !== 6) continue;
    const written = [...mac].map((byte) => byte.toString(16).padStart(2, '0')).join(':');
    known.set(`${body.readInt32LE(4)} ${address}`, written);
  }
  return known;
}

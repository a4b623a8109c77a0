/** A network interface as `ip -j -d addr` shows it. */
import { isJson, type Json, number, text, texts } from './json.ts';

export interface LinkAddress {
  family: 4 | 6;
  /** With prefix: `10.0.0.11/24`. */
  prefix: string;
  scope: string;
  /** Nobody is told that it is there, until it is sure that no other has it (RFC 4862, 5.4); `failed`: another has it. */
  tentative?: 'yes' | 'failed';
}

/** Every interface that is up has one of these (fe80::/10, RFC 4291, 2.5.6): it says nothing of the network. */
export const isLinkLocal = (address: string): boolean => /^fe[89ab]/i.test(address);

export interface Tunnel {
  /** `vxlan`, `gre`, ...: as `ip link` has it. */
  kind: string;
  /** Where its other end is, and the address that it sends from, where it names one. */
  remote: string;
  local?: string;
  /** VXLAN's number or GRE's key: what it takes in, and what it sends. */
  takes?: number;
  sends?: number;
  /** Of UDP. */
  port?: number;
  /** What it sends may not be cut into pieces. */
  whole?: boolean;
}

export interface Link {
  index: number;
  name: string;
  flags: readonly string[];
  /** The administrative flag: what `ip link set up` sets. */
  up: boolean;
  /** There is a carrier: the other end of the cable is up too. */
  lowerUp: boolean;
  mtu?: number;
  qdisc?: string;
  mac?: string;
  /** `veth`, `bridge`, ...; `loopback` for lo; undefined for a plain device. */
  kind?: string;
  /** The bridge (or bond, vrf) that it is a port of. */
  master?: string;
  /** Index of the other end of a veth, in the peer's own namespace. */
  peerIndex?: number;
  /** Name of the other end, when it is in the same namespace. */
  peerName?: string;
  /** Id of the peer's namespace as numbered in this link's namespace; undefined when it is the same one. */
  peerNetnsId?: number;
  addresses: readonly LinkAddress[];
  /** Of a tunnel with one other end. */
  tunnel?: Tunnel;
  /** Of a VRF: its table. */
  table?: string;
  /** Of a bridge: whether it runs the spanning tree protocol. */
  stp?: boolean;
}

function readAddresses(raw: unknown): LinkAddress[] {
  if (!Array.isArray(raw)) return [];
  return raw.filter(isJson).flatMap((entry) => {
    const local = text(entry.local);
    const length = number(entry.prefixlen);
    // `address` is the far end of a point-to-point interface, which is not its own address.
    if (local === undefined || length === undefined) return [];
    return [
      {
        family: entry.family === 'inet6' ? 6 : 4,
        prefix: `${local}/${length}`,
        scope: text(entry.scope) ?? '',
        // an optimistic one is used meanwhile (RFC 4429)
        ...(entry.dadfailed === true
          ? { tentative: 'failed' as const }
          : entry.tentative === true && entry.optimistic !== true
            ? { tentative: 'yes' as const }
            : {}),
      },
    ];
  });
}

const TUNNELS = ['vxlan', 'geneve', 'gre', 'gretap', 'ip6gre', 'ip6gretap', 'ipip', 'sit', 'ip6tnl'];

/** `0.0.0.7`: a key is written like an address. */
const keyOf = (raw: unknown): number | undefined =>
  text(raw)
    ?.split('.')
    .reduce((sum, part) => sum * 256 + Number(part), 0);

function readTunnel(kind: string, data: Json): Tunnel | undefined {
  const remote = text(data.remote) ?? text(data.remote6);
  if (!TUNNELS.includes(kind) || remote === undefined || remote === 'any') return undefined;
  const local = text(data.local) ?? text(data.local6);
  const [id, port] = [number(data.id), number(data.port)];
  const [takes, sends] = [id ?? keyOf(data.ikey), id ?? keyOf(data.okey)];
  return {
    kind,
    remote,
    ...(local === undefined || local === 'any' ? {} : { local }),
    ...(takes === undefined ? {} : { takes }),
    ...(sends === undefined ? {} : { sends }),
    ...(port === undefined ? {} : { port }),
    ...(data.pmtudisc === true || data.df === 'set' ? { whole: true } : {}),
  };
}

export function readLink(raw: Json): Link | undefined {
  const index = number(raw.ifindex);
  const name = text(raw.ifname);
  if (index === undefined || name === undefined || !Array.isArray(raw.flags)) return undefined;
  const flags = texts(raw.flags);
  const info = isJson(raw.linkinfo) ? raw.linkinfo : {};
  const data = isJson(info.info_data) ? info.info_data : {};
  const kind = raw.link_type === 'loopback' ? 'loopback' : text(info.info_kind);
  const stp = number(data.stp_state);
  const tunnel = kind === undefined ? undefined : readTunnel(kind, data);
  return {
    index,
    name,
    flags,
    up: flags.includes('UP'),
    lowerUp: flags.includes('LOWER_UP'),
    mtu: number(raw.mtu),
    qdisc: text(raw.qdisc),
    mac: text(raw.address),
    kind,
    master: text(raw.master),
    peerIndex: number(raw.link_index),
    peerName: text(raw.link),
    peerNetnsId: number(raw.link_netnsid),
    addresses: readAddresses(raw.addr_info),
    ...(tunnel === undefined ? {} : { tunnel }),
    ...(kind === 'vrf' && number(data.table) !== undefined ? { table: String(data.table) } : {}),
    stp: kind === 'bridge' && stp !== undefined ? stp !== 0 : undefined,
  };
}

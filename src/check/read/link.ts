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
  /** Of a VXLAN device with one other end: its number, and where that end is. */
  tunnel?: { id: number; remote: string };
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

export function readLink(raw: Json): Link | undefined {
  const index = number(raw.ifindex);
  const name = text(raw.ifname);
  if (index === undefined || name === undefined || !Array.isArray(raw.flags)) return undefined;
  const flags = texts(raw.flags);
  const info = isJson(raw.linkinfo) ? raw.linkinfo : {};
  const data = isJson(info.info_data) ? info.info_data : {};
  const kind = raw.link_type === 'loopback' ? 'loopback' : text(info.info_kind);
  const stp = number(data.stp_state);
  const [id, remote] = [number(data.id), text(data.remote) ?? text(data.remote6)];
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
    ...(kind === 'vxlan' && id !== undefined && remote !== undefined ? { tunnel: { id, remote } } : {}),
    stp: kind === 'bridge' && stp !== undefined ? stp !== 0 : undefined,
  };
}

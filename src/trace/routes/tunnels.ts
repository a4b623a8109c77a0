/** What the kernel says of a tunnel or a VRF (linux/if_tunnel.h, linux/if_link.h): where it leads, and how it sends. Pure. */
import { formatAddress } from '../../lib/addresses.ts';
import { attributesOf } from '../read/netlink.ts';

export interface Tunnel {
  /** `gre`, `vxlan`, ...: as `ip link` names it. */
  kind: string;
  local?: string;
  remote?: string;
  /** The number or key that it takes, and the one that it sends. */
  takes?: number;
  sends?: number;
  /** Of UDP. */
  port?: number;
  /** Index of the interface or VRF that what it sends is bound to. */
  link?: number;
  /** That what it sends is routed by. */
  mark?: number;
}

/** Numbers of the attributes; of GRE a flag says whether there is a key. */
interface Layout {
  link?: number;
  local?: readonly number[];
  remote: readonly number[];
  mark?: number;
  port?: number;
  id?: number;
  keys?: { flags: readonly [number, number]; values: readonly [number, number] };
}

const GRE: Layout = {
  link: 1,
  local: [6],
  remote: [7],
  mark: 20,
  keys: { flags: [2, 3], values: [4, 5] },
};
const IP: Layout = { link: 1, local: [2], remote: [3], mark: 20 };
const LAYOUTS: Readonly<Record<string, Layout>> = {
  gre: GRE,
  gretap: GRE,
  erspan: GRE,
  ip6gre: GRE,
  ip6gretap: GRE,
  ip6erspan: GRE,
  ipip: IP,
  sit: IP,
  ip6tnl: IP,
  vxlan: { id: 1, link: 3, local: [4, 17], remote: [2, 16], port: 15 },
  geneve: { id: 1, remote: [2, 7], port: 5 },
};
/** GRE_KEY, in the network's order. */
const HAS_KEY = 0x2000;

/** Kinds whose own data is read. */
export const isRead = (kind: string): boolean => kind === 'vrf' || Object.hasOwn(LAYOUTS, kind);

/** @param data IFLA_INFO_DATA */
export function readTunnel(kind: string, data: Buffer): Tunnel | undefined {
  const layout = Object.hasOwn(LAYOUTS, kind) ? LAYOUTS[kind] : undefined;
  if (layout === undefined) return undefined;
  const all = attributesOf(data);
  const own = (number: number | undefined) => {
    const bytes = number === undefined ? undefined : all.get(number);
    return bytes?.length === 4 ? bytes.readUInt32LE(0) || undefined : undefined;
  };
  const address = (numbers: readonly number[] = []) =>
    numbers.map((number) => addressOf(all.get(number))).find((each) => each !== undefined);
  const key = (end: 0 | 1) => {
    const flags = layout.keys && all.get(layout.keys.flags[end]);
    const value = layout.keys && all.get(layout.keys.values[end]);
    const has = flags?.length === 2 && (flags.readUInt16BE(0) & HAS_KEY) !== 0;
    return has && value?.length === 4 ? value.readUInt32BE(0) : undefined;
  };
  const id = layout.id === undefined ? undefined : own(layout.id);
  const port = layout.port === undefined ? undefined : all.get(layout.port);
  const told = {
    local: address(layout.local),
    remote: address(layout.remote),
    takes: id ?? key(0),
    sends: id ?? key(1),
    port: port?.length === 2 ? port.readUInt16BE(0) : undefined,
    link: own(layout.link),
    mark: own(layout.mark),
  };
  return { kind, ...Object.fromEntries(Object.entries(told).filter(([, value]) => value !== undefined)) };
}

/** IFLA_VRF_TABLE */
export function readVrf(kind: string, data: Buffer): number | undefined {
  const table = kind === 'vrf' ? attributesOf(data).get(1) : undefined;
  return table?.length === 4 ? table.readUInt32LE(0) : undefined;
}

/** None where it is all zeros: anywhere. */
function addressOf(bytes: Buffer | undefined): string | undefined {
  if (bytes === undefined || bytes.every((byte) => byte === 0)) return undefined;
  if (bytes.length === 4) return [...bytes].join('.');
  if (bytes.length !== 16) return undefined;
  return formatAddress({ family: 6, value: BigInt(`0x${bytes.toString('hex')}`) });
}

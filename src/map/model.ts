/**
 * A network as a graph: hosts, namespaces, interfaces and the cables between them. Plain JSON, made by `networkOf` from
 * an observation, drawn by `layoutMap`, compared by `diffNetworks`. Texts are as the kernel gave them: whoever draws
 * them makes them harmless.
 */
import type { Route } from '../check/read/route.ts';

export interface Network {
  hosts: readonly MapHost[];
  /** Each cable once. */
  cables: readonly Cable[];
}

export interface MapHost {
  name: string;
  /** Why it could not be looked at. */
  failure?: string;
  /** The host's own first, then named ones by name, then those that only processes are in. */
  spaces: readonly Space[];
}

/** One network namespace. Two names of one inode are one namespace. */
export interface Space {
  /** `host/name`, `host/` for the host's own, `host/#inode` for one without a name. Stays the same over resets. */
  key: string;
  host: string;
  /** Names under /run/netns; '' stands for the host's own; empty for one without a name. */
  names: readonly string[];
  inode: string;
  /** `bash 2`: processes that are in a namespace without a name. */
  processes: readonly string[];
  /** Why its interfaces are not known. */
  unseen?: string;
  /** By index, as the kernel lists them. */
  interfaces: readonly Interface[];
  /** Of all tables but `local`. */
  routes: readonly Route[];
  /** net.ipv4.ip_forward; absent when it was not read. */
  forwarding?: boolean;
  marks: readonly FirewallMark[];
}

/** - `half`: set up, but without a carrier: the other end is down or there is none. */
export type InterfaceState = 'up' | 'down' | 'half';

export interface Interface {
  name: string;
  index: number;
  state: InterfaceState;
  kind?: string;
  mac?: string;
  mtu?: number;
  master?: string;
  /** With prefix length, in the kernel's order. */
  addresses: readonly string[];
}

/** What the packet filter does to packets that pass: translation, and a FORWARD chain that drops. */
export interface FirewallMark {
  kind: 'masquerade' | 'snat' | 'dnat' | 'redirect' | 'forward-drop';
  /** `masquerade from 10.1.0.0/24 out eth0`. */
  text: string;
}

/** An interface by the key of its namespace and its name. */
export interface Socket {
  space: string;
  interface: string;
}

/** - `underlay`: the network between the hosts; - `unknown`: in a namespace that was not looked into. */
export type CableEnd = Socket | 'underlay' | 'unknown';

export interface Cable {
  a: Socket;
  b: CableEnd;
  /** Both ends are up, so packets pass. */
  live: boolean;
}

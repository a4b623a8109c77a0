/** A routing decision: what a packet's header asks of the routing tables, and what they answer. Plain JSON. */

/** A header as it stands before the decision. */
export interface RouteQuestion {
  /** `output`: the packet is made here; `input`: it has come in, for here or to be sent on. */
  way: 'output' | 'input';
  /** '' where no packet was made that would have one. */
  source: string;
  destination: string;
  /** ICMP, TCP, UDP: of others the kernel takes no number. */
  protocol?: number;
  from?: number;
  to?: number;
  /** The packet's mark, where it has one. */
  mark?: number;
  tos?: number;
  /** Index of the interface that it came in by. */
  index?: number;
  /** Index of the interface that it is bound to: a VRF, what a tunnel sends by, or that of an address which is of one link alone. */
  device?: number;
  /** Of the user whose socket sends it, where a rule asks for users: the first of those that such rules treat alike. */
  uid?: number;
  /** The last of those. */
  uidEnd?: number;
}

/** What the kernel answered. */
export interface RouteAnswer {
  /** `unicast`, `local`, `broadcast`, ... */
  type: string;
  /** The entry that matched: `default`, `10.0.0.0/8`. */
  prefix: string;
  table: number;
  /** The VRF whose table that is. */
  vrf?: string;
  via?: string;
  dev?: string;
  source?: string;
  metric?: number;
  /** Less than the interface's: learnt of an ICMP error, or set. */
  mtu?: number;
  /** Where the entry has several next hops. */
  hops?: number;
}

/** It named no route. */
export interface RouteRefusal {
  /** `ENETUNREACH`. */
  error: string;
  why: 'no route' | 'blackhole' | 'prohibit' | 'unreachable' | 'forwarding' | 'rp_filter' | 'refused';
  /** The entry, where the table has one that refuses. */
  prefix?: string;
  table?: number;
  /** The interface that it came in by. */
  dev?: string;
}

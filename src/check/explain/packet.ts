/** What travels, in as much detail as routes and rules ask about. */
import type { Address } from '../../lib/addresses.ts';
import type { Link } from '../read/link.ts';
import type { Node } from './world.ts';

/** The last three are what tunnels send, as iptables calls them. */
export type Protocol = 'icmp' | 'tcp' | 'udp' | 'gre' | 'ipencap' | 'ipv6';

export interface Packet {
  source?: Address;
  destination: Address;
  protocol: Protocol;
  /** Of tcp and udp. */
  port?: number;
  /** Of ICMPv6, where it is not an echo: neighbour discovery (RFC 4861, 4.2 to 4.4). */
  discovery?: 'solicitation' | 'advertisement' | 'router';
  /** The answer: the server's port is its source port. */
  answer: boolean;
  /** Nodes that have seen its way there: to their connection tracking the answer is established, to others it is invalid. */
  knownTo?: ReadonlySet<Node>;
  /** A later packet of a connection: these nodes have not seen its answer, and take it for invalid. */
  unansweredAt?: ReadonlySet<Node>;
  /** The tunnels that it is sent by: what is in it goes through them. */
  within?: readonly Link[];
  /** Of the whole IP packet, when it may not be fragmented. */
  bytes?: number;
}

/** What travels, in as much detail as routes and rules ask about. */
import type { Address } from '../../lib/addresses.ts';

export type Protocol = 'icmp' | 'tcp' | 'udp';

export interface Packet {
  source?: Address;
  destination: Address;
  protocol: Protocol;
  /** Of tcp and udp. */
  port?: number;
  /** The answer: connection tracking calls it established, and the server's port is its source port. */
  answer: boolean;
  /** Of the whole IP packet, when it may not be fragmented. */
  bytes?: number;
}

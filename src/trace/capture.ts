/**
 * A trace as it was captured (sandbox/agent/trace.pl): raw, plain JSON, so that it can be recorded and read again.
 * Nothing here is understood yet; `read/` decodes and `order.ts` puts it in order.
 */

/** One network namespace that was watched. */
export interface TraceSpace {
  /** '' for what joins the hosts of a sandbox. */
  host: string;
  /** '' for the host's own; `#inode` for one without a name. */
  netns: string;
  inode: string;
  /** Of one without a name: the process that it lives by. */
  words?: string;
  /** Names of the interfaces that were seen, by index. */
  interfaces: Readonly<Record<number, string>>;
  /** What kind of link they are, by index: ARPHRD_ of linux/if_arp.h. Absent in what was captured before it was asked for. */
  hardware?: Readonly<Record<number, number>>;
  /** Other ends of tunnels that have one alone, by index: read of the answers, never captured. */
  remotes?: Readonly<Record<number, string>>;
  /** What could not be watched here, and why. */
  gaps: readonly TraceGap[];
  /** The kernel's counters before and after (`/proc/net/snmp`, `netstat`, `snmp6`). */
  counters?: { before: string; after: string };
  /** `nft -a list ruleset`, where rules took decisions. */
  rules?: string;
  /** `iptables-save`, likewise. */
  iptables?: string;
}

export interface TraceGap {
  /**
   * `legacy`: tables of iptables-legacy, which nf_tables' trace does not show; `late`: its first rules were made while it
   * was watched.
   */
  what: 'space' | 'frames' | 'filter' | 'legacy' | 'late' | 'trace';
  why: string;
}

/** A frame as a packet socket got it. */
export interface RawFrame {
  /** Number of its space. */
  space: number;
  index: number;
  /** `sll_pkttype` of packet(7): 0 to us, 1 broadcast, 2 multicast, 3 to another, 4 sent. */
  type: number;
  /** EtherType, as the kernel sees it. */
  protocol: number;
  /** Nanoseconds since 1970 of the machine's clock, in decimal: more digits than a number holds. */
  at: string;
  /** Bytes on the wire, of which `data` may be the first part. */
  length: number;
  /** Base64. */
  data: string;
}

/** Messages of nfnetlink, as many as one datagram held. */
export interface RawFilter {
  space: number;
  /** When we read it: the kernel puts no time on it. */
  at: string;
  data: string;
}

/** What was asked of a namespace when the packets had been seen (`routes/`), and its answer. */
export interface RawAnswer {
  space: number;
  /** What it was about, in the words of whoever asked. */
  key: string;
  /** When, by the machine's clock. */
  at: string;
  /** Base64: messages of rtnetlink, or what a file holds. */
  data: string;
}

export interface TraceCapture {
  spaces: readonly TraceSpace[];
  /** In the order in which they were read. */
  frames: readonly RawFrame[];
  filter: readonly RawFilter[];
  /** About the routes that were chosen; absent in what was captured before they were asked for. */
  answers?: readonly RawAnswer[];
  /** Spaces in which more came than could be kept. */
  lost: readonly { space: number; what: 'frames' | 'filter' }[];
  /** Spaces of one kernel have one clock; by number of the first machine that has it. Absent: all are of one. */
  clocks?: readonly number[];
  /** What was run while it was watched. */
  command: {
    host: string;
    netns: string;
    argv: readonly string[];
    exit: number | null;
    stdout: string;
    stderr: string;
    failure?: string;
  };
}

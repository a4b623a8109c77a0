/** A trace in order: what became of each packet, step by step. Plain JSON; every step is something the kernel said. */
import type { Connection, Decision } from './read/netfilter.ts';
import type { Packet } from './read/packet.ts';
import type { RouteAnswer, RouteQuestion, RouteRefusal } from './routes/model.ts';

/** A namespace of the trace, by its number in the capture. */
export interface Place {
  space: number;
  /** `client1`, `host`, `web on node01`, `between the hosts`. */
  title: string;
}

/** A frame on an interface. */
export interface Sighting extends Place {
  is: 'frame';
  /** Nanoseconds since the first step of the trace. */
  at: number;
  interface: string;
  direction: 'in' | 'out';
  /** The frame came in for another's MAC: only a bridge takes it on. */
  passing?: true;
  packet: Packet;
  /** What is not as it was one sighting before. */
  changes: readonly Change[];
}

export interface Change {
  field: 'source' | 'destination' | 'ttl' | 'outer ttl' | 'mac' | 'tunnel';
  before: string;
  after: string;
}

/** What a rule or a policy decided. */
export interface Ruling extends Place {
  is: 'ruling';
  decision: Decision;
  hook?: string;
  /** The rule in the words of its tool; absent for policies, and where the rule is gone by now. */
  line?: string;
  /** It was about what a tunnel has put around the packet; how many packets are in that, one in the other. */
  around?: number;
  /** Nothing was decided: it was only seen at this hook, by the chain that asks for the trace. */
  onlySeen?: true;
  /** Names of the interfaces. */
  in?: string;
  out?: string;
}

/** A connection whose addresses the kernel changes. */
export interface Translated extends Place {
  is: 'translated';
  connection: Connection;
}

/**
 * A route that was chosen. The kernel makes no event of that: this is its answer for the packet's very header, asked
 * for after it, beside what was then seen of the packet.
 */
export interface Routed extends Place {
  is: 'route';
  asked: RouteQuestion;
  /** The destination is another than the one that it came with. */
  translated?: true;
  /** Rules changed it then, and it was routed once more. */
  again?: true;
  /** Milliseconds from the packet to the question; absent where it was not asked. */
  after?: number;
  answer?: RouteAnswer;
  refusal?: RouteRefusal;
  /** Whether the packet was then seen to go so; `unseen` where nothing shows it. */
  borne: 'yes' | 'no' | 'unseen';
  evidence: string;
}

export type Step = Sighting | Ruling | Translated | Routed;

/** How it ended, as far as anything shows. */
export interface End extends Place {
  state: 'answered' | 'refused' | 'dropped' | 'arrived' | 'unknown';
  words: string;
}

/** One packet from where it was first seen to where it was last seen. */
export interface Journey {
  /** `ICMP echo request 10.0.0.1 → 10.0.0.2`. */
  title: string;
  kind: 'arp' | 'packet';
  /** Sent in answer to one that was seen before. */
  answer: boolean;
  steps: readonly Step[];
  end: End;
}

export interface Trace {
  /** `said`: its first line of complaint. */
  command: {
    host: string;
    netns: string;
    argv: readonly string[];
    exit: number | null;
    failure?: string;
    said?: string;
  };
  start: Place;
  journeys: readonly Journey[];
  /** No packet was made: what the kernel says of the addresses in the command. */
  unsent?: readonly Routed[];
  /** Frames that were seen too and belong to nothing of the command. */
  others: number;
  /** What could not be watched, a line each. */
  missing: readonly string[];
}

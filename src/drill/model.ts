/** What a drill is made of: a network that works, and one or more faults in it. Plain data. */
import type { z } from 'zod';
import type { topologySchema } from '../lesson/topology/schema.ts';

export const TOPICS = [
  'link',
  'address',
  'route',
  'forward',
  'firewall',
  'nat',
  'service',
  'mtu',
  'neighbour',
  'ipv6',
  'dns',
] as const;
export type Topic = (typeof TOPICS)[number];

export type Declared = z.input<typeof topologySchema>;

/** Something that must work; what a check asks. */
export interface Flow {
  id: string;
  /** '' is the host's own namespace. */
  from: string;
  /** A check without its place: `{ ping: '10.0.0.1' }`. */
  check: Readonly<Record<string, unknown>>;
  /** As a colleague would say that it does not work: `nothing from web reaches db`. */
  trouble: string;
  /** The nodes that it passes, the sender first. */
  path: readonly Stop[];
}

/** A node of a flow's way: by which interface it comes in and goes out. */
export interface Stop {
  netns: string;
  in?: string;
  out?: string;
  /** Of the interface that it comes in by, at the last node: what the flow asks for. */
  address?: string;
  /** The node only carries what passes between these ports. */
  bridge?: string;
}

export interface Network {
  id: string;
  /** Which faults it has a place for: those of IPv4, of IPv6, of a name server. */
  kind?: 'four' | 'six' | 'names';
  title: string;
  topology: Declared;
  /** Shell that makes what a topology does not say: NAT, servers. */
  more: string;
  flows: readonly Flow[];
  /** The namespace of its server (busybox httpd, with the pages in /srv/NAME). */
  server: string;
  /** How its server is started, as the page of the lesson says it; default: busybox httpd. */
  servers?: string;
  /** Told at the head of the ticket: who is who. */
  about: string;
}

export interface Fault {
  id: string;
  topic: Topic;
  /** What it is a fault of, where its topic is a family or a service; of two faults at once, each is of another. */
  area?: Topic;
  level: 1 | 2 | 3 | 4 | 5;
  /** Shell on the host that breaks it, and that mends it again. */
  break: string;
  mend: string;
  /** The flows that no longer work; all others still do. */
  stops: readonly string[];
  /** Flows that work with it whatever befalls those that they are meant for: another answers. */
  masks?: readonly string[];
  /** Checks that must hold as well once it is mended: what merely works around it is no mend. */
  also?: readonly Readonly<Record<string, unknown>>[];
  /** Interfaces, `NETNS DEVICE`, that lose addresses by it: what they should have is then no longer told. */
  loses?: readonly string[];
  /** How long a right mend may take to show, where that is not at once: `15s`. */
  settles?: string;
  /** What an explanation must name. */
  cause: RegExp;
  /** From vague to plain. */
  hints: readonly [string, string, string];
  /** What was wrong, for afterwards. */
  told: string;
}

/** Makes a fault of its kind in a network; undefined where there is no place for it. */
export type FaultMaker = (network: Network, random: import('./random.ts').Random) => Fault | undefined;

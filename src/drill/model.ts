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
  title: string;
  topology: Declared;
  /** Shell that makes what a topology does not say: NAT, servers. */
  more: string;
  flows: readonly Flow[];
  /** The namespace of its server (busybox httpd, with the pages in /srv/NAME). */
  server: string;
  /** Told at the head of the ticket: who is who. */
  about: string;
}

export interface Fault {
  id: string;
  topic: Topic;
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

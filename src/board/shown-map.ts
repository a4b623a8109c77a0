/**
 * The network of whoever presents, for boards that show it to the class. It is true for as long as they present, and kept
 * nowhere. What the host takes in is checked by the schema; texts in it are as a kernel, or whoever named things there, gave
 * them: who draws them makes them harmless.
 */
import { z } from 'zod';
import type { NetworkDiff } from '../map/diff.ts';
import type { Hop } from '../map/hop.ts';
import type { Interface, Network, Space } from '../map/model.ts';
import { LIMITS } from './limits.ts';

/** A followed packet, where the presenter is with it. */
export interface ShownHop extends Hop {
  /** From 0. */
  at: number;
  of: number;
}

export interface ShownMap {
  /** Which lesson it is of. */
  lesson: string;
  /** Absent: it could not be looked at (`failure`), or there is more of it than goes over the wire (`tooLarge`). */
  network?: Network;
  failure?: string;
  tooLarge?: true;
  /** What the last cell changed. */
  changes: NetworkDiff['changes'];
  hop?: ShownHop;
}

const many = 512;
const name = z.string().max(LIMITS.id);
const text = z.string().max(LIMITS.title);
const names = z.array(name).max(many);

const routeSchema = z.strictObject({
  family: z.union([z.literal(4), z.literal(6)]),
  type: name,
  destination: name,
  hops: z.array(z.strictObject({ via: name.optional(), dev: name.optional() })).max(64),
  src: name.optional(),
  metric: z.number(),
  table: name,
  scope: name,
  protocol: name,
  flags: z.array(name).max(16),
});

const interfaceSchema = z.strictObject({
  name,
  index: z.number(),
  state: z.enum(['up', 'down', 'half']),
  kind: name.optional(),
  master: name.optional(),
  addresses: names,
});

const spaceSchema = z.strictObject({
  key: text,
  host: name,
  names,
  inode: name,
  processes: z.array(text).max(many),
  unseen: text.optional(),
  interfaces: z.array(interfaceSchema).max(many),
  routes: z.array(routeSchema).max(many),
  forwarding: z.boolean().optional(),
  marks: z
    .array(
      z.strictObject({
        kind: z.enum(['masquerade', 'snat', 'dnat', 'redirect', 'forward-drop']),
        text,
      }),
    )
    .max(many),
});

const socketSchema = z.strictObject({ space: text, interface: name });

const networkSchema = z.strictObject({
  hosts: z
    .array(z.strictObject({ name, failure: text.optional(), spaces: z.array(spaceSchema).max(many) }))
    .max(64),
  cables: z
    .array(
      z.strictObject({
        a: socketSchema,
        b: z.union([socketSchema, z.literal('underlay'), z.literal('unknown')]),
        live: z.boolean(),
      }),
    )
    .max(many),
});

export const shownMapSchema = z.strictObject({
  lesson: name,
  network: networkSchema.optional(),
  failure: text.optional(),
  tooLarge: z.literal(true).optional(),
  changes: z
    .array(
      z.strictObject({
        mark: z.enum(['added', 'removed', 'changed']),
        what: z.enum(['host', 'namespace', 'interface', 'address', 'route', 'firewall', 'forwarding']),
        host: name,
        space: text,
        interface: name.optional(),
        value: text.optional(),
      }),
    )
    .max(many),
  hop: z
    .strictObject({
      space: text,
      interface: name.optional(),
      place: text,
      packet: text,
      answer: z.boolean(),
      says: z.array(text).max(64),
      tone: z.enum(['seen', 'decided', 'good', 'bad', 'unsure']),
      at: z.int().min(0),
      of: z.int().min(1),
    })
    .optional(),
});

const isSendable = (map: ShownMap): boolean =>
  new TextEncoder().encode(JSON.stringify(map)).length <= LIMITS.mapBytes &&
  shownMapSchema.safeParse(map).success;

/** Only what is drawn of it. */
function drawn(network: Network, space: (space: Space) => Space): Network {
  return {
    ...network,
    hosts: network.hosts.map((host) => ({ ...host, spaces: host.spaces.map(space) })),
  };
}

const withoutNumbers = ({ mac: _, mtu: __, ...rest }: Interface): Interface => rest;
const plain = (space: Space): Space => ({ ...space, interfaces: space.interfaces.map(withoutNumbers) });

/** Small enough for the wire: of a very large network the routes are left out first, then all of it. */
export function fittingMap(map: ShownMap): ShownMap {
  const { network, ...rest } = map;
  if (network === undefined) return { ...rest, failure: rest.failure?.slice(0, LIMITS.title) };
  const lean = { ...rest, network: drawn(network, plain) };
  if (isSendable(lean)) return lean;
  const bare = {
    ...rest,
    changes: rest.changes.filter(({ what }) => what !== 'route'),
    network: drawn(network, (space) => ({ ...plain(space), routes: [] })),
  };
  if (isSendable(bare)) return bare;
  const { lesson, hop } = rest;
  const nothing = { lesson, changes: [], tooLarge: true } as const;
  return hop !== undefined && isSendable({ ...nothing, hop }) ? { ...nothing, hop } : nothing;
}

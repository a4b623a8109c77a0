/** A network by declaration: the body of a `.topology` block. Pure. */
import { z } from 'zod';
import { parseAddress, parsePrefix } from '../../lib/addresses.ts';

/** The kernel's limit (IFNAMSIZ), and nothing that a shell or ip(8) could read as something else. */
const INTERFACE = /^[A-Za-z0-9_][\w.-]{0,14}$/;
const NETNS = /^[A-Za-z0-9_][\w.-]{0,63}$/;

export const isInterfaceName = (text: string) => INTERFACE.test(text);

const interfaceName = z
  .string()
  .regex(INTERFACE, 'The name of an interface has up to 15 letters, digits, `.`, `_` or `-`.');

const prefix = z
  .string()
  .refine(
    (text) => text.includes('/') && parsePrefix(text) !== undefined,
    'An address with its prefix is expected: `172.30.0.11/24`.',
  );

/** What ip-route(8) takes, of which the words are few. */
const ROUTE =
  /^(?:(?:unreachable|blackhole|prohibit) )?(?:default|[\da-fA-F.:]+(?:\/\d{1,3})?)(?: (?:via [\da-fA-F.:]+|dev [\w.-]+|src [\da-fA-F.:]+|metric \d+|onlink|scope link))*$/;

function isRoute(text: string): boolean {
  const to = text.replace(/^(unreachable|blackhole|prohibit) /, '').split(' ')[0]!;
  const known = to === 'default' || parseAddress(to) !== undefined || parsePrefix(to) !== undefined;
  return known && ROUTE.test(text);
}

const route = z
  .string()
  .trim()
  .refine(
    isRoute,
    'A route is written as for `ip route add`: `default via 172.30.0.1`, `10.0.0.0/8 dev eth0`.',
  );

const several = <T extends z.ZodType>(one: T) =>
  z.union([one, z.array(one).min(1)]).transform((value) => [value].flat() as z.output<T>[]);

export const spaceSchema = z.strictObject({
  addresses: z
    .record(interfaceName, several(prefix))
    .optional()
    .meta({
      description: 'By interface: one address with its prefix, or a list.',
      examples: [{ eth0: '172.30.0.11/24' }],
    }),
  routes: z
    .array(route)
    .optional()
    .meta({ description: 'As for `ip route add`.', examples: [['default via 172.30.0.1']] }),
  bridges: z
    .record(interfaceName, z.array(interfaceName))
    .optional()
    .meta({ description: 'By bridge: its ports.', examples: [{ br0: ['veth1', 'veth2'] }] }),
  mtu: z
    .record(interfaceName, z.int().min(68).max(65_535))
    .optional()
    .meta({ description: 'By interface; default 1500.', examples: [{ eth0: 1400 }] }),
  mac: z
    .record(
      interfaceName,
      z.string().regex(/^[\da-f]{2}(:[\da-f]{2}){5}$/i, 'A MAC is six bytes: `02:00:00:00:00:01`.'),
    )
    .optional()
    .meta({
      description: 'By interface; default: what the kernel chooses.',
      examples: [{ eth0: '02:00:00:00:00:11' }],
    }),
  down: z
    .array(interfaceName)
    .optional()
    .meta({ description: 'Interfaces that stay down; the others are brought up.', examples: [['eth0']] }),
  forward: z
    .boolean()
    .optional()
    .meta({
      description:
        'Whether it passes on what is not for itself: IPv4, and IPv6 where it has such an address; default false.',
      examples: [true],
    }),
});

/** An end of a cable, as the source of a pattern. */
export const END = '[A-Za-z0-9_][\\w.-]{0,14}(?: in [A-Za-z0-9_][\\w.-]{0,63})?';
const cable = z
  .string()
  .trim()
  .regex(
    new RegExp(`^${END} +-- +${END}$`),
    'A cable has two ends: `veth1 -- eth0 in client1`; an end without `in` is the host’s own.',
  );

export const topologySchema = z.strictObject({
  host: spaceSchema
    .optional()
    .meta({ description: "The host's own namespace.", examples: [{ forward: true }] }),
  namespaces: z
    .record(
      z.string().regex(NETNS, 'This cannot be the name of a namespace.'),
      spaceSchema.nullable().transform((value) => value ?? {}),
    )
    .optional()
    .meta({
      description: 'By name; each has `addresses`, `routes`, `bridges`, `mtu`, `mac`, `down`, `forward`.',
      examples: [{ client1: { addresses: { eth0: '172.30.0.11/24' } } }],
    }),
  cables: z
    .array(cable)
    .optional()
    .meta({
      description: 'Pairs of veth: `END -- END`, an end being `INTERFACE` or `INTERFACE in NAMESPACE`.',
      examples: [['veth1 -- eth0 in client1']],
    }),
});

export type Topology = z.output<typeof topologySchema>;
export type TopologySpace = z.output<typeof spaceSchema>;

export interface CableEnd {
  interface: string;
  /** '' for the host's own. */
  netns: string;
}

export function cableEnds(text: string): readonly [CableEnd, CableEnd] {
  const [a, b] = text.split(/ +-- +/).map((end): CableEnd => {
    const [name, netns = ''] = end.trim().split(' in ');
    return { interface: name!, netns };
  });
  return [a!, b!];
}

/** The host's own first, under ''. */
export function spacesOf({ host, namespaces = {} }: Topology): Map<string, TopologySpace> {
  return new Map([['', host ?? {}], ...Object.entries(namespaces)]);
}

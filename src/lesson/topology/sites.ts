/**
 * A network over several hosts in one block: of each host what it has, and the cables between hosts. Such a cable is a
 * VXLAN tunnel with one other end, over whatever joins the hosts. Pure.
 */
import { z } from 'zod';
import { suggest } from '../../lib/suggest.ts';
import { type TopologyFault, topologyFaults } from './faults.ts';
import { type CableEnd, cableEnds, END, topologySchema } from './schema.ts';

const HOST = '[A-Za-z0-9_][\\w.-]{0,63}';

const longCable = z
  .string()
  .trim()
  .regex(
    new RegExp(`^${END} on ${HOST} +-- +${END} on ${HOST}$`),
    'A cable between hosts says where both ends are: `eth0 in client on host -- eth0 in server on node01`.',
  );

export const sitesSchema = z.strictObject({
  hosts: z
    .record(
      z.string().regex(new RegExp(`^${HOST}$`), 'This cannot be the name of a host.'),
      topologySchema.nullable().transform((value) => value ?? {}),
    )
    .meta({
      description: 'By name; each has `host`, `namespaces` and `cables` of its own.',
      examples: [{ node01: { namespaces: { server: { addresses: { eth0: '10.0.0.2/24' } } } } }],
    }),
  cables: z
    .array(longCable)
    .optional()
    .meta({
      description: 'Between hosts: `END on HOST -- END on HOST`.',
      examples: [['eth0 in client on host -- eth0 in server on node01']],
    }),
});

export type Sites = z.output<typeof sitesSchema>;

export interface LongEnd extends CableEnd {
  host: string;
}

/** One end of a cable to another host. */
export interface Tunnel {
  end: CableEnd;
  /** VXLAN's number of the network: the same at both ends, and another for each cable. */
  id: number;
  /** The other host. */
  peer: string;
}

export function longEnds(text: string): readonly [LongEnd, LongEnd] {
  const hosts = text.split(/ +-- +/).map((end) => / on (\S+)$/.exec(end.trim())![1]!);
  const [a, b] = cableEnds(text.replace(/ on \S+/g, ''));
  return [
    { ...a, host: hosts[0]! },
    { ...b, host: hosts[1]! },
  ];
}

/** FNV-1a in 20 bits, above the numbers that people choose: cables of several blocks do not meet. */
function idOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const char of text) hash = Math.imul(hash ^ char.codePointAt(0)!, 0x01000193);
  return 0x100000 + (hash >>> 12);
}

export function tunnelsOf({ cables = [] }: Sites, host: string): Tunnel[] {
  return cables.flatMap((text) => {
    const [a, b] = longEnds(text);
    const id = idOf(text.replace(/\s+/g, ' '));
    return [
      ...(a.host === host ? [{ end: { interface: a.interface, netns: a.netns }, id, peer: b.host }] : []),
      ...(b.host === host ? [{ end: { interface: b.interface, netns: b.netns }, id, peer: a.host }] : []),
    ];
  });
}

export function sitesFaults(sites: Sites): TopologyFault[] {
  const names = Object.keys(sites.hosts);
  const faults: TopologyFault[] = [];
  const ends = new Map<string, { end: CableEnd; path: readonly (string | number)[] }[]>();
  for (const [at, text] of (sites.cables ?? []).entries()) {
    const path = ['cables', at];
    const [a, b] = longEnds(text);
    for (const { host, ...end } of [a, b]) {
      ends.set(host, [...(ends.get(host) ?? []), { end, path }]);
      if (names.includes(host)) continue;
      const near = suggest(host, names);
      const instead = near ? `did you mean \`${near}\`?` : `declare it: \`${host}: {}\` under \`hosts\``;
      faults.push({ path, message: `There is no host \`${host}\` here.`, instead });
    }
    if (a.host === b.host)
      faults.push({
        path,
        message: `Both ends are on \`${a.host}\`.`,
        instead: `write it among the cables of \`${a.host}\`, without \`on\``,
      });
  }
  for (const [name, topology] of Object.entries(sites.hosts))
    for (const fault of topologyFaults(topology, ends.get(name)))
      faults.push(
        fault.path[0] === 'cables' && fault.isLong
          ? fault
          : { ...fault, path: ['hosts', name, ...fault.path] },
      );
  return faults;
}

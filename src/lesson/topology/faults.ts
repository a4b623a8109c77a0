/** What is wrong with a topology though each part of it has the right form. Pure. */
import { contains, parseAddress, parsePrefix } from '../../lib/addresses.ts';
import { suggest } from '../../lib/suggest.ts';
import { type CableEnd, cableEnds, spacesOf, type Topology } from './schema.ts';

export interface TopologyFault {
  path: readonly (string | number)[];
  message: string;
  instead?: string;
  /** It is about a cable to another host. */
  isLong?: true;
}

const named = (netns: string) => (netns === '' ? 'the host' : `\`${netns}\``);

/** @param long ends of cables to other hosts */
export function topologyFaults(
  topology: Topology,
  long: readonly { end: CableEnd; path: readonly (string | number)[] }[] = [],
): TopologyFault[] {
  const faults: TopologyFault[] = [];
  const spaces = spacesOf(topology);
  /** By space: interfaces that cables and bridges make. The host's `eth0` and every `lo` are there before. */
  const made = new Map(
    [...spaces.keys()].map((netns) => [netns, new Set(netns === '' ? ['lo', 'eth0'] : ['lo'])]),
  );
  const claim = (netns: string, name: string, path: readonly (string | number)[]) => {
    const there = made.get(netns);
    if (there === undefined) {
      const near = suggest(
        netns,
        [...spaces.keys()].filter((each) => each !== ''),
      );
      faults.push({
        path,
        message: `There is no namespace \`${netns}\` here.`,
        instead: near ? `did you mean \`${near}\`?` : `declare it: \`${netns}:\` under \`namespaces\``,
      });
    } else if (there.has(name))
      faults.push({ path, message: `${named(netns)} has an interface \`${name}\` already.` });
    else there.add(name);
  };
  for (const [at, text] of (topology.cables ?? []).entries())
    for (const { netns, interface: name } of cableEnds(text)) claim(netns, name, ['cables', at]);
  const own = faults.length;
  for (const { end, path } of long) claim(end.netns, end.interface, path);
  for (const fault of faults.slice(own)) fault.isLong = true;
  for (const [netns, { bridges = {} }] of spaces)
    for (const bridge of Object.keys(bridges)) claim(netns, bridge, [...pathOf(netns), 'bridges', bridge]);
  for (const [netns, space] of spaces) {
    const there = made.get(netns)!;
    const know = (name: string, path: readonly (string | number)[]) => {
      if (there.has(name)) return;
      const near = suggest(name, [...there]);
      const instead = near ? `did you mean \`${near}\`?` : 'a cable or a bridge makes it';
      faults.push({ path, message: `${named(netns)} has no interface \`${name}\`.`, instead });
    };
    const base = pathOf(netns);
    for (const field of ['addresses', 'mtu', 'mac'] as const)
      for (const name of Object.keys(space[field] ?? {})) know(name, [...base, field, name]);
    for (const [i, name] of (space.down ?? []).entries()) know(name, [...base, 'down', i]);
    const masters = new Map<string, string>();
    for (const [bridge, ports] of Object.entries(space.bridges ?? {}))
      for (const [i, port] of ports.entries()) {
        const path = [...base, 'bridges', bridge, i];
        know(port, path);
        if (masters.has(port))
          faults.push({ path, message: `\`${port}\` is a port of \`${masters.get(port)}\` already.` });
        masters.set(port, bridge);
      }
    const mine = Object.values(space.addresses ?? {}).flat();
    for (const [i, route] of (space.routes ?? []).entries()) {
      const via = parseAddress(/\bvia (\S+)/.exec(route)?.[1] ?? '');
      const dev = /\bdev (\S+)/.exec(route)?.[1];
      if (dev !== undefined) know(dev, [...base, 'routes', i]);
      const isNear = mine.some((text) => via !== undefined && contains(parsePrefix(text)!, via));
      // the host's own addresses are not all declared here
      if (via !== undefined && dev === undefined && !isNear && netns !== '')
        faults.push({
          path: [...base, 'routes', i],
          message: `${named(netns)} does not reach the next hop of \`${route}\` by any of its addresses.`,
        });
    }
  }
  return faults;
}

const pathOf = (netns: string): (string | number)[] => (netns === '' ? ['host'] : ['namespaces', netns]);

/**
 * Where the namespaces of a host go: those whose cable leads to a bridge of the host hang below that bridge, those whose
 * cable ends at the host itself hang below its interface, two that are joined directly stand side by side, the rest alone.
 * Only cables decide, never addresses or states: so an address that is added moves nothing.
 */
import type { Cable, CableEnd, Interface, MapHost, Network, Socket, Space } from './model.ts';

/** A namespace below the interface of the host that its cable leads to. */
export interface Hanging {
  space: Space;
  /** The host's end. */
  port: Interface;
  cable: Cable;
}

export type Group =
  | { kind: 'bridge'; bridge: Interface; hanging: readonly Hanging[]; otherPorts: readonly Interface[] }
  | { kind: 'cables'; hanging: readonly Hanging[] }
  | { kind: 'pair'; left: Space; right: Space; cable: Cable }
  | { kind: 'alone'; spaces: readonly Space[] };

export interface HostPlan {
  host: MapHost;
  own?: Space;
  /** The host's interfaces that are drawn in no group. */
  loose: readonly Interface[];
  groups: readonly Group[];
}

export const isSocket = (end: CableEnd): end is Socket => typeof end === 'object';

/** The far end of a cable, seen from one interface; undefined when the cable is another's. */
export function farEnd({ a, b }: Cable, space: string, name: string): CableEnd | undefined {
  if (a.space === space && a.interface === name) return b;
  return isSocket(b) && b.space === space && b.interface === name ? a : undefined;
}

export function cableAt(network: Network, space: string, name: string): Cable | undefined {
  return network.cables.find((cable) => farEnd(cable, space, name) !== undefined);
}

export function planHost(network: Network, host: MapHost): HostPlan {
  const own = host.spaces.find((space) => space.names.includes(''));
  const others = host.spaces.filter((space) => space !== own);
  const placed = new Set<Space>();

  const hang = (port: Interface): Hanging[] => {
    const cable = own && cableAt(network, own.key, port.name);
    const end = cable && farEnd(cable, own.key, port.name);
    const space = end && isSocket(end) ? others.find((each) => each.key === end.space) : undefined;
    if (cable === undefined || space === undefined || placed.has(space)) return [];
    placed.add(space);
    return [{ space, port, cable }];
  };

  const interfaces = own?.interfaces ?? [];
  const groups: Group[] = [];
  const bridges = interfaces.filter((each) => each.kind === 'bridge');
  const ports = new Set<Interface>();
  for (const bridge of bridges) {
    const all = interfaces.filter((each) => each.master === bridge.name && each !== bridge);
    for (const port of all) ports.add(port);
    const hanging = all.flatMap(hang);
    const otherPorts = all.filter((port) => !hanging.some((each) => each.port === port));
    groups.push({ kind: 'bridge', bridge, hanging, otherPorts });
  }
  const free = interfaces.filter((each) => !bridges.includes(each) && !ports.has(each));
  const hanging = free.flatMap(hang);
  if (hanging.length > 0) groups.push({ kind: 'cables', hanging });
  groups.push(...pairs(network, others, placed));
  const alone = others.filter((space) => !placed.has(space));
  if (alone.length > 0) groups.push({ kind: 'alone', spaces: alone });
  const loose = free.filter((each) => !hanging.some(({ port }) => port === each));
  return { host, own, loose, groups };
}

function pairs(network: Network, others: readonly Space[], placed: Set<Space>): Group[] {
  const found: Group[] = [];
  for (const left of others)
    for (const { name } of left.interfaces) {
      const cable = placed.has(left) ? undefined : cableAt(network, left.key, name);
      const end = cable && farEnd(cable, left.key, name);
      const right = end && isSocket(end) ? others.find((each) => each.key === end.space) : undefined;
      if (cable === undefined || right === undefined || right === left || placed.has(right)) continue;
      placed.add(left).add(right);
      found.push({ kind: 'pair', left, right, cable });
    }
  return found;
}

/** From what was observed to the graph. Never throws, whatever JSON it is given. */
import type { HostObservation, NetnsObservation, Observation } from '../check/observation.ts';
import { ipFacts } from '../check/read/ip.ts';
import type { Link } from '../check/read/link.ts';
import { cablesOf } from './cables.ts';
import { marksOf } from './firewall.ts';
import type { Interface, MapHost, Network, Space } from './model.ts';
import { FORWARDING } from './needs.ts';
import { saneObservation } from './sane.ts';
import { longCablesOf } from './tunnels.ts';

function interfaceOf(link: Link): Interface {
  return {
    name: link.name,
    index: link.index,
    state: !link.up ? 'down' : link.lowerUp ? 'up' : 'half',
    kind: link.kind,
    mac: link.mac,
    mtu: link.mtu,
    master: link.master,
    addresses: link.addresses.map((each) => each.prefix),
  };
}

interface Named {
  netns: NetnsObservation;
  names: string[];
}

/** Each namespace once with all its names. The host's own stands first; the others by name, so that nothing jumps. */
function distinct(namespaces: readonly NetnsObservation[]): Named[] {
  const known = new Map<string, Named>();
  const byName = [...namespaces].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  for (const netns of byName) {
    const key = netns.inode === '' ? `name ${netns.name}` : netns.inode;
    const before = known.get(key);
    if (before === undefined) known.set(key, { netns, names: [netns.name] });
    else if (!before.names.includes(netns.name)) before.names.push(netns.name);
  }
  return [...known.values()];
}

const keyOf = (host: string, name: string) => `${host}/${name}`;

function spaceOf(host: string, seen: HostObservation, { netns, names }: Named): Space {
  const { links, routes } = ipFacts(netns);
  const setting = names
    .map((name) => seen.sysctls[`${name}|${FORWARDING}`])
    .find((value) => typeof value === 'string');
  return {
    key: keyOf(host, netns.name),
    host,
    names,
    inode: netns.inode,
    processes: [],
    ...(links.ok ? {} : { unseen: links.why }),
    interfaces: links.ok ? [...links.value].sort((a, b) => a.index - b.index).map(interfaceOf) : [],
    routes: routes.ok ? routes.value.filter((route) => route.table !== 'local') : [],
    ...(setting === undefined ? {} : { forwarding: setting?.trim() === '1' }),
    marks: marksOf(netns),
  };
}

/** Namespaces that have no name, and live by the processes in them. */
function unnamed(host: string, seen: HostObservation): Space[] {
  const known = new Set(seen.namespaces.map((each) => each.inode));
  const found = new Map<string, string[]>();
  for (const { netns, command, pid } of seen.processes ?? []) {
    if (netns === '' || known.has(netns)) continue;
    found.set(netns, [...(found.get(netns) ?? []), `${command} ${pid}`]);
  }
  return [...found].sort().map(([inode, processes]) => ({
    key: keyOf(host, `#${inode}`),
    host,
    names: [],
    inode,
    processes,
    unseen: 'A namespace without a name is not looked into.',
    interfaces: [],
    routes: [],
    marks: [],
  }));
}

export function networkOf(observation: Observation): Network {
  const { hosts } = saneObservation(observation);
  const drawn = Object.entries(hosts).map(([name, seen]): MapHost & { seen: HostObservation } => ({
    name,
    ...(seen.failure === undefined ? {} : { failure: seen.failure }),
    // Where the list of namespaces could not be read, what processes are in has no name for us either.
    spaces: [
      ...distinct(seen.namespaces).map((each) => spaceOf(name, seen, each)),
      ...(seen.namespaces.length === 0 ? [] : unnamed(name, seen)),
    ],
    seen,
  }));
  const keyed = drawn.map(({ name, seen, spaces }) => ({
    name,
    seen,
    keyOf: (netns: NetnsObservation) =>
      spaces.find((each) => each.names.includes(netns.name))?.key ?? keyOf(name, netns.name),
  }));
  return {
    hosts: drawn.map(({ seen: _, ...host }) => host),
    cables: [...keyed.flatMap(({ seen, keyOf }) => cablesOf(seen, keyOf)), ...longCablesOf(keyed)],
  };
}

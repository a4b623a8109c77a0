/** A network as it runs, as the body of a `.topology` block. What such a block cannot say is told in comments. */
import { stringify } from 'yaml';
import { routeLine } from '../check/read/route.ts';
import { topologyFaults } from '../lesson/topology/faults.ts';
import { type Topology, topologySchema } from '../lesson/topology/schema.ts';
import { type Sites, sitesFaults, sitesSchema } from '../lesson/topology/sites.ts';
import type { Interface, MapHost, Network, Socket, Space } from './model.ts';
import { isSocket } from './plan.ts';

type Draft = { -readonly [K in keyof Topology]: Topology[K] };
type SpaceDraft = NonNullable<Topology['host']>;

/** What every driver gives a host is not the lesson's to declare. */
const isGiven = (space: Space, each: Interface) =>
  each.name === 'lo' || (space.names.includes('') && each.name === 'eth0');

const REAL = /^(?!fe80:)/i;

const socketKey = (space: string, name: string) => `${space} ${name}`;

/**
 * Whether somebody gave it its MAC: the kernel does not say. Those that it draws are marked as local, and have hardly three
 * zeros; a bridge takes that of a port.
 */
function isChosen({ mac, kind, name }: Interface, all: readonly Interface[]): boolean {
  if (mac === undefined) return false;
  const bytes = mac.split(':').map((byte) => Number.parseInt(byte, 16));
  if (kind === 'bridge') {
    const ports = all.filter(({ master }) => master === name);
    if (ports.length > 0) return !ports.some((port) => port.mac === mac);
  }
  return (bytes[0]! & 2) === 0 || bytes.filter((byte) => byte === 0).length >= 3;
}

function spaceOf(space: Space, left: string[], joined: ReadonlySet<string>): SpaceDraft {
  const own = space.interfaces.filter((each) => !isGiven(space, each));
  const addresses = Object.fromEntries(
    space.interfaces
      .filter((each) => !(space.names.includes('') && isGiven(space, each)))
      .map((each) => [
        each.name,
        each.addresses.filter((one) => REAL.test(one) && one !== '127.0.0.1/8' && one !== '::1/128'),
      ])
      .filter(([, list]) => list!.length > 0),
  ) as Record<string, string[]>;
  const bridges = own.filter((each) => each.kind === 'bridge');
  const title = space.names.find((name) => name !== '') ?? space.host;
  const isMade = (each: Interface) =>
    each.kind === 'veth' || each.kind === 'bridge' || joined.has(socketKey(space.key, each.name));
  for (const each of own)
    if (!isMade(each)) left.push(`${each.name} in ${title}: ${each.kind ?? 'a device'}`);
  const routes = space.routes.flatMap((route) => {
    const isKernels =
      route.protocol === 'kernel' ||
      (space.names.includes('') && route.hops.some(({ dev }) => dev === 'eth0'));
    if (isKernels) return [];
    const line = routeLine(route).replace(/ proto \S+/, '');
    if (route.table === 'main' && topologySchema.safeParse({ host: { routes: [line] } }).success)
      return [line];
    left.push(`route ${line} in ${title} (table ${route.table})`);
    return [];
  });
  /** A bridge takes that of its smallest port by itself. */
  const takesItsPorts = (bridge: Interface) =>
    bridge.kind === 'bridge' &&
    bridge.mtu ===
      Math.min(...own.filter(({ master }) => master === bridge.name).map((port) => port.mtu ?? 1500));
  const mtu = own.filter(
    (each) => each.mtu !== undefined && each.mtu !== 1500 && isMade(each) && !takesItsPorts(each),
  );
  const mac = own.filter((each) => isMade(each) && isChosen(each, own));
  const down = own.filter((each) => each.state === 'down' && isMade(each));
  for (const mark of space.marks) left.push(`rule in ${title}: ${mark.text}`);
  return {
    ...(bridges.length === 0
      ? {}
      : {
          bridges: Object.fromEntries(
            bridges.map((bridge) => [
              bridge.name,
              own.filter((each) => each.master === bridge.name).map((each) => each.name),
            ]),
          ),
        }),
    ...(Object.keys(addresses).length === 0 ? {} : { addresses }),
    ...(routes.length === 0 ? {} : { routes }),
    ...(mtu.length === 0 ? {} : { mtu: Object.fromEntries(mtu.map((each) => [each.name, each.mtu!])) }),
    ...(mac.length === 0 ? {} : { mac: Object.fromEntries(mac.map((each) => [each.name, each.mac!])) }),
    ...(down.length === 0 ? {} : { down: down.map((each) => each.name) }),
    ...(space.forwarding ? { forward: true } : {}),
  };
}

interface HostTopology {
  topology: Topology;
  left: string[];
  /** `eth0 in client`; undefined for what is in a namespace without a name. */
  end: (socket: Socket) => string | undefined;
}

function hostTopology(network: Network, host: MapHost, joined: ReadonlySet<string>): HostTopology {
  const left: string[] = [];
  const topology: Draft = {};
  const namespaces: Record<string, SpaceDraft> = {};
  const nameOf = new Map<string, string>();
  for (const space of host.spaces) {
    const name = space.names.includes('') ? '' : space.names[0];
    if (name === undefined || space.unseen !== undefined) {
      left.push(`a namespace: ${space.unseen ?? space.processes.join(', ')}`);
      continue;
    }
    nameOf.set(space.key, name);
    const draft = spaceOf(space, left, joined);
    if (name !== '') namespaces[name] = draft;
    else if (Object.keys(draft).length > 0) topology.host = draft;
  }
  if (Object.keys(namespaces).length > 0) topology.namespaces = namespaces;
  const end = ({ space, interface: name }: Socket) => {
    const netns = nameOf.get(space);
    return netns === undefined ? undefined : `${name}${netns === '' ? '' : ` in ${netns}`}`;
  };
  const cables = network.cables.flatMap(({ a, b }) => {
    const [one, other] = [end(a), isSocket(b) ? end(b) : undefined];
    if (joined.has(socketKey(a.space, a.interface))) return [];
    if (one !== undefined && other !== undefined) return [`${one} -- ${other}`];
    if (one !== undefined && b === 'unknown') left.push(`the cable of ${one}: its other end was not seen`);
    return [];
  });
  if (cables.length > 0) topology.cables = cables;
  return { topology, left, end };
}

/** One address stands alone, as a person would write it. */
function plainer(topology: Topology): object {
  const plain = (space: SpaceDraft) => ({
    ...space,
    ...(space.addresses === undefined
      ? {}
      : {
          addresses: Object.fromEntries(
            Object.entries(space.addresses).map(([name, list]) => [
              name,
              list.length === 1 ? list[0]! : list,
            ]),
          ),
        }),
  });
  const { host, namespaces, cables } = topology;
  return {
    ...(host === undefined ? {} : { host: plain(host) }),
    ...(namespaces === undefined
      ? {}
      : {
          namespaces: Object.fromEntries(
            Object.entries(namespaces).map(([name, space]) => [name, plain(space)]),
          ),
        }),
    ...(cables === undefined ? {} : { cables }),
  };
}

/** Of one host: the body of a `.topology` block. */
export const topologyYaml = (topology: Topology): string => stringify(plainer(topology), { lineWidth: 120 });

/** YAML: of one host what it has, of several `hosts:` and the cables between them. Ends with a line break. */
export function topologyOf(network: Network): string {
  const owner = new Map(network.hosts.flatMap(({ name, spaces }) => spaces.map(({ key }) => [key, name])));
  const long = network.cables.flatMap(({ a, b }) =>
    isSocket(b) && owner.get(a.space) !== owner.get(b.space) ? [[a, b] as const] : [],
  );
  const joined = new Set(long.flat().map((end) => socketKey(end.space, end.interface)));
  const parts = new Map(network.hosts.map((host) => [host.name, hostTopology(network, host, joined)]));
  const name = (end: Socket) => {
    const host = owner.get(end.space)!;
    const text = parts.get(host)!.end(end);
    return text === undefined ? undefined : `${text} on ${host}`;
  };
  const cables = long.flatMap(([a, b]) => {
    const [one, other] = [name(a), name(b)];
    return one !== undefined && other !== undefined ? [`${one} -- ${other}`] : [];
  });
  const [only] = network.hosts.length > 1 ? [] : parts.values();
  const sites: Sites = {
    hosts: Object.fromEntries([...parts].map(([host, { topology }]) => [host, topology])),
    ...(cables.length === 0 ? {} : { cables }),
  };
  const comments = [...parts].flatMap(([host, { left }]) =>
    left.map((line) => (only ? line : `${line}${line.includes(` in ${host}`) ? '' : ` (on ${host})`}`)),
  );
  const said = [...comments, ...wrongIn(only ? only.topology : sites)].map(
    (line) => `# not said here: ${line}\n`,
  );
  if (only)
    return `${said.join('')}${Object.keys(only.topology).length === 0 ? '{}\n' : topologyYaml(only.topology)}`;
  const hosts = Object.fromEntries([...parts].map(([host, { topology }]) => [host, plainer(topology)]));
  return `${said.join('')}${stringify({ ...sites, hosts }, { lineWidth: 120 })}`;
}

/** What of it a block could not hold: names, above all. */
function wrongIn(declared: Topology | Sites): string[] {
  const isWide = 'hosts' in declared;
  const parsed = (isWide ? sitesSchema : topologySchema).safeParse(declared);
  if (!parsed.success) return ['it has names that a topology cannot hold'];
  const faults = isWide ? sitesFaults(parsed.data as Sites) : topologyFaults(parsed.data as Topology);
  return faults.map(({ message }) => message);
}

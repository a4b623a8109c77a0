/** A network as it runs, as the body of a `.topology` block. What such a block cannot say is told in comments. */
import { stringify } from 'yaml';
import { routeLine } from '../check/read/route.ts';
import { topologyFaults } from '../lesson/topology/faults.ts';
import { type Topology, topologySchema } from '../lesson/topology/schema.ts';
import type { Interface, MapHost, Network, Space } from './model.ts';
import { isSocket } from './plan.ts';

type Draft = { -readonly [K in keyof Topology]: Topology[K] };
type SpaceDraft = NonNullable<Topology['host']>;

/** What every driver gives a host is not the lesson's to declare. */
const isGiven = (space: Space, each: Interface) =>
  each.name === 'lo' || (space.names.includes('') && each.name === 'eth0');

const REAL = /^(?!fe80:)/i;

function spaceOf(space: Space, left: string[]): SpaceDraft {
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
  for (const each of own)
    if (each.kind !== 'bridge' && each.kind !== 'veth')
      left.push(`${each.name} in ${title}: ${each.kind ?? 'a device'}`);
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
  const mtu = own.filter(
    (each) => each.mtu !== undefined && each.mtu !== 1500 && ['veth', 'bridge'].includes(each.kind ?? ''),
  );
  const down = own.filter((each) => each.state === 'down' && ['veth', 'bridge'].includes(each.kind ?? ''));
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
    ...(down.length === 0 ? {} : { down: down.map((each) => each.name) }),
    ...(space.forwarding ? { forward: true } : {}),
  };
}

function hostTopology(network: Network, host: MapHost): { topology: Topology; left: string[] } {
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
    const draft = spaceOf(space, left);
    if (name !== '') namespaces[name] = draft;
    else if (Object.keys(draft).length > 0) topology.host = draft;
  }
  if (Object.keys(namespaces).length > 0) topology.namespaces = namespaces;
  const end = ({ space, interface: name }: { space: string; interface: string }) => {
    const netns = nameOf.get(space);
    return netns === undefined ? undefined : `${name}${netns === '' ? '' : ` in ${netns}`}`;
  };
  const cables = network.cables.flatMap(({ a, b }) => {
    const [one, other] = [end(a), isSocket(b) ? end(b) : undefined];
    if (one !== undefined && other !== undefined) return [`${one} -- ${other}`];
    if (one !== undefined && b === 'unknown') left.push(`the cable of ${one}: its other end was not seen`);
    return [];
  });
  if (cables.length > 0) topology.cables = cables;
  return { topology, left };
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

/** The body of a `.topology` block. */
export const topologyYaml = (topology: Topology): string => stringify(plainer(topology), { lineWidth: 120 });

/** YAML; of several hosts one document each, with its name before it. Ends with a line break. */
export function topologyOf(network: Network): string {
  const parts = network.hosts.map((host) => {
    const { topology, left } = hostTopology(network, host);
    const parsed = topologySchema.safeParse(topology);
    const wrong = parsed.success
      ? topologyFaults(parsed.data).map(({ message }) => message)
      : ['it has names that a topology cannot hold'];
    const comments = [...left, ...wrong].map((line) => `# not said here: ${line}\n`).join('');
    const head = network.hosts.length > 1 ? `# on=${host.name}\n` : '';
    const body = Object.keys(topology).length === 0 ? '{}\n' : topologyYaml(topology);
    return `${head}${comments}${body}`;
  });
  return parts.join('---\n');
}

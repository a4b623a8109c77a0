/** What faults are written with. */
import type { Flow, Network } from '../model.ts';
import type { Random } from '../random.ts';

/** `ip` in a namespace, or on the host. */
export const at = (netns: string, command: string) => `ip${netns === '' ? '' : ` -n ${netns}`} ${command}`;
export const inside = (netns: string, command: string) =>
  netns === '' ? command : `ip netns exec ${netns} ${command}`;
export const title = (netns: string) => (netns === '' ? 'host' : netns);
export const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');

export const flowOf = (network: Network, random: Random): Flow => random.pick(network.flows);

/** The sender and the last node of a network's first flow: whom most faults befall. */
export function endsOf({ flows }: Network) {
  const [first] = flows;
  const [sender, target] = [first!.path[0]!, first!.path.at(-1)!];
  return { sender, target, flow: first! };
}

const spaceOf = ({ topology }: Network, netns: string) =>
  netns === '' ? topology.host : (topology.namespaces?.[netns] ?? undefined);

export const declaredRoutes = (network: Network, netns: string): string[] => [
  ...(spaceOf(network, netns)?.routes ?? []),
];

/** The first address of an interface, with its prefix. */
export function addressAt(network: Network, netns: string, device: string): string | undefined {
  const found = spaceOf(network, netns)?.addresses?.[device];
  return typeof found === 'string' ? found : found?.[0];
}

/** Flows that pass an interface of a node. */
export function stopsOf(network: Network, netns: string, device: string): string[] {
  return network.flows
    .filter(({ path }) => path.some((stop) => stop.netns === netns && [stop.in, stop.out].includes(device)))
    .map(({ id }) => id);
}

/** Flows that pass a node. */
export const through = (network: Network, netns: string): string[] =>
  network.flows
    .filter(({ path }) => path.some((stop) => stop.netns === netns && stop.bridge === undefined))
    .map(({ id }) => id);

export const to = (network: Network, netns: string): string[] =>
  network.flows.filter(({ path }) => path.at(-1)!.netns === netns).map(({ id }) => id);

export const from = (network: Network, netns: string): string[] =>
  network.flows.filter((flow) => flow.from === netns).map(({ id }) => id);

/** What faults of IPv6 are written with. */
import type { Flow, Network } from '../model.ts';
import { at } from './tools.ts';

/** Whether a flow asks for an address of IPv6. */
const isSix = ({ check }: Flow) => /:.*:/.test(String(check.ping ?? check.curl).replace(/^\w+:\/\//, ''));

export const sixFlows = (network: Network, which: (flow: Flow) => boolean = () => true): string[] =>
  network.flows.filter((flow) => isSix(flow) && which(flow)).map(({ id }) => id);

export const passing = (netns: string) => (flow: Flow) =>
  flow.path.some((stop) => stop.netns === netns && stop.bridge === undefined);
export const endingAt = (netns: string) => (flow: Flow) => flow.path.at(-1)!.netns === netns;

const spaceOf = ({ topology }: Network, netns: string) =>
  netns === '' ? topology.host : (topology.namespaces?.[netns] ?? undefined);

/** The address of IPv6 that an interface was declared with, with its prefix. */
export function sixAt(network: Network, netns: string, device: string): string {
  const found = [spaceOf(network, netns)?.addresses?.[device] ?? []].flat();
  return found.find((each) => each.includes(':'))!;
}

export const bareSix = (network: Network, netns: string, device = 'eth0') =>
  sixAt(network, netns, device).split('/')[0]!;

export const sixRoutes = (network: Network, netns: string): string[] =>
  (spaceOf(network, netns)?.routes ?? []).filter((route) => route.includes(':'));

/** What an interface loses when it goes down or when IPv6 is turned off there, given again. */
export function restored(network: Network, netns: string, device: string): string {
  const addresses = [spaceOf(network, netns)?.addresses?.[device] ?? []].flat();
  const routes = spaceOf(network, netns)?.routes ?? [];
  return [
    ...addresses
      .filter((each) => each.includes(':'))
      .map((each) => at(netns, `-6 addr replace ${each} dev ${device} nodad`)),
    ...routes.map(
      (route) => `${at(netns, `${route.includes(':') ? '-6 ' : ''}route replace ${route}`)} || true`,
    ),
  ].join('\n');
}

/** The advertisements of a router come once a second; an address of the link's own must be sure before. */
export const SETTLES = '10s';

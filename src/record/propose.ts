/**
 * What has changed in the kernel between two looks, as checks: each fails on the look before and holds on the one after,
 * which is verified here with the judge that learners meet. Pure.
 */
import type { HostObservation, NetnsObservation, Observation } from '../check/observation.ts';
import { bridgeEntries } from './changes/bridge.ts';
import { envEntries } from './changes/env.ts';
import { firewallEntries } from './changes/firewall.ts';
import { interfaceEntries } from './changes/interface.ts';
import { listenEntries } from './changes/listen.ts';
import { netnsEntries } from './changes/netns.ts';
import { routeEntries } from './changes/route.ts';
import { sysctlEntries } from './changes/sysctl.ts';
import type { Candidate, Change, Entry, Seen } from './model.ts';
import { holdsFor } from './verify.ts';

type Make = (change: Change) => Candidate[];

/** In the order in which a reader asks: is it there, is it joined, is it reached, may it pass. */
const OF_NAMESPACE: readonly Make[] = [
  interfaceEntries,
  bridgeEntries,
  routeEntries,
  firewallEntries,
  sysctlEntries,
  listenEntries,
];

/** Two names of one namespace are one change: the first one tells it. */
function namespacesOf(host: HostObservation): NetnsObservation[] {
  const seen = new Set<string>();
  return host.namespaces.filter(({ inode, name }) => {
    const key = inode === '' ? `name ${name}` : inode;
    const isNew = !seen.has(key);
    seen.add(key);
    return isNew;
  });
}

function placed({ entry, otherwise }: Candidate, netns: string, host: string | undefined): Candidate {
  const place = (fields: Entry): Entry => {
    const [[kind, value], ...rest] = Object.entries(fields) as [[string, unknown], ...[string, unknown][]];
    return {
      [kind]: value,
      ...(netns === '' ? {} : { in: netns }),
      ...(host === undefined ? {} : { on: host }),
      ...Object.fromEntries(rest),
    };
  };
  return { entry: place(entry), otherwise: (otherwise ?? []).map(place) };
}

/** Everything that might be said, best first, whether it holds or not. */
function candidates(before: Observation, after: Observation, cellHost: string): Candidate[] {
  return Object.entries(after.hosts).flatMap(([name, host]) => {
    const hostBefore = before.hosts[name];
    if (hostBefore === undefined || host.failure !== undefined || hostBefore.failure !== undefined) return [];
    const on = name === cellHost ? undefined : name;
    const here = (netns: string) => (one: Candidate) => placed(one, netns, on);
    return [
      ...netnsEntries(hostBefore, host).map(here('')),
      ...namespacesOf(host).flatMap((netns) => {
        const known = hostBefore.namespaces.find((each) => each.name === netns.name);
        const change = { host, hostBefore, after: netns, ...(known && { before: known }) };
        return OF_NAMESPACE.flatMap((make) => make(change)).map(here(netns.name));
      }),
      ...envEntries(hostBefore, host).map(here('')),
    ];
  });
}

/**
 * @param walks the same cell as seen by one walk or several; what is random differs between them, and falls away
 * @param host the cell's: checks of another say `on:`
 */
export function propose(walks: readonly Seen[], host: string, hosts: readonly string[]): Entry[] {
  const [first] = walks;
  if (first === undefined) return [];
  const found = candidates(first.before, first.after, host).flatMap(({ entry, otherwise = [] }) => {
    const best = [entry, ...otherwise].find((one) => walks.every((seen) => holdsFor(one, seen, host, hosts)));
    return best === undefined ? [] : [best];
  });
  return [...new Map(found.map((entry) => [JSON.stringify(entry), entry])).values()];
}

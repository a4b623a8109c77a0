/**
 * A probe that nobody answers leaves the address that it asked for in the neighbour table, unresolved (INCOMPLETE, then
 * FAILED). While the entry lives, the kernel asks again only once a second (`retrans_time_ms`, arp(7)): the next packet
 * to that address waits for it, although the peer has come up meanwhile. A look that is to change nothing takes such
 * entries away again.
 */
import type { Need, Observation } from '../check/observation.ts';
import { ipFacts } from '../check/read/ip.ts';
import type { Sandbox } from '../sandbox/contract.ts';

const UNRESOLVED: ReadonlySet<string> = new Set(['INCOMPLETE', 'FAILED']);

/** One entry: where it stands, and what `ip neigh del` needs to take it away. */
interface Entry {
  host: string;
  netns: string;
  command: string;
}

/** What has to be observed to know the tables of all hosts. */
export function tableNeeds(hosts: readonly string[]): Need[] {
  return hosts.map((host) => ({ read: 'ip', host }));
}

function unresolved(observation: Observation): Entry[] {
  return Object.entries(observation.hosts).flatMap(([host, { namespaces }]) =>
    namespaces.flatMap((namespace) => {
      const { neighbours } = ipFacts(namespace);
      if (!neighbours.ok) return [];
      return neighbours.value
        .filter(({ dev, states }) => dev !== undefined && states.some((state) => UNRESOLVED.has(state)))
        .map(({ address, dev }) => ({
          host,
          netns: namespace.name,
          command: `neigh del ${address} dev ${dev}\n`,
        }));
    }),
  );
}

/**
 * Takes away the unresolved entries that were not there at `before`, one command a namespace. What cannot be taken away
 * (an interface that has gone meanwhile) is left.
 *
 * @param before an observation with `tableNeeds`
 * @throws SandboxError when the sandbox failed.
 */
export async function forgetUnanswered(sandbox: Sandbox, before: Observation): Promise<void> {
  const key = ({ host, netns, command }: Entry) => `${host}\0${netns}\0${command}`;
  const known = new Set(unresolved(before).map(key));
  const fresh = unresolved(await sandbox.observe(tableNeeds(sandbox.hosts))).filter(
    (one) => !known.has(key(one)),
  );
  const places = Map.groupBy(fresh, ({ host, netns }) => `${host}\0${netns}`);
  await Promise.all(
    [...places.values()].map(([first, ...others]) =>
      sandbox.exec(first!.host, ['/sbin/ip', '-force', '-batch', '-'], {
        netns: first!.netns,
        stdin: new TextEncoder().encode([first!, ...others].map(({ command }) => command).join('')),
        timeoutMs: 5000,
      }),
    ),
  );
}

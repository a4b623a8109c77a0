/** A life of hosts that have an agent each. */

import type { Life } from '../agent/sandbox.ts';
import type { HostSpec } from '../contract.ts';
import type { Agent } from './start.ts';

/**
 * Starts the agents side by side; when one cannot start, the others are ended again.
 * @param addresses of hosts that a machine would not say itself, or not rightly
 * @param onEnd gets what the agents could not put back, by host
 */
export async function liveWith(
  hosts: readonly HostSpec[],
  start: (host: HostSpec) => Promise<Agent>,
  addresses: ReadonlyMap<string, string> = new Map(),
  onEnd: (left: ReadonlyMap<string, readonly string[] | undefined>) => Promise<void> | void = () => {},
): Promise<Life> {
  const started = await Promise.allSettled(hosts.map((host) => start(host)));
  const failed = started.find((one) => one.status === 'rejected');
  const agents = started.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  if (failed) {
    await Promise.all(agents.map((agent) => agent.end()));
    throw failed.reason;
  }
  const names = new Map(hosts.map(({ name }, i) => [name, addresses.get(name) ?? agents[i]!.address]));
  await Promise.all(agents.map((agent) => agent.names(names)));
  let ended: Promise<void> | undefined;
  const end = async () => {
    const left = await Promise.all(agents.map((agent) => agent.end()));
    await onEnd(new Map(hosts.map((host, i) => [host.name, left[i]])));
  };
  return {
    places: new Map(hosts.map((host, i) => [host.name, { connection: agents[i]!.connection, index: 0 }])),
    closed: Promise.race(agents.map((agent) => agent.connection.closed)),
    end: () => {
      ended ??= end();
      return ended;
    },
  };
}

/** A life of hosts that have an agent each. */

import type { Life } from '../agent/sandbox.ts';
import type { HostSpec } from '../contract.ts';
import type { Agent } from './start.ts';

export interface LifeOptions {
  /** Of hosts that a machine would not say itself, or not rightly. */
  addresses?: ReadonlyMap<string, string>;
  /** Once all are there. */
  joined?: (agents: readonly Agent[]) => Promise<unknown>;
  /** Gets what the agents could not put back, by host; undefined of one that did not come to say. */
  onEnd?: (left: ReadonlyMap<string, readonly string[] | undefined>) => void;
}

/** Starts the agents side by side; when one cannot start, the others are ended again. */
export async function liveWith<Host extends HostSpec>(
  hosts: readonly Host[],
  start: (host: Host) => Promise<Agent>,
  { addresses = new Map(), joined, onEnd }: LifeOptions = {},
): Promise<Life> {
  const started = await Promise.allSettled(hosts.map((host) => start(host)));
  const agents = started.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  const failed = started.find((one) => one.status === 'rejected');
  try {
    if (failed) throw failed.reason;
    const names = new Map(hosts.map(({ name }, i) => [name, addresses.get(name) ?? agents[i]!.address]));
    await Promise.all(agents.map((agent) => agent.names(names)));
    await joined?.(agents);
  } catch (error) {
    await Promise.all(agents.map((agent) => agent.end()));
    throw error;
  }
  let ended: Promise<void> | undefined;
  const end = async () => {
    const left = await Promise.all(agents.map((agent) => agent.end()));
    onEnd?.(new Map(hosts.map((host, i) => [host.name, left[i]])));
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

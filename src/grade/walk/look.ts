/** What a grader looks at besides what the checks ask for. */
import type { Need, Observation } from '../../check/observation.ts';

/** Everything of the hosts that is read without a packet being sent. */
export function passiveNeeds(hosts: readonly string[]): Need[] {
  return hosts.flatMap((host) =>
    (['netns', 'ip', 'bridge', 'nft', 'listen', 'process'] as const).map((read): Need => ({ read, host })),
  );
}

/** Every process as host and pid: a pid comes again only after millions of others. */
export function processesOf(observation: Observation): Set<string> {
  return new Set(
    Object.entries(observation.hosts).flatMap(([host, seen]) =>
      (seen.processes ?? [])
        .filter(({ state }) => !state.startsWith('Z') && !state.startsWith('X'))
        .map(({ pid }) => `${host} ${pid}`),
    ),
  );
}

/** What has to be observed for a map. */
import type { Need, Observation } from '../check/observation.ts';
import { mergeObservations } from '../session/merge-observations.ts';

export const FORWARDING = 'net.ipv4.ip_forward';

/** Everything passive of all hosts, one round trip a host. */
export function mapNeeds(hosts: readonly string[]): Need[] {
  return hosts.flatMap((host) =>
    (['netns', 'ip', 'bridge', 'nft', 'process'] as const).map((read): Need => ({ read, host })),
  );
}

/** A setting is asked for by the name of its namespace, so the names must be known first. */
export function settingNeeds(seen: Observation): Need[] {
  return Object.entries(seen.hosts).flatMap(([host, { namespaces }]) =>
    namespaces.map(({ name }): Need => ({ read: 'sysctl', host, netns: name, name: FORWARDING })),
  );
}

/**
 * Two looks: first what is there, then the settings of it.
 * @throws what `observe` throws: SandboxError.
 */
export async function lookAtNetwork(
  observe: (needs: readonly Need[]) => Promise<Observation>,
  hosts: readonly string[],
): Promise<Observation> {
  const seen = await observe(mapNeeds(hosts));
  const settings = settingNeeds(seen);
  return settings.length === 0 ? seen : mergeObservations(seen, await observe(settings));
}

/** Which name servers a namespace asks. `ip netns exec` puts /etc/netns/NAME/resolv.conf in the place of the host's. */
import type { HostObservation } from '../observation.ts';

export const RESOLV_CONF = '/etc/resolv.conf';
export const netnsResolvConf = (netns: string) => `/etc/netns/${netns}/resolv.conf`;

/** The file that names them. */
export const resolverFile = (host: HostObservation | undefined, netns: string): string =>
  netns !== '' && host?.files[netnsResolvConf(netns)]?.exists ? netnsResolvConf(netns) : RESOLV_CONF;

/** undefined when the file was not read. */
export function nameServers(host: HostObservation | undefined, netns: string): string[] | undefined {
  const file = host?.files[resolverFile(host, netns)];
  if (file === undefined || (!file.exists && file.failure !== undefined)) return undefined;
  const text = file.exists ? (file.content ?? '') : '';
  return [...text.matchAll(/^\s*nameserver\s+(\S+)/gm)].map((line) => line[1]!);
}

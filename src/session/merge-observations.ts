/** Two looks at the same hosts as one observation: what the newer one read stands, the rest is the older one's. */
import type { HostObservation, NetnsObservation, Observation } from '../check/observation.ts';

export function mergeObservations(older: Observation, newer: Observation | undefined): Observation {
  if (newer === undefined) return older;
  const hosts: Record<string, HostObservation> = { ...older.hosts };
  for (const [name, host] of Object.entries(newer.hosts)) {
    const before = Object.hasOwn(hosts, name) ? hosts[name] : undefined;
    hosts[name] = before === undefined ? host : mergeHost(before, host);
  }
  const traces = older.traces || newer.traces ? { traces: { ...older.traces, ...newer.traces } } : {};
  return { at: newer.at, hosts, probes: { ...older.probes, ...newer.probes }, ...traces };
}

function mergeHost(older: HostObservation, newer: HostObservation): HostObservation {
  const known = new Map(
    older.namespaces.map((namespace) => [`${namespace.name}\0${namespace.inode}`, namespace]),
  );
  // A namespace that the newer look does not list is gone.
  const namespaces: NetnsObservation[] = newer.namespaces.map((namespace) => ({
    ...known.get(`${namespace.name}\0${namespace.inode}`),
    ...namespace,
  }));
  return {
    ...older,
    ...newer,
    namespaces,
    sysctls: { ...older.sysctls, ...newer.sysctls },
    files: { ...older.files, ...newer.files },
    ...(older.containers || newer.containers
      ? { containers: { ...older.containers, ...newer.containers } }
      : {}),
    env: { ...older.env, ...newer.env },
  };
}

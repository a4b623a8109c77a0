/** Network namespaces that were made or taken away. */
import type { HostObservation } from '../../check/observation.ts';
import type { Candidate } from '../model.ts';

export function netnsEntries(before: HostObservation, after: HostObservation): Candidate[] {
  const names = (host: HostObservation) =>
    host.namespaces.map(({ name }) => name).filter((name) => name !== '');
  const [old, now] = [names(before), names(after)];
  return [
    ...now.filter((name) => !old.includes(name)).map((netns) => ({ entry: { netns } })),
    ...old.filter((name) => !now.includes(name)).map((netns) => ({ entry: { netns, absent: true } })),
  ];
}

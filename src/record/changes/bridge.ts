/** Bridges whose ports are others than before. */
import type { NetnsObservation } from '../../check/observation.ts';
import { ipFacts } from '../../check/read/ip.ts';
import type { Candidate, Change } from '../model.ts';

/** Bridge -> its ports; undefined when the links could not be read. */
function portsOf(netns: NetnsObservation | undefined): ReadonlyMap<string, string[]> | undefined {
  if (netns === undefined) return new Map();
  const { links } = ipFacts(netns);
  if (!links.ok) return undefined;
  const bridges = links.value.filter(({ kind }) => kind === 'bridge');
  return new Map(
    bridges.map(({ name }) => [
      name,
      links.value
        .filter(({ master }) => master === name)
        .map((port) => port.name)
        .sort(),
    ]),
  );
}

export function bridgeEntries(change: Change): Candidate[] {
  const [before, after] = [portsOf(change.before), portsOf(change.after)];
  if (before === undefined || after === undefined) return [];
  return [...after].flatMap(([bridge, ports]): Candidate[] => {
    const old = before.get(bridge) ?? [];
    return old.join('\n') === ports.join('\n') ? [] : [{ entry: { bridge, ports: { exactly: ports } } }];
  });
}

/** What became of a network between two looks: what the last cell changed. Pure; plain JSON. */
import { routeLine } from '../check/read/route.ts';
import type { Interface, Network, Space } from './model.ts';

export type ChangeMark = 'added' | 'removed' | 'changed';

export interface Change {
  mark: ChangeMark;
  what: 'host' | 'namespace' | 'interface' | 'address' | 'route' | 'firewall' | 'forwarding';
  host: string;
  /** Key of the namespace; '' for a host. */
  space: string;
  /** Name of the interface, of an interface or an address. */
  interface?: string;
  /** The address, the route as `ip route` writes it, the firewall's mark; of a changed interface: its fields. */
  value?: string;
}

export interface NetworkDiff {
  changes: readonly Change[];
}

export const NO_CHANGES: NetworkDiff = { changes: [] };

/** The kernel counts them by itself, or they follow from another change that is told. */
const FIELDS = ['state', 'kind', 'mac', 'mtu', 'master'] as const;

type At = Omit<Change, 'mark' | 'what' | 'interface' | 'value'>;

const listed = (before: readonly string[], after: readonly string[]) => ({
  added: after.filter((one) => !before.includes(one)),
  removed: before.filter((one) => !after.includes(one)),
});

function addressChanges(at: At, name: string, before: readonly string[], after: readonly string[]): Change[] {
  const { added, removed } = listed(before, after);
  const change =
    (mark: ChangeMark) =>
    (value: string): Change => ({ ...at, mark, what: 'address', interface: name, value });
  return [...added.map(change('added')), ...removed.map(change('removed'))];
}

function interfaceChanges(at: At, before: readonly Interface[], after: readonly Interface[]): Change[] {
  const changes: Change[] = [];
  for (const now of after) {
    const then = before.find((each) => each.name === now.name);
    if (then === undefined) {
      changes.push({ ...at, mark: 'added', what: 'interface', interface: now.name });
      changes.push(...addressChanges(at, now.name, [], now.addresses));
      continue;
    }
    const fields = FIELDS.filter((field) => then[field] !== now[field]);
    if (fields.length > 0)
      changes.push({
        ...at,
        mark: 'changed',
        what: 'interface',
        interface: now.name,
        value: fields.join(', '),
      });
    changes.push(...addressChanges(at, now.name, then.addresses, now.addresses));
  }
  for (const then of before)
    if (!after.some((each) => each.name === then.name))
      changes.push({ ...at, mark: 'removed', what: 'interface', interface: then.name });
  return changes;
}

function textChanges(
  at: At,
  what: Change['what'],
  before: readonly string[],
  after: readonly string[],
): Change[] {
  const { added, removed } = listed(before, after);
  return [
    ...added.map((value): Change => ({ ...at, mark: 'added', what, value })),
    ...removed.map((value): Change => ({ ...at, mark: 'removed', what, value })),
  ];
}

const EMPTY = { interfaces: [], routes: [], marks: [] };

function spaceChanges(before: Space | undefined, after: Space): Change[] {
  const at = { host: after.host, space: after.key };
  // What could not be seen once has not changed by being seen again.
  if (before?.unseen !== undefined || after.unseen !== undefined)
    return before === undefined ? [{ ...at, mark: 'added', what: 'namespace' }] : [];
  const { interfaces, routes, marks } = before ?? EMPTY;
  const changes = [
    ...interfaceChanges(at, interfaces, after.interfaces),
    ...textChanges(at, 'route', routes.map(routeLine), after.routes.map(routeLine)),
    ...textChanges(
      at,
      'firewall',
      marks.map((each) => each.text),
      after.marks.map((each) => each.text),
    ),
  ];
  if (before === undefined) return [{ ...at, mark: 'added', what: 'namespace' }, ...changes];
  if (
    before.forwarding !== undefined &&
    after.forwarding !== undefined &&
    before.forwarding !== after.forwarding
  )
    changes.push({ ...at, mark: 'changed', what: 'forwarding', value: after.forwarding ? '1' : '0' });
  return changes;
}

export function diffNetworks(before: Network, after: Network): NetworkDiff {
  const changes: Change[] = [];
  for (const host of after.hosts) {
    const then = before.hosts.find((each) => each.name === host.name);
    if (then === undefined) {
      changes.push({ mark: 'added', what: 'host', host: host.name, space: '' });
      continue;
    }
    if (then.failure !== undefined || host.failure !== undefined) continue;
    for (const space of host.spaces)
      changes.push(
        ...spaceChanges(
          then.spaces.find((each) => each.key === space.key),
          space,
        ),
      );
    for (const space of then.spaces)
      if (!host.spaces.some((each) => each.key === space.key))
        changes.push({ mark: 'removed', what: 'namespace', host: host.name, space: space.key });
  }
  for (const host of before.hosts)
    if (!after.hosts.some((each) => each.name === host.name))
      changes.push({ mark: 'removed', what: 'host', host: host.name, space: '' });
  return { changes };
}

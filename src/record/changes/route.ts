/** Routes that came or went. What the kernel keeps for itself (local, broadcast, link-local) is left out. */
import type { NetnsObservation } from '../../check/observation.ts';
import { ipFacts } from '../../check/read/ip.ts';
import type { Route } from '../../check/read/route.ts';
import { tableName } from '../../check/read/route-compare.ts';
import type { Candidate, Change, Entry } from '../model.ts';

/** What the `type` of a check may be, but for `local`, which the kernel makes of each address. */
const TYPES = ['unicast', 'blackhole', 'unreachable', 'prohibit'];

const isWorthSaying = (route: Route): boolean =>
  TYPES.includes(route.type) &&
  !/^(fe80:|ff00:)/i.test(route.destination) &&
  tableName(route.table) !== 'local';

function routesOf(netns: NetnsObservation | undefined): readonly Route[] | undefined {
  if (netns === undefined) return [];
  const { routes } = ipFacts(netns);
  return routes.ok ? routes.value.filter(isWorthSaying) : undefined;
}

function entryOf(route: Route): Entry {
  const hop = route.hops[0];
  const table = tableName(route.table);
  return {
    route: route.destination,
    ...(hop?.via === undefined ? {} : { via: hop.via }),
    ...(hop?.dev === undefined ? {} : { dev: hop.dev }),
    ...(route.src === undefined ? {} : { src: route.src }),
    ...(route.metric === 0 || route.family === 6 ? {} : { metric: route.metric }),
    ...(table === 'main' ? {} : { table }),
    ...(route.type === 'unicast' ? {} : { type: route.type }),
  };
}

/** A connected route comes and goes with its address, which is told already. */
const isOwn = ({ protocol }: Route): boolean => protocol !== 'kernel';

/** `linkdown` and such come and go with the carrier. */
const same = (route: Route): string => JSON.stringify({ ...route, flags: [] });

export function routeEntries(change: Change): Candidate[] {
  const [before, after] = [routesOf(change.before), routesOf(change.after)];
  if (before === undefined || after === undefined) return [];
  const old = new Set(before.map(same));
  const now = new Set(after.map(same));
  return [
    ...after
      .filter((route) => !old.has(same(route)) && isOwn(route))
      .map((route) => ({ entry: entryOf(route) })),
    ...before
      .filter((route) => !now.has(same(route)) && isOwn(route))
      .map((route) => ({ entry: { ...entryOf(route), absent: true } })),
  ];
}

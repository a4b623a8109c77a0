/** Holds a route against what a check says of it. */
import { formatPrefix, network, parsePrefix, sameAddress } from '../../lib/addresses.ts';
import type { Comparison } from '../compare.ts';
import type { Matcher } from '../matcher.ts';
import type { Hop, Route } from './route.ts';

/** Numbers of the tables that have names (rtnetlink.h). */
const TABLES: Readonly<Record<string, string>> = { '253': 'default', '254': 'main', '255': 'local' };

export function tableName(table: string): string {
  return TABLES[table] ?? table;
}

/** Whether a route has this destination: the entry itself, not a wider one that would cover it. */
export function leadsTo(route: Route, destination: string): boolean {
  if (destination === 'default') return route.destination === 'default';
  const prefix = parsePrefix(destination);
  if (prefix === undefined || prefix.family !== route.family) return false;
  return route.destination === (prefix.length === 0 ? 'default' : formatPrefix(network(prefix)));
}

export interface WantedRoute {
  via?: string;
  dev?: string;
  src?: string;
  metric?: Matcher;
  type?: string;
  scope?: Matcher;
  protocol?: Matcher;
}

const address = { same: sameAddress };

/** Gateway and device are compared on one hop: of a multipath route the hop that fits best. */
export function routeComparisons(wanted: WantedRoute, route: Route): Comparison[] {
  const fits = (hop: Hop) =>
    Number(wanted.via !== undefined && hop.via !== undefined && sameAddress(wanted.via, hop.via)) +
    Number(wanted.dev !== undefined && hop.dev === wanted.dev);
  const hop = [...route.hops].sort((a, b) => fits(b) - fits(a))[0];
  return [
    { field: 'via', expected: wanted.via, found: hop?.via ?? 'none', options: address },
    { field: 'dev', expected: wanted.dev, found: hop?.dev ?? 'none' },
    { field: 'src', expected: wanted.src, found: route.src ?? 'none', options: address },
    { field: 'metric', expected: wanted.metric, found: route.metric },
    { field: 'type', expected: wanted.type, found: route.type },
    { field: 'scope', expected: wanted.scope, found: route.scope },
    { field: 'protocol', expected: wanted.protocol, found: route.protocol },
  ];
}

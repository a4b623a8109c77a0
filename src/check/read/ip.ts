/**
 * Links, routes, rules and neighbours of one namespace, from the JSON of iproute2 (5.x and 6.x).
 * Sections come in the order addr, route (all tables), -6 route (all tables), rule, neigh, and -6 rule, which is not
 * everywhere.
 */
import type { NetnsObservation } from '../observation.ts';
import { every, readJsonStream } from './json.ts';
import { type Link, readLink } from './link.ts';
import { type Neighbour, readNeighbour } from './neighbour.ts';
import { once, type Reading, read, saying, toolFailure, unread } from './reading.ts';
import { type Route, type Rule, readRoute, readRule } from './route.ts';

export interface IpFacts {
  links: Reading<readonly Link[]>;
  routes: Reading<readonly Route[]>;
  rules: Reading<readonly Rule[]>;
  /** Of IPv6. */
  rules6: Reading<readonly Rule[]>;
  neighbours: Reading<readonly Neighbour[]>;
}

const SECTIONS = 5;

function nothing(why: string): IpFacts {
  const none = unread(why);
  return { links: none, routes: none, rules: none, rules6: none, neighbours: none };
}

/** `ip -j route show table all` lists IPv6 too on newer versions: each route is kept once. */
function unique(routes: readonly Route[]): Route[] {
  const seen = new Map(routes.map((route) => [JSON.stringify(route), route]));
  return [...seen.values()];
}

function reading<T>(value: T | undefined, why: string): Reading<T> {
  return value === undefined ? unread(why) : read(value);
}

/**
 * All facts of `ip`, each section by itself. A section that is missing or not understood is unread, never empty:
 * else `absent` would hold because a tool failed.
 */
export const ipFacts = once((netns: NetnsObservation): IpFacts => {
  const failure = toolFailure('ip', netns.ip);
  if (failure !== undefined || netns.ip === undefined) return nothing(failure ?? 'ip was not run.');
  const { values, whole } = readJsonStream(netns.ip.stdout);
  const why = `the answer of ip could not be read${saying(netns.ip)}.`;
  const links = every(values[0], readLink);
  // Every namespace has `lo`: an empty list is no answer.
  const known = links !== undefined && links.length > 0 ? links : undefined;
  const complete = whole && (values.length === SECTIONS || values.length === SECTIONS + 1);
  const routes = complete ? [every(values[1], readRoute), every(values[2], readRoute)] : [];
  const [four, six] = routes;
  return {
    links: reading(known, why),
    routes: reading(four && six ? unique([...four, ...six]) : undefined, why),
    rules: reading(complete ? every(values[3], readRule) : undefined, why),
    rules6: reading(complete ? every(values[5], readRule) : undefined, why),
    neighbours: reading(complete ? every(values[4], readNeighbour) : undefined, why),
  };
});

/** The kernel's choice, from `ip -j route get`. */
import type { ToolResult } from '../observation.ts';
import { isJson, readJsonStream, text } from './json.ts';
import { type Reading, read, saying, toolFailure, unread } from './reading.ts';
import { type Route, readRoute } from './route.ts';

export const ROUTE_GET_FAILURES = [
  'unreachable-network',
  'unreachable-host',
  'prohibited',
  'blackhole',
] as const;
export type RouteGetFailure = (typeof ROUTE_GET_FAILURES)[number];

export interface RouteChoice {
  /** undefined when there is no way; `failure` then says why. */
  route?: Route;
  failure?: RouteGetFailure;
  /** The kernel's words. */
  said: string;
}

/** strerror of what rtnetlink answers: ENETUNREACH, EHOSTUNREACH, EACCES, and EINVAL for a blackhole. */
const FAILURES: readonly [RegExp, RouteGetFailure][] = [
  [/^RTNETLINK answers: Network is unreachable$/m, 'unreachable-network'],
  [/^RTNETLINK answers: No route to host$/m, 'unreachable-host'],
  [/^RTNETLINK answers: Permission denied$/m, 'prohibited'],
  [/^RTNETLINK answers: Invalid argument$/m, 'blackhole'],
];

export function readRouteGet(result: ToolResult | undefined): Reading<RouteChoice> {
  const failed = toolFailure('ip', result);
  if (failed !== undefined || result === undefined) return unread(failed ?? 'ip was not run.');
  if (result.exit === 0) {
    const first = readJsonStream(result.stdout).values[0];
    const raw = Array.isArray(first) && first.length === 1 ? first[0] : undefined;
    const route = isJson(raw) ? readRoute(raw) : undefined;
    // Asked for with `from`, the answer has that as the source.
    if (route && isJson(raw))
      return read({ route: { ...route, src: route.src ?? text(raw.from) }, said: '' });
    return unread('the answer of ip route get could not be read.');
  }
  const failure = result.exit === 2 ? FAILURES.find(([words]) => words.test(result.stderr))?.[1] : undefined;
  if (failure === undefined) return unread(`ip route get failed${saying(result)}.`);
  return read({ failure, said: result.stderr.trim().split('\n')[0]!.replace('RTNETLINK answers: ', '') });
}

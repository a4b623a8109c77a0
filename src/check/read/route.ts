/** Routes and rules as `ip -j -d route` and `ip -j rule` show them. */
import { formatPrefix, network, parsePrefix } from '../../lib/addresses.ts';
import { isJson, type Json, number, text, texts } from './json.ts';

export interface Hop {
  via?: string;
  dev?: string;
}

export interface Route {
  family: 4 | 6;
  /** `unicast`, `blackhole`, `unreachable`, `prohibit`, `local`, `broadcast`, ... */
  type: string;
  /** `default`, or a prefix in canonical form: `10.0.0.0/24`, `10.0.0.11/32`. */
  destination: string;
  /** One, or several of a multipath route; none for a blackhole. */
  hops: readonly Hop[];
  src?: string;
  /** 0 when the kernel shows none. */
  metric: number;
  table: string;
  scope: string;
  protocol: string;
  /** `linkdown`, `dead`, `onlink`. */
  flags: readonly string[];
}

export interface Rule {
  priority: number;
  src: string;
  dst?: string;
  table: string;
  /** What it asks for is turned round. */
  not?: true;
  /** It asks for the interface that a packet came in by; `lo` for what is made here. */
  iif?: string;
  /** It asks for the sender's user. */
  users?: { from: number; to: number };
  /** It asks for a mark, a protocol or ports, what a socket is bound to: of which nothing is known here. */
  more?: true;
  /** Its table is that of the VRF that the packet is in. */
  vrf?: true;
  /** A route with a prefix no longer than this does not count. */
  suppressed?: number;
}

/** `gateway`, or the `via` of a route whose gateway is of the other family. */
function gateway(raw: Json): string | undefined {
  return text(raw.gateway) ?? (isJson(raw.via) ? text(raw.via.host) : undefined);
}

function hopsOf(raw: Json): Hop[] {
  const many = Array.isArray(raw.nexthops) ? raw.nexthops.filter(isJson) : [];
  const hops = many.length > 0 ? many : [raw];
  return hops
    .map((hop) => ({ via: gateway(hop), dev: text(hop.dev) }))
    .filter(({ via, dev }) => via !== undefined || dev !== undefined);
}

export function readRoute(raw: Json): Route | undefined {
  const dst = text(raw.dst);
  // A neighbour has `dst` too, and its states; a route has none.
  if (dst === undefined || raw.state !== undefined) return undefined;
  const prefix = dst === 'default' ? undefined : parsePrefix(dst);
  if (dst !== 'default' && prefix === undefined) return undefined;
  const hops = hopsOf(raw);
  const type = text(raw.type) ?? 'unicast';
  // The JSON does not name the family; only IPv6 routes have a router preference.
  const family = prefix?.family ?? (raw.pref !== undefined || text(raw.gateway)?.includes(':') ? 6 : 4);
  return {
    family,
    type,
    destination: prefix === undefined || prefix.length === 0 ? 'default' : formatPrefix(network(prefix)),
    hops,
    src: text(raw.prefsrc),
    metric: number(raw.metric) ?? 0,
    table: text(raw.table) ?? (type === 'local' || type === 'broadcast' ? 'local' : 'main'),
    scope: text(raw.scope) ?? 'global',
    protocol: text(raw.protocol) ?? 'boot',
    flags: texts(raw.flags),
  };
}

const MORE = ['fwmark', 'oif', 'tos', 'ipproto', 'sport', 'dport', 'tun_id'];

export function readRule(raw: Json): Rule | undefined {
  const priority = number(raw.priority);
  const src = text(raw.src);
  if (priority === undefined || src === undefined) return undefined;
  const length = number(raw.srclen);
  const dst = text(raw.dst);
  return {
    priority,
    src: length === undefined ? src : `${src}/${length}`,
    dst: dst === undefined ? undefined : `${dst}${number(raw.dstlen) === undefined ? '' : `/${raw.dstlen}`}`,
    table: text(raw.table) ?? '',
    ...('not' in raw ? { not: true } : {}),
    ...(text(raw.iif) === undefined ? {} : { iif: text(raw.iif) }),
    ...(number(raw.uid_start) === undefined
      ? {}
      : { users: { from: number(raw.uid_start)!, to: number(raw.uid_end) ?? number(raw.uid_start)! } }),
    ...(MORE.some((field) => field in raw) ? { more: true } : {}),
    ...('l3mdev' in raw ? { vrf: true } : {}),
    ...(number(raw.suppress_prefixlen) === undefined ? {} : { suppressed: number(raw.suppress_prefixlen) }),
  };
}

/** `default via 10.0.0.1 dev eth0 metric 100`, as `ip route` writes it. */
export function routeLine(route: Route): string {
  const parts = route.type === 'unicast' ? [route.destination] : [route.type, route.destination];
  for (const hop of route.hops) {
    if (route.hops.length > 1) parts.push('nexthop');
    if (hop.via !== undefined) parts.push('via', hop.via);
    if (hop.dev !== undefined) parts.push('dev', hop.dev);
  }
  if (route.src !== undefined) parts.push('src', route.src);
  if (route.metric !== 0) parts.push('metric', String(route.metric));
  if (route.table !== 'main') parts.push('table', route.table);
  return parts.join(' ');
}

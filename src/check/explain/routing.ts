/** Which route a node takes, as the kernel chooses: rules in order, then the longest prefix, then the metric. Pure. */

import { type Address, contains, formatAddress, parseAddress, parsePrefix } from '../../lib/addresses.ts';
import { isLinkLocal, type Link } from '../read/link.ts';
import type { Route, Rule } from '../read/route.ts';
import { type Node, ownerLink, usedAddressesOf } from './world.ts';

const TABLES: Readonly<Record<string, string>> = { '255': 'local', '254': 'main', '253': 'default' };
const tableName = (table: string) => TABLES[table] ?? table;

/** What the kernel has when nobody made rules; used when rules could not be read. */
const USUAL: readonly Rule[] = [
  { priority: 0, src: 'all', table: 'local' },
  { priority: 32766, src: 'all', table: 'main' },
  { priority: 32767, src: 'all', table: 'default' },
];

const applies = (selector: string | undefined, address: Address | undefined) => {
  if (selector === undefined || selector === 'all' || selector === '') return true;
  const prefix = parsePrefix(selector);
  return prefix !== undefined && address !== undefined && contains(prefix, address);
};

const lengthOf = (route: Route) =>
  route.destination === 'default' ? 0 : parsePrefix(route.destination)!.length;

function best(routes: readonly Route[], table: string, to: Address): Route | undefined {
  const fitting = routes.filter(
    (route) =>
      route.family === to.family &&
      tableName(route.table) === table &&
      !route.flags.includes('dead') &&
      (route.destination === 'default' || contains(parsePrefix(route.destination)!, to)),
  );
  return fitting.sort((a, b) => lengthOf(b) - lengthOf(a) || a.metric - b.metric)[0];
}

/** @param incoming the interface that it came in by; none where it is made here, by root */
function isFor(rule: Rule, to: Address, from: Address | undefined, incoming: Link | undefined): boolean {
  // nothing has marked it, as far as we know
  if (rule.more) return false;
  const parts = [
    applies(rule.src, from),
    applies(rule.dst, to),
    rule.iif === undefined || rule.iif === (incoming?.name ?? 'lo'),
    rule.users === undefined || (incoming === undefined && rule.users.from === 0),
  ];
  return parts.every((each) => each) !== (rule.not === true);
}

/** Of the VRF that an interface is part of. */
function vrfTable(node: Node, incoming: Link | undefined): string | undefined {
  const vrf = incoming && node.links.find(({ name }) => name === incoming.master);
  return incoming?.table ?? vrf?.table;
}

/** The route to an address; undefined when there is none ("Network is unreachable"). */
export function routeTo(node: Node, to: Address, from?: Address, incoming?: Link): Route | undefined {
  const own = to.family === 4 ? node.rules : node.rules6;
  const rules = own.length > 0 ? own : USUAL;
  for (const rule of [...rules].sort((a, b) => a.priority - b.priority)) {
    const table = rule.vrf ? vrfTable(node, incoming) : rule.table;
    if (table === undefined || !isFor(rule, to, from, incoming)) continue;
    const route = best(node.routes, tableName(table), to);
    if (route === undefined || route.type === 'throw') continue;
    if (lengthOf(route) > (rule.suppressed ?? -1)) return route;
  }
  return undefined;
}

/** The address that a packet gets when the sender did not choose one. */
export function sourceFor(node: Node, route: Route, to: Address, via?: Address): Address | undefined {
  const preferred = route.src === undefined ? undefined : parseAddress(route.src);
  if (preferred !== undefined) return preferred;
  const dev = node.links.find((link) => link.name === route.hops[0]?.dev);
  // a link-local address is for neighbours alone
  const isNear = isLinkLocal(formatAddress(to));
  const own =
    dev === undefined
      ? []
      : usedAddressesOf(dev).filter(
          (address) => address.family === to.family && isLinkLocal(formatAddress(address)) === isNear,
        );
  const near = own.find((address) => contains(address, via ?? to));
  if (near !== undefined || own.length > 0) return near ?? own[0];
  // The interface has none: the kernel takes one of another interface that is up.
  return node.links
    .filter((link) => link.up && link.kind !== 'loopback')
    .flatMap(usedAddressesOf)
    .find((address) => address.family === to.family && isLinkLocal(formatAddress(address)) === isNear);
}

export const isLocal = (node: Node, address: Address) => ownerLink(node, address) !== undefined;

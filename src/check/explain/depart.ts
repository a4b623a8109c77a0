/** A packet leaves a node: the route, the source address, the interface, the next hop. */

import { type Address, contains, formatAddress, parseAddress, parsePrefix } from '../../lib/addresses.ts';
import { isLinkLocal } from '../read/link.ts';
import { type Route, routeLine } from '../read/route.ts';
import { deafToRouters, TURN_ON, turnedOff } from './family-six.ts';
import type { Packet } from './packet.ts';
import { routeTo } from './routing.ts';
import { segmentOf } from './segment.ts';
import { ok, type Trail, unknown, wrong } from './trail.ts';
import { addressesOf, type Node, ownerLink, owners, type Port, portName, type World } from './world.ts';

export interface Departure {
  route: Route;
  port: Port;
  /** Whom ARP asks for: the gateway, or the destination itself. */
  hop: Address;
}

const REFUSING: Readonly<Record<string, string>> = {
  blackhole: 'drops without a word',
  unreachable: 'answers "No route to host"',
  prohibit: 'refuses',
};

/** The route of a packet and the interface it leaves by; undefined, with the fault on the trail, when there is none. */
export function departure(
  trail: Trail,
  world: World,
  node: Node,
  packet: Packet,
  incoming?: Port,
): Departure | undefined {
  const to = packet.destination;
  const name = formatAddress(to);
  const question = `Which route does ${node.title} take to ${name}?`;
  if (node.links.length === 0) {
    unknown(trail, question, `The routes of ${node.title} could not be read.`);
    return undefined;
  }
  const route = routeTo(node, to, packet.source, incoming?.link);
  if (route === undefined) {
    const { cause, advice } = whyNoRoute(world, node, to, packet.answer);
    return wrong(trail, question, cause, advice);
  }
  const gone = goneWithItsInterface(node, to, route);
  if (gone !== undefined) {
    const lead = packet.answer ? 'The answer does not find its way back: ' : '';
    return wrong(
      trail,
      question,
      `${lead}The interface ${gone.name} in ${node.title}, whose network holds ${name}, is down, so its route is gone, and "${routeLine(route)}" is taken in its place.`,
      `Bring ${gone.name} up: the kernel keeps the route of an address only while its interface is up.`,
    );
  }
  const refusing = REFUSING[route.type];
  if (refusing !== undefined)
    return wrong(
      trail,
      question,
      `The route "${routeLine(route)}" of ${node.title} ${refusing}.`,
      'Take that route away, or make one with a longer prefix.',
    );
  const [hop] = route.hops;
  const link = node.links.find((each) => each.name === hop?.dev);
  if (hop === undefined || link === undefined) {
    unknown(trail, question, `"${routeLine(route)}": its interface was not seen.`);
    return undefined;
  }
  ok(trail, question, `"${routeLine(route)}".`);
  const via = hop.via === undefined ? undefined : parseAddress(hop.via);
  return { route, port: { node, link }, hop: via ?? to };
}

/** An interface that is down, by which the packet would leave were it up: what is there instead is for others. */
function goneWithItsInterface(node: Node, to: Address, route: Route) {
  const length = route.destination === 'default' ? 0 : (parsePrefix(route.destination)?.length ?? 0);
  return node.links.find(
    (link) => !link.up && addressesOf(link).some((own) => own.length > length && contains(own, to)),
  );
}

function whyNoRoute(world: World, node: Node, to: Address, answer: boolean) {
  const name = formatAddress(to);
  const lead = answer ? 'The answer does not find its way back: ' : '';
  const own = node.links.filter(
    (link) =>
      link.kind !== 'loopback' &&
      link.addresses.some((each) => each.family === to.family && !isLinkLocal(each.prefix)),
  );
  const down = node.links.find((link) => !link.up && addressesOf(link).some((each) => contains(each, to)));
  if (down !== undefined)
    return {
      cause: `${lead}The interface ${down.name} in ${node.title}, whose network holds ${name}, is down, so its route is gone.`,
      advice: `Bring ${down.name} up: the kernel keeps the route of an address only while its interface is up.`,
    };
  const gone = own.find((link) => !link.up);
  if (gone !== undefined)
    return {
      cause: `${lead}The interface ${gone.name} in ${node.title} is down, and its routes are gone with it: there is none to ${name}.`,
      advice: `Bring ${gone.name} up, and look which routes have to be made again: the kernel keeps none of an interface that is down.`,
    };
  // of IPv6 the addresses go with the interface: it is known by whom it would reach
  const off = node.links.find(
    (link) =>
      !link.up &&
      link.kind !== 'loopback' &&
      to.family === 6 &&
      (own.length === 0 || segmentOf(world, { node, link }).ends.some((end) => leadsTo(end, to))),
  );
  if (off !== undefined)
    return {
      cause: `${lead}The interface ${off.name} in ${node.title} is down, and its IPv6 addresses and routes are gone with it: there is none to ${name}.`,
      advice: `Bring ${off.name} up, and give it its addresses and routes again: of IPv6 the kernel keeps none of them.`,
    };
  const without = to.family === 6 ? turnedOff(world, node, to) : undefined;
  if (without !== undefined)
    return {
      cause: `${lead}IPv6 is turned off on ${without.name} in ${node.title} (disable_ipv6 is 1), and its addresses and routes are gone with it: there is none to ${name}.`,
      advice: TURN_ON,
    };
  if (own.length === 0)
    return {
      cause: `${lead}${node.title} has no address on any interface, so it has no route to ${name} ("Network is unreachable").`,
      advice: `Give the interface of ${node.title} an address with the prefix of its network.`,
    };
  const apart = inAnotherVrf(node, to);
  if (apart !== undefined)
    return {
      cause: `${lead}${node.title} has no route to ${name} where the packet is: ${apart.name}, whose network holds it, is part of the VRF ${apart.master}, which has a table of its own.`,
      advice: `Let the interfaces of both networks be part of the same VRF, or give ${node.title} a route from one table to the other.`,
    };
  const narrow = own.find((link) =>
    owners(world, to).some((there) => sameWire(link, to, addressesOf(there.link))),
  );
  if (narrow !== undefined)
    return {
      cause: `${lead}${node.title} has no route to ${name}: the prefix of ${narrow.addresses.find((each) => each.family === to.family)?.prefix} on ${narrow.name} does not hold it.`,
      advice:
        'Compare the prefix lengths of both ends: an address alone says nothing about its neighbours, the prefix does.',
    };
  const short = own.map((link) => tooNarrow(world, { node, link }, to.family)).find((each) => each);
  if (short !== undefined)
    return {
      cause: `${lead}${node.title} has no route to ${name}, and none by default: the prefix of ${short.prefix} on ${short.name} does not hold ${short.neighbour}, so that it cannot be a next hop.`,
      advice:
        'Compare the prefix lengths of both ends: a gateway must be within the prefix of an address of ours. Then look at the routes again.',
    };
  const deaf = to.family === 6 ? deafToRouters(world, node) : undefined;
  if (deaf !== undefined)
    return {
      cause: `${lead}${node.title} has no route to ${name} and no default route ("Network is unreachable"): it takes none from the advertisements of routers, ${deaf}.`,
      advice: `Let ${node.title} take routes from advertisements, or give it a default route by hand.`,
    };
  return {
    cause: `${lead}${node.title} has no route to ${name} and no default route ("Network is unreachable").`,
    advice: `Give ${node.title} a route: to the network of ${name}, or a default route, by a next hop that it reaches directly.`,
  };
}

/** An interface that would do, were its routes not in the table of a VRF. */
const inAnotherVrf = (node: Node, to: Address) =>
  node.links.find(
    (link) =>
      link.up &&
      node.links.some(({ name, kind }) => name === link.master && kind === 'vrf') &&
      addressesOf(link).some((own) => contains(own, to)),
  );

/** Who has the address, or is a router that knows a way to it other than back. */
function leadsTo({ node, link }: Port, to: Address): boolean {
  if (ownerLink(node, to) !== undefined) return true;
  const route = node.settings?.get('ipv6/conf/all/forwarding') === '1' ? routeTo(node, to) : undefined;
  return route?.type === 'unicast' && route.hops.every(({ dev }) => dev !== link.name);
}

/** An address of ours that a neighbour takes for one of its network, while ours does not hold the neighbour's. */
function tooNarrow(world: World, port: Port, family: 4 | 6) {
  const neighbours = segmentOf(world, port)
    .ends.filter((end) => end.node !== port.node)
    .flatMap((end) => addressesOf(end.link).map((address) => ({ address, end })));
  for (const { prefix } of port.link.addresses) {
    const mine = parsePrefix(prefix);
    if (mine?.family !== family) continue;
    const isAlone = !neighbours.some(({ address }) => address.family === family && contains(mine, address));
    const wide = neighbours.find(({ address }) => address.family === family && contains(address, mine));
    if (isAlone && wide !== undefined)
      return {
        prefix,
        name: port.link.name,
        neighbour: `${formatAddress(wide.address)} (${portName(wide.end)})`,
      };
  }
  return undefined;
}

/** The owner's prefix holds our address, ours does not hold the owner's: one of the two is wrong. */
function sameWire(link: Port['link'], to: Address, theirs: ReturnType<typeof addressesOf>): boolean {
  const wide = theirs.find((each) => each.value === to.value);
  return (
    wide !== undefined &&
    link.addresses.some((own) => {
      const mine = parsePrefix(own.prefix);
      return mine !== undefined && contains(wide, { family: mine.family, value: mine.value });
    })
  );
}

/** Through a tunnel: what it puts around a packet must get to its other end, and a tunnel there must take it. Pure. */
import { type Address, formatAddress, parseAddress } from '../../lib/addresses.ts';
import type { Link, Tunnel } from '../read/link.ts';
import type { Packet, Protocol } from './packet.ts';
import { isLocal, routeTo } from './routing.ts';
import { newTrail, ok, type Trail, unknown, wrong } from './trail.ts';
import { type Node, owners, type Port, portName, type World } from './world.ts';

/** What travels between the ends; of those that carry Ethernet a neighbour must answer at the other end. */
const KINDS: Readonly<
  Record<string, { protocol: Protocol; headers: readonly [four: number, six: number]; ethernet?: true }>
> = {
  gre: { protocol: 'gre', headers: [24, 44] },
  ip6gre: { protocol: 'gre', headers: [24, 52] },
  gretap: { protocol: 'gre', headers: [38, 58], ethernet: true },
  ip6gretap: { protocol: 'gre', headers: [38, 66], ethernet: true },
  ipip: { protocol: 'ipencap', headers: [20, 40] },
  sit: { protocol: 'ipv6', headers: [20, 40] },
  ip6tnl: { protocol: 'ipv6', headers: [40, 48] },
  vxlan: { protocol: 'udp', headers: [50, 70], ethernet: true },
  geneve: { protocol: 'udp', headers: [50, 70], ethernet: true },
};

export const carriesEthernet = ({ kind }: Tunnel): boolean => KINDS[kind]?.ethernet === true;

/** What its other end sends is not what this one takes: how, in words; undefined where it is. */
function mismatch(port: Port, theirs: Tunnel, from: Source): string | undefined {
  const { name, up, tunnel } = port.link;
  const own = tunnel!;
  if (!up) return `${portName(port)} is down`;
  if (own.port !== theirs.port) return `${name} is on port ${own.port}, and not on ${theirs.port}`;
  if (own.takes !== theirs.sends) {
    const what = /gre/.test(own.kind) ? 'key' : 'number';
    const of = (value: number | undefined) => (value === undefined ? `no ${what}` : `${what} ${value}`);
    return `${name} takes ${of(own.takes)}, and not ${of(theirs.sends)}`;
  }
  // VXLAN hears whoever speaks to it
  if (own.kind !== 'vxlan' && !from.is(own.remote))
    return `${name} leads to ${own.remote}, and not to ${from.words}`;
  return undefined;
}

/** Whom it comes from. */
interface Source {
  words: string;
  is(address: string): boolean;
}

/** It was made in another namespace, and what it sends goes on there. */
const isMoved = (link: Link): boolean => link.peerNetnsId !== undefined;

const has = (node: Node, address: string): boolean => {
  const parsed = parseAddress(address);
  return parsed !== undefined && isLocal(node, parsed);
};

/** The tunnel at an address that takes what another sends; or, in words, why none does. */
function takerAt(world: World, at: Node, sender: Port, from: Source): Port | string {
  const theirs = sender.link.tunnel!;
  const there = world.nodes
    .filter((node) => node.host === at.host)
    .flatMap((node) => node.links.map((link) => ({ node, link })))
    .filter(({ node, link }) => link.tunnel?.kind === theirs.kind && (node === at || isMoved(link)));
  const whys = there.map((each) => mismatch(each, theirs, from));
  const taker = there[whys.indexOf(undefined)];
  if (taker !== undefined) return taker;
  // the one that is meant leads back, and is not what another tunnel of the sender's leads to
  const others = sender.node.links.filter(
    (link) => link !== sender.link && link.tunnel?.kind === theirs.kind,
  );
  const isOthers = ({ tunnel }: Link) => others.some((link) => link.tunnel!.sends === tunnel!.takes);
  const unlike = ({ link }: Port) => (from.is(link.tunnel!.remote) ? 0 : 1) + (isOthers(link) ? 2 : 0);
  const meant = there.indexOf(there.toSorted((one, other) => unlike(one) - unlike(other))[0]!);
  return whys[meant] ?? `there is none of the kind ${theirs.kind}`;
}

/** Where what a tunnel sends comes out, as far as the two ends show it: the way between is not walked. */
export function otherEnd(world: World, { node, link }: Port): Port | undefined {
  const { tunnel } = link;
  const remote = tunnel && parseAddress(tunnel.remote);
  if (tunnel === undefined || remote === undefined) return undefined;
  const own = isMoved(link) ? world.nodes.filter(({ host }) => host === node.host) : [node];
  const from: Source = { words: node.title, is: (address) => own.some((each) => has(each, address)) };
  for (const owner of owners(world, remote)) {
    if (own.includes(owner.node)) continue;
    const taker = takerAt(world, owner.node, { node, link }, from);
    if (typeof taker !== 'string') return taker;
  }
  return undefined;
}

/** The walk that this is a part of. */
export type WalkOuter = (
  trail: Trail,
  outer: Packet,
) =>
  | { end: 'delivered'; node: Node; packet: Packet; nodes: ReadonlySet<Node> }
  | { end: 'outside' | 'stopped' };

export type Through =
  | { is: 'out'; at: Port; nodes: ReadonlySet<Node> }
  /** The fault is on the trail. */
  | { is: 'lost' }
  /** Its way leads out of our sight. */
  | { is: 'unseen' };

/** What the tunnel sends, on its way to the other end. */
export function throughTunnel(
  trail: Trail,
  world: World,
  port: Port,
  packet: Packet,
  walkOuter: WalkOuter,
): Through {
  const { node, link } = port;
  const { remote, local } = link.tunnel!;
  const tunnel = link.tunnel!;
  const [destination, source] = [parseAddress(remote), local === undefined ? undefined : parseAddress(local)];
  const kind = KINDS[tunnel.kind];
  if (destination === undefined || kind === undefined || isMoved(link)) return { is: 'unseen' };
  const question = `Does what ${portName(port)} sends get to the other end of the tunnel, ${remote}?`;
  const lost = (cause: string, advice: string): Through => {
    wrong(trail, question, cause, advice);
    return { is: 'lost' };
  };
  // VXLAN has learnt from what came in where the sender is: whom it names itself is of no account then
  if (packet.answer && tunnel.kind === 'vxlan' && otherEnd(world, port) === undefined)
    return { is: 'unseen' };
  const isItsOwnWay = routeTo(node, destination, source)?.hops.some(({ dev }) => dev === link.name);
  if (isItsOwnWay || packet.within?.includes(link))
    return lost(
      `The way to ${remote}, the other end of the tunnel ${link.name} in ${node.title}, leads into the tunnel itself.`,
      `Give ${node.title} a route to ${remote} that does not go by ${link.name}.`,
    );
  if (source !== undefined && !isLocal(node, source))
    return lost(
      `The tunnel ${link.name} in ${node.title} is to send from ${local}, which is no address of ${node.title}.`,
      `Compare the address that ${link.name} sends from with those of ${node.title}.`,
    );
  const trailOfOuter = newTrail();
  const went = walkOuter(trailOfOuter, outerOf(packet, link, destination, source));
  if (trailOfOuter.fault !== undefined)
    return lost(
      `The tunnel ${link.name} in ${node.title} leads to ${remote}, and what it sends does not get there. ${trailOfOuter.fault.cause}`,
      trailOfOuter.fault.advice,
    );
  if (went.end !== 'delivered' || went.node === node) {
    unknown(trail, question, 'Its way leads where we cannot see.');
    return { is: 'unseen' };
  }
  const came = went.packet.source === undefined ? '' : formatAddress(went.packet.source);
  const taker = takerAt(world, went.node, port, { words: came, is: (address) => address === came });
  if (typeof taker === 'string')
    return lost(
      `What the tunnel ${link.name} in ${node.title} sends arrives in ${went.node.title}, and no tunnel there takes it: ${taker}.`,
      'Compare the two ends of the tunnel: its kind, its number or key, and the address of the other that each of them names.',
    );
  ok(trail, question, `Yes, and ${taker.link.name} in ${taker.node.title} takes it.`);
  return { is: 'out', at: taker, nodes: went.nodes };
}

function outerOf(packet: Packet, link: Link, destination: Address, source: Address | undefined): Packet {
  const { kind, port, whole, sends } = link.tunnel!;
  const { protocol, headers } = KINDS[kind]!;
  const isSix = destination.family === 6;
  const own = headers[isSix ? 1 : 0] + (protocol === 'gre' && sends !== undefined ? 4 : 0);
  const mayNotBeCut = packet.bytes !== undefined && (whole === true || isSix);
  return {
    source,
    destination,
    protocol: kind === 'ip6tnl' && packet.destination.family === 4 ? 'ipencap' : protocol,
    ...(port === undefined ? {} : { port }),
    // both ends of a UDP tunnel send to the same port: to connection tracking these are two conversations
    answer: protocol === 'udp' ? false : packet.answer,
    ...(packet.knownTo === undefined ? {} : { knownTo: packet.knownTo }),
    ...(mayNotBeCut ? { bytes: packet.bytes! + own } : {}),
    within: [...(packet.within ?? []), link],
  };
}

/** One way through the world, node by node, as the kernel of each would treat the packet. */
import { contains, formatAddress } from '../../lib/addresses.ts';
import { believed, bridgesCallIptables, forwards, passes, passesBridges } from './arrive.ts';
import { departure } from './depart.ts';
import { isDiscovered } from './discovery.ts';
import { heldBack } from './duplicate.ts';
import { type Arrival, canSend, toNextHop } from './next-hop.ts';
import type { Packet } from './packet.ts';
import { isLocal, sourceFor } from './routing.ts';
import { segmentOf } from './segment.ts';
import { ok, type Trail, unknown, wrong } from './trail.ts';
import { newDestination, newSource, type Redirect, type Rewrite, undone } from './translate.ts';
import { carriesEthernet, otherEnd, throughTunnel } from './tunnel.ts';
import { addressesOf, type Node, type Port, type World } from './world.ts';

export type Walked =
  | ({ end: 'delivered'; node: Node; packet: Packet } & Passed)
  /** `port`: where it left. Without it we cannot tell where an answer would come in. */
  | ({ end: 'outside'; port?: Port; packet: Packet } & Passed)
  /** A fault is on the trail, or the next step could not be seen. */
  | { end: 'stopped' };

/** What the answer will depend on. */
export interface Passed {
  rewrites: readonly Rewrite[];
  /** Destinations that were translated on the way. */
  redirects: readonly Redirect[];
  /** Whose connection tracking has seen it; of a node that only bridges, where its bridges hand packets to it. */
  nodes: ReadonlySet<Node>;
}

const MOST_NODES = 16;
const STOPPED = { end: 'stopped' } as const;

export function walk(
  trail: Trail,
  world: World,
  start: Node,
  first: Packet,
  known: readonly Rewrite[] = [],
  /** Where it comes in when it was not made at the start. */
  arrival?: Port,
): Walked {
  const rewrites = [...known];
  const redirects: Redirect[] = [];
  const nodes = new Set<Node>();
  const passed = { rewrites, redirects, nodes };
  let node = start;
  let packet = first;
  let incoming = arrival;
  for (let count = 0; count < MOST_NODES; count++) {
    if (incoming !== undefined && !believed(trail, incoming, packet, node === start)) return STOPPED;
    nodes.add(node);
    const asked = packet.destination;
    packet = newDestination(trail, node, undone(node, packet, rewrites), incoming);
    if (!packet.answer && packet.destination !== asked) redirects.push({ node, asked });
    if (isLocal(node, packet.destination)) {
      if (!deliver(trail, node, packet, incoming)) return STOPPED;
      return { end: 'delivered', node, packet, ...passed };
    }
    if (incoming !== undefined && !forwards(trail, node, packet.destination.family)) return STOPPED;
    const left = leave(trail, world, node, packet, incoming);
    if (left === undefined) return STOPPED;
    if (left.rewrite !== undefined) rewrites.push(left.rewrite);
    packet = left.packet;
    const next = nextOf(trail, world, left, packet, nodes);
    if (next === undefined) return STOPPED;
    const { tunnel } = left.port.link;
    const asks = tunnel === undefined || carriesEthernet(tunnel);
    if (asks && next !== 'outside' && !isDiscovered(trail, left.port, left.hop, next, packet.source))
      return STOPPED;
    if (next === 'outside') return beyond(trail, left.port, packet, left.doubtful, passed);
    if (!passesBridges(trail, next.bridges, packet)) return STOPPED;
    for (const { node } of next.bridges)
      if (bridgesCallIptables(node, packet.destination.family)) nodes.add(node);
    incoming = next.at;
    node = incoming.node;
  }
  wrong(
    trail,
    'Does the packet come to an end?',
    `The packet goes round in a circle: ${node.title} has seen it before.`,
    'Compare the default routes of the nodes on the way: two of them point at each other.',
  );
  return STOPPED;
}

/** Where it comes in next: through a tunnel, whose own packets have a way of their own, or by ARP. */
function nextOf(
  trail: Trail,
  world: World,
  { port, hop }: Pick<Left, 'port' | 'hop'>,
  packet: Packet,
  nodes: Set<Node>,
): Arrival | undefined {
  const enter = (end: Port) => {
    const came = throughTunnel(trail, world, end, packet, (its, outer) => walk(its, world, end.node, outer));
    if (came.is === 'out') for (const node of came.nodes) nodes.add(node);
    return came;
  };
  const { tunnel } = port.link;
  if (tunnel !== undefined) {
    const came = enter(port);
    if (came.is === 'lost') return undefined;
    if (!carriesEthernet(tunnel)) {
      const at = came.is === 'out' ? came.at : otherEnd(world, port);
      return at === undefined ? 'outside' : { at, bridges: [], tunnels: [] };
    }
  }
  const next = toNextHop(trail, world, port, hop);
  if (next === undefined || tunnel !== undefined) return next;
  // one that is a port of a bridge on the way
  const tunnels = next === 'outside' ? segmentOf(world, port).tunnels : next.tunnels;
  return tunnels.some((each) => enter(each).is === 'lost') ? undefined : next;
}

type Left = NonNullable<ReturnType<typeof leave>>;

/** Route, source, interface, firewall, source NAT; in the order in which the first fault shows itself. */
function leave(trail: Trail, world: World, node: Node, before: Packet, incoming: Port | undefined) {
  const way = departure(trail, world, node, before, incoming);
  if (way === undefined) return undefined;
  const { port, hop } = way;
  const source = before.source ?? sourceFor(node, way.route, before.destination, hop);
  const held = source === undefined ? heldBack(node, port.link) : undefined;
  if (held !== undefined)
    return wrong(trail, `Which address does ${node.title} send from?`, held.cause, held.advice);
  if (source === undefined)
    return wrong(
      trail,
      `Which address does ${node.title} send from?`,
      `${node.title} has no address to send from.`,
      `Give ${port.link.name} an address with the prefix of its network.`,
    );
  const packet: Packet = { ...before, source: { family: source.family, value: source.value } };
  if (!canSend(trail, world, port)) return undefined;
  const { mtu } = port.link;
  if (packet.bytes !== undefined && mtu !== undefined && packet.bytes > mtu)
    return wrong(
      trail,
      `Does the packet fit through ${port.link.name}?`,
      `The packet of ${packet.bytes} bytes does not fit through ${port.link.name} in ${node.title}, whose MTU is ${mtu}, and it may not be cut into pieces.`,
      'Send less at once, or raise the MTU on every interface of the way.',
    );
  const hook = incoming === undefined ? 'output' : 'forward';
  if (!passes(trail, node, hook, { packet, in: incoming?.link.name, out: port.link.name })) return undefined;
  return { port, hop, ...newSource(trail, node, packet, port) };
}

function deliver(trail: Trail, node: Node, packet: Packet, incoming: Port | undefined): boolean {
  const name = formatAddress(packet.destination);
  if (incoming !== undefined) {
    ok(trail, `Is ${name} an address of ${node.title}?`, 'Yes, the packet is for this node.');
    return passes(trail, node, 'input', { packet, in: incoming.link.name });
  }
  const question = `Is ${name} ${node.title}'s own address?`;
  const loopback = node.links.find((link) => link.kind === 'loopback');
  if (loopback !== undefined && !loopback.up) {
    wrong(
      trail,
      question,
      `${name} is ${node.title}'s own address, and what a node sends to itself goes by lo, which is down.`,
      `Bring lo up in ${node.title}; a new namespace starts with it down.`,
    );
    return false;
  }
  ok(trail, question, 'Yes: it goes by lo and never leaves the node.');
  return (
    passes(trail, node, 'output', { packet, out: 'lo' }) && passes(trail, node, 'input', { packet, in: 'lo' })
  );
}

/** The packet leaves what we can see. What comes after knows only the network that it leaves by. */
function beyond(trail: Trail, port: Port, packet: Packet, doubtful: boolean, passed: Passed): Walked {
  const { node, link } = port;
  const { source } = packet;
  const name = source === undefined ? '' : formatAddress(source);
  const question = `Can the world beyond ${link.name} of ${node.title} answer ${name}?`;
  const isKnown = source !== undefined && addressesOf(link).some((own) => contains(own, source));
  if (isKnown) {
    ok(
      trail,
      question,
      `It leaves with the source ${name}, which is known there. What happens further on is out of our sight.`,
    );
    return { end: 'outside', port, packet, ...passed };
  }
  if (doubtful || addressesOf(link).length === 0) {
    unknown(trail, question, 'We cannot tell with which source it leaves.');
    return { end: 'outside', packet, ...passed };
  }
  wrong(
    trail,
    question,
    `The world outside does not know ${name}: ${node.title} sends the packet out by ${link.name} with that source, and nothing translates it, so no answer can come back.`,
    `Let ${node.title} translate the source of what leaves by ${link.name} to its own address (NAT, masquerade).`,
  );
  return STOPPED;
}

/** NAT on the way, and its undoing on the way back. */
import { type Address, formatAddress, parseAddress } from '../../lib/addresses.ts';
import { translation } from './filter.ts';
import type { Packet } from './packet.ts';
import { ok, type Trail, unknown } from './trail.ts';
import { addressesOf, type Node, type Port } from './world.ts';

/** A source that a node has put in the place of another: answers to it are translated back there. */
export interface Rewrite {
  node: Node;
  from: Address;
  to: Address;
}

/** A destination that a node has put in the place of another: the answer must come back through that node. */
export interface Redirect {
  node: Node;
  asked: Address;
}

const same = (a: Address | undefined, b: Address) => a?.family === b.family && a.value === b.value;

/** Destination NAT: when the packet comes in, or when the node itself sends it. */
export function newDestination(trail: Trail, node: Node, packet: Packet, incoming: Port | undefined): Packet {
  if (packet.answer) return packet;
  const hook = incoming === undefined ? 'output' : 'prerouting';
  const { rule } = translation(node, hook, { packet, in: incoming?.link.name });
  if (rule?.action === 'redirect') {
    const own =
      incoming === undefined
        ? undefined
        : addressesOf(incoming.link).find((each) => each.family === packet.destination.family);
    const port = Number(rule.to);
    return { ...packet, destination: own ?? packet.destination, port: port > 0 ? port : packet.port };
  }
  const [, address, port] =
    /^\[?([0-9a-fA-F.:]+?)\]?(?::(\d+))?$/.exec(rule?.action === 'dnat' ? (rule.to ?? '') : '') ?? [];
  const destination = address === undefined ? undefined : parseAddress(address);
  if (destination === undefined) return packet;
  ok(trail, `Does ${node.title} translate the destination?`, `Yes, to ${rule?.to}.`);
  return { ...packet, destination, port: port === undefined ? packet.port : Number(port) };
}

/** Source NAT as the packet leaves by an interface. `doubtful`: a rule might do it, we cannot tell. */
export function newSource(
  trail: Trail,
  node: Node,
  packet: Packet,
  out: Port,
): { packet: Packet; rewrite?: Rewrite; doubtful: boolean } {
  const { source } = packet;
  if (packet.answer || source === undefined) return { packet, doubtful: false };
  const { rule, doubt } = translation(node, 'postrouting', { packet, out: out.link.name });
  if (rule?.action !== 'masquerade' && rule?.action !== 'snat') {
    if (doubt !== undefined)
      unknown(trail, `Does ${node.title} translate the source?`, `Perhaps: "${doubt}".`);
    return { packet, doubtful: doubt !== undefined };
  }
  const given = parseAddress(/^[0-9.]+|[0-9a-fA-F:]+/.exec(rule.to ?? '')?.[0] ?? '');
  const to =
    rule.action === 'snat' ? given : addressesOf(out.link).find((each) => each.family === source.family);
  if (to === undefined) return { packet, doubtful: true };
  if (same(source, to)) return { packet, doubtful: false };
  ok(
    trail,
    `Does ${node.title} translate the source?`,
    `Yes, ${formatAddress(source)} becomes ${formatAddress(to)}.`,
  );
  const address: Address = { family: to.family, value: to.value };
  return {
    packet: { ...packet, source: address },
    rewrite: { node, from: source, to: address },
    doubtful: false,
  };
}

/** An answer to a translated source gets its true destination back. */
export function undone(node: Node, packet: Packet, rewrites: readonly Rewrite[]): Packet {
  const rewrite = packet.answer
    ? rewrites.findLast((each) => each.node === node && same(packet.destination, each.to))
    : undefined;
  return rewrite === undefined ? packet : { ...packet, destination: rewrite.from };
}

/** Settings of IPv6 that leave a node without addresses or without a default route. */
import { type Address, parseAddress } from '../../lib/addresses.ts';
import { filter } from './filter.ts';
import type { Packet } from './packet.ts';
import { segmentOf } from './segment.ts';
import { type Node, ownerLink, type Port, type World } from './world.ts';

export const TURN_ON =
  'Turn IPv6 on there again, and give the interface its addresses and routes again: the kernel keeps none of them.';

const setting = (node: Node, device: string, name: string) =>
  node.settings?.get(`ipv6/conf/${device}/${name}`);

export const isOff = ({ node, link }: Port): boolean => setting(node, link.name, 'disable_ipv6') === '1';

/** An interface without IPv6; of several, one that would reach who is asked for. */
export function turnedOff(world: World, node: Node, to: Address) {
  const off = node.links.filter((link) => link.up && link.kind !== 'loopback' && isOff({ node, link }));
  const near = off.find((link) =>
    segmentOf(world, { node, link }).ends.some((end) => ownerLink(end.node, to) !== undefined),
  );
  return near ?? off[0];
}

/**
 * Why a node takes no default route from a router that is beside it. A node that forwards is one itself, unless accept_ra
 * is 2 (the kernel's ip-sysctl.rst); with more than one interface it is meant to be.
 */
export function deafToRouters(world: World, node: Node): string | undefined {
  const links = node.links.filter((link) => link.up && link.kind !== 'loopback' && !isOff({ node, link }));
  const [link] = links;
  if (link === undefined || links.length > 1) return undefined;
  const isBesideRouter = segmentOf(world, { node, link }).ends.some(
    (end) => end.node !== node && end.node.settings?.get('ipv6/conf/all/forwarding') === '1',
  );
  const accept = setting(node, link.name, 'accept_ra');
  if (!isBesideRouter) return undefined;
  if (accept === '0') return `for accept_ra of ${link.name} is 0`;
  if (dropsAdvertisements(node, link.name)) return 'for its firewall drops them';
  return accept === '1' && setting(node, link.name, 'forwarding') === '1'
    ? `for it forwards itself, and accept_ra of ${link.name} is not 2`
    : undefined;
}

const ALL_NODES = parseAddress('ff02::1')!;

function dropsAdvertisements(node: Node, device: string): boolean {
  const packet: Packet = { destination: ALL_NODES, protocol: 'icmp', discovery: 'router', answer: false };
  return filter(node, 'input', { packet, in: device }).verdict !== 'accept';
}

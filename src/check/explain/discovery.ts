/** IPv6 asks for its neighbours by ICMPv6, which the packet filters of both ends see: what they drop, nobody hears. */
import { type Address, formatAddress, parseAddress } from '../../lib/addresses.ts';
import { isLinkLocal } from '../read/link.ts';
import { bridgesCallIptables } from './arrive.ts';
import { filter } from './filter.ts';
import type { Hook } from './hooks.ts';
import type { Packet } from './packet.ts';
import type { Trail } from './trail.ts';
import { wrong } from './trail.ts';
import { isSame, type Node, ownerLink, type Port, usedAddressesOf } from './world.ts';

/** Entries by which it is known where the neighbour is, without asking. */
const KNOWN = ['PERMANENT', 'NOARP', 'REACHABLE'];

/** ff02::1:ff00:0/104, and the last 24 bits of the address that is asked for (RFC 4291, 2.7.1). */
const SOLICITED = parseAddress('ff02::1:ff00:0')!.value;
const solicitedNode = ({ value }: Address): Address => ({
  family: 6,
  value: SOLICITED | (value & 0xff_ffffn),
});

/** Whether the neighbour is asked, is heard, and its answer too; the fault is on the trail when not. */
export function isDiscovered(
  trail: Trail,
  port: Port,
  hop: Address,
  next: { at: Port; bridges: readonly Port[] },
  source: Address | undefined,
): boolean {
  if (hop.family === 4) return true;
  const { node, link } = port;
  const { at, bridges } = next;
  const entry = node.neighbours.find(
    (each) => each.dev === link.name && isSame(parseAddress(each.address), hop) && each.mac !== undefined,
  );
  if (entry?.states.some((state) => KNOWN.includes(state))) return true;
  const asker = source !== undefined && ownerLink(node, source) === link ? source : linkLocalOf(port);
  const solicitation: Packet = {
    source: asker,
    destination: solicitedNode(hop),
    protocol: 'icmp',
    discovery: 'solicitation',
    answer: false,
  };
  const advertisement: Packet = {
    source: hop,
    destination: asker ?? hop,
    protocol: 'icmp',
    discovery: 'advertisement',
    answer: false,
  };
  const over = (packet: Packet): Hearing[] =>
    bridges.flatMap(({ node: bridging, link: bridge }) => {
      const passing = { packet, in: bridge.name, out: bridge.name };
      const how = ` on the bridge ${bridge.name}`;
      return [
        ...(bridgesCallIptables(bridging, 6)
          ? [{ node: bridging, hook: 'forward' as const, passing, how }]
          : []),
        { node: bridging, hook: 'forward' as const, passing, how, families: ['bridge'] },
      ];
    });
  const hearings: Hearing[] = [
    { node, hook: 'output', passing: { packet: solicitation, out: link.name } },
    ...over(solicitation),
    { node: at.node, hook: 'input', passing: { packet: solicitation, in: at.link.name } },
    { node: at.node, hook: 'output', passing: { packet: advertisement, out: at.link.name } },
    ...over(advertisement),
    { node, hook: 'input', passing: { packet: advertisement, in: link.name } },
  ];
  for (const hearing of hearings) {
    const fate = filter(hearing.node, hearing.hook, hearing.passing, hearing.families);
    if (fate.verdict === 'accept') continue;
    refused(trail, node, hop, hearing, fate.by ?? 'a rule');
    return false;
  }
  return true;
}

interface Hearing {
  node: Node;
  hook: Hook;
  passing: { packet: Packet; in?: string; out?: string };
  how?: string;
  families?: readonly string[];
}

function refused(trail: Trail, asker: Node, hop: Address, { node, hook, passing, how }: Hearing, by: string) {
  const name = formatAddress(hop);
  const what = `the neighbour ${passing.packet.discovery}`;
  wrong(
    trail,
    `Does ${asker.title} learn the MAC of ${name}?`,
    `The firewall of ${node.title} drops ${what} for ${name} at ${hook}${how ?? ''}, so ${asker.title} does not learn its MAC: ${by}.`,
    'IPv6 has no ARP: it asks for its neighbours by ICMPv6 (types 135 and 136). Let the firewall accept these, by a rule before that one.',
  );
}

const linkLocalOf = ({ link }: Port): Address | undefined =>
  usedAddressesOf(link).find((own) => own.family === 6 && isLinkLocal(formatAddress(own)));

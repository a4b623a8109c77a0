/** From an interface to the next hop: is it up, is there a carrier, who answers ARP for the address. */
import { type Address, contains, formatAddress, parseAddress, parsePrefix } from '../../lib/addresses.ts';
import { isLinkLocal } from '../read/link.ts';
import { unusedAt } from './duplicate.ts';
import { isOff, TURN_ON } from './family-six.ts';
import { masterOf, peerOf, portsOf, segmentOf } from './segment.ts';
import { type Fault, ok, type Trail, unknown, wrong } from './trail.ts';
import { addressesOf, isSame, ownerLink, owners, type Port, portName, type World } from './world.ts';

export type Arrival =
  /** At a node that we see, by this interface, over these bridges. */
  | { at: Port; bridges: readonly Port[]; tunnels: readonly Port[] }
  /** Beyond what was observed. */
  | 'outside';

/** The interface itself: up, and its cable plugged in at both ends. */
export function canSend(trail: Trail, world: World, port: Port): boolean {
  const { node, link } = port;
  const question = `Is ${portName(port)} up?`;
  if (!link.up) {
    wrong(
      trail,
      question,
      `The interface ${link.name} in ${node.title} is down.`,
      `Bring ${link.name} up; a new interface starts down.`,
    );
    return false;
  }
  if (link.lowerUp || link.kind === 'loopback') {
    ok(trail, question, 'Yes, and it has a carrier.');
    return true;
  }
  const peer = peerOf(world, port);
  if (peer !== undefined && !peer.link.up)
    wrong(
      trail,
      question,
      `The interface ${link.name} in ${node.title} has no carrier: the other end of its cable, ${portName(peer)}, is down.`,
      `Bring the other end, ${peer.link.name}, up too: a cable carries only when both ends are up.`,
    );
  else if (link.kind === 'bridge')
    wrong(
      trail,
      question,
      `The bridge ${link.name} in ${node.title} has no carrier: ${portsOf(port).length === 0 ? 'it has no ports' : 'none of its ports is up at both ends'}.`,
      `Look at the ports of ${link.name}: a bridge has a carrier as soon as one of its ports has.`,
    );
  else
    wrong(
      trail,
      question,
      `The interface ${link.name} in ${node.title} is up but has no carrier (no LOWER_UP).`,
      `Look at what ${link.name} is plugged into.`,
    );
  return false;
}

/** Who has the address of the next hop, on what the interface reaches without a router. */
export function toNextHop(trail: Trail, world: World, port: Port, hop: Address): Arrival | undefined {
  const { node, link } = port;
  const name = formatAddress(hop);
  const question = `Who answers ${hop.family === 4 ? 'ARP' : 'neighbour discovery'} for ${name} on ${portName(port)}?`;
  const segment = segmentOf(world, port);
  const owning = segment.ends.filter((each) => each.node !== node && ownerLink(each.node, hop) !== undefined);
  const end = owning[0];
  if (end !== undefined) {
    const doubt =
      besidesItsBridge(world, port, end, hop) ??
      unusedAt(segment.ends, hop, end) ??
      mistaken(port, hop, owning, segment.ends);
    if (doubt !== undefined) return wrong(trail, question, doubt.cause, doubt.advice);
    ok(trail, question, `${end.node.title}, by its ${end.link.name}.`);
    return { at: end, bridges: end.bridges, tunnels: end.tunnels };
  }
  const states = node.neighbours
    .filter((each) => each.dev === link.name && parseAddress(each.address)?.value === hop.value)
    .flatMap((each) => each.states);
  const silent = states.some((state) => state === 'FAILED' || state === 'INCOMPLETE');
  if (segment.open) {
    const beside = besideUs(world, port, hop);
    if (beside !== undefined) {
      ok(trail, question, `${beside.node.title}, by its ${beside.link.name}.`);
      return { at: beside, bridges: [], tunnels: [] };
    }
    if (!silent) {
      if (states.length > 0)
        ok(trail, question, `Something outside of what we can see (${states.join(', ')}).`);
      else unknown(trail, question, 'Whoever it is, it is outside of what we can see.');
      return 'outside';
    }
  }
  const { cause, advice } = whyNobody(world, port, hop, segment.faults[0]?.what);
  return wrong(trail, question, cause, advice);
}

/** An entry like these is used as it is; others are asked about again when nothing comes back. */
const BELIEVED = ['PERMANENT', 'NOARP', 'REACHABLE'];

/** Tunnels have no use for ARP; on Ethernet somebody has turned it off. */
const isDeaf = ({ flags, kind }: Port['link']) =>
  flags.includes('NOARP') && (kind === 'veth' || kind === 'bridge');

/** The address is there, but not where the frames go: two have it, or the sender believes in a wrong MAC. */
function mistaken(
  port: Port,
  hop: Address,
  owning: readonly Port[],
  ends: readonly Port[],
): Fault | undefined {
  const { node, link } = port;
  const name = formatAddress(hop);
  const places = [...new Map(owning.map((each) => [each.node, each])).values()];
  if (places.length > 1)
    return {
      cause: `The address ${name} is there twice: ${places.map((each) => portName(each)).join(' and ')} both have it, and whoever answers ARP first gets the packets.`,
      advice:
        'Give every interface an address of its own; then let the others forget what they have learnt (ip neigh).',
    };
  const entry = node.neighbours.find(
    (each) =>
      each.dev === link.name && parseAddress(each.address)?.value === hop.value && each.mac !== undefined,
  );
  const owner = places[0]!;
  const deaf = [port, ...(entry === undefined ? [owner] : [])].find(({ link }) => isDeaf(link));
  if (hop.family === 4 && deaf !== undefined)
    return {
      cause: `${portName(deaf)} neither asks nor answers by ARP: the flag NOARP is on it.`,
      advice: `Let ${deaf.link.name} use ARP again (ip link set ... arp on).`,
    };
  const macs = owning.map((each) => each.link.mac?.toLowerCase());
  if (entry?.mac === undefined || macs.includes(undefined) || macs.includes(entry.mac.toLowerCase()))
    return undefined;
  // A router that answers for others (proxy ARP) is none of the owners, and right all the same.
  const isSomebodys = ends.some((each) => each.link.mac?.toLowerCase() === entry.mac!.toLowerCase());
  if (isSomebodys || !entry.states.some((state) => BELIEVED.includes(state))) return undefined;
  return {
    cause: `${node.title} sends what is for ${name} to the MAC ${entry.mac} (its neighbour entry is ${entry.states.join(', ')}), but ${portName(owner)} has ${owner.link.mac}.`,
    advice: `Take the wrong entry away from ${node.title}, so that it asks again.`,
  };
}

/** The address is the bridge's, and the frames come out of a cable that is none of its ports: they are for another's MAC. */
function besidesItsBridge(world: World, port: Port, end: Port, hop: Address): Fault | undefined {
  const owner = ownerLink(end.node, hop);
  return owner?.kind === 'bridge' && owner !== end.link ? looseEnd(world, port) : undefined;
}

/** Another host's interface that goes where ours goes, out of our sight: the underlay that joins the hosts. */
function besideUs(world: World, port: Port, hop: Address): Port | undefined {
  return owners(world, hop).find(
    (other) => other.node.host !== port.node.host && other.link.up && segmentOf(world, other).open,
  );
}

function whyNobody(world: World, port: Port, hop: Address, fault: string | undefined) {
  const name = formatAddress(hop);
  const unused = unusedAt(segmentOf(world, port).ends, hop, undefined);
  if (unused !== undefined) return unused;
  const [owner] = owners(world, hop).filter((each) => each.node !== port.node);
  if (owner === undefined)
    return fault !== undefined ? downOnTheWay(name, fault) : nobodyHasIt(world, port, name, hop.family);
  const place = portName(owner);
  if (!owner.link.up)
    return {
      cause: `${name} belongs to ${place}, and that interface is down.`,
      advice: `Bring ${owner.link.name} up.`,
    };
  const loose = looseEnd(world, owner) ?? looseEnd(world, port);
  if (loose !== undefined) return loose;
  if (fault !== undefined) return downOnTheWay(name, fault);
  const wide = tooWide(port, hop, owner);
  if (wide !== undefined)
    return {
      cause: `${port.node.title} takes ${name} for a neighbour, since the prefix of ${wide.mine} on ${port.link.name} holds it; but it belongs to ${place}, with the prefix /${wide.length}, which is not on the same cable or bridge.`,
      advice:
        'Compare the prefix lengths of both ends: a prefix that is too short holds the networks of others, to whom a router would lead.',
    };
  return {
    cause: `${name} belongs to ${place}, which is not on the same cable or bridge as ${portName(port)}: ARP does not cross from one to the other.`,
    advice: 'Join the two by one bridge, or send the packet to a router that knows both.',
  };
}

/** Our prefix is the shorter one, and holds an address that is elsewhere. */
function tooWide({ link }: Port, hop: Address, owner: Port): { mine: string; length: number } | undefined {
  const length = addressesOf(owner.link).find((own) => isSame(own, hop))?.length;
  const mine = link.addresses.find(({ prefix }) => {
    const own = parsePrefix(prefix);
    return own !== undefined && length !== undefined && own.length < length && contains(own, hop);
  });
  return mine === undefined || length === undefined ? undefined : { mine: mine.prefix, length };
}

function downOnTheWay(name: string, fault: string) {
  return {
    cause: `Nobody answers for ${name}: ${fault}.`,
    advice: 'Bring up what is down on the way: the ports, the bridge, both ends of every cable.',
  };
}

function nobodyHasIt(world: World, port: Port, name: string, family: 4 | 6) {
  const off =
    family === 6
      ? segmentOf(world, port).ends.find((end) => end.node !== port.node && isOff(end))
      : undefined;
  if (off !== undefined)
    return {
      cause: `Nobody that ${portName(port)} reaches has the address ${name}: IPv6 is turned off on ${portName(off)} (disable_ipv6 is 1), which has taken its addresses and routes.`,
      advice: TURN_ON,
    };
  const there = segmentOf(world, port)
    .ends.filter((end) => end.node !== port.node)
    .flatMap((end) =>
      end.link.addresses
        .filter((own) => own.family === family && !isLinkLocal(own.prefix))
        .map((own) => `${own.prefix} on ${portName(end)}`),
    );
  const others = there.length > 0 ? `; what is there is ${there.slice(0, 4).join(', ')}` : '';
  return {
    cause: `Nobody that ${portName(port)} reaches has the address ${name}${others}.`,
    advice: `Compare ${name} with the addresses on the other side: is one missing, or mistyped?`,
  };
}

/** The far end of a cable that is no port of a bridge though another cable's is: the forgotten `master`. */
function looseEnd(world: World, port: Port) {
  const peer = peerOf(world, port);
  if (
    peer === undefined ||
    masterOf(peer) !== undefined ||
    peer.link.addresses.some((own) => !isLinkLocal(own.prefix))
  )
    return undefined;
  const bridge = peer.node.links.find((link) => link.kind === 'bridge');
  if (bridge === undefined) return undefined;
  return {
    cause: `${portName(peer)}, the other end of ${portName(port)}, is not a port of a bridge.`,
    advice: `Make ${peer.link.name} a port of ${bridge.name}, so that what comes out of the cable goes on.`,
  };
}

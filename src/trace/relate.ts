/** Which of all packets belong to the command: those that it sent, what answers them, and what was asked for their sake. Pure. */
import { about, quotedBy } from './conversation.ts';
import { reversed, tupleKey, tupleOf } from './flow.ts';
import type { Connection } from './read/netfilter.ts';
import { innermost, type Packet } from './read/packet.ts';
import { isLaterPiece } from './sightings.ts';

/** A packet by what was first seen of it. */
export interface Candidate {
  key: string;
  /** The space where it was first seen. */
  space: number;
  /** The space where it was last seen. */
  last: number;
  /** It was first seen as it left: that is where it was made. */
  made: boolean;
  packets: readonly Packet[];
}

/** Neighbour discovery and the like: what IPv6 does by itself (RFC 4861, RFC 3810). */
const isHousekeeping = (packet: Packet) => {
  const transport = innermost(packet).ip?.transport;
  const six = innermost(packet).ip?.source.includes(':') ?? false;
  return six && transport?.name === 'icmp' && transport.type >= 130 && transport.type <= 143;
};

/** A flow that a command has just begun shows its beginning. */
function isBeginning(packet: Packet): boolean {
  const transport = innermost(packet).ip?.transport;
  if (transport?.name === 'tcp') return transport.flags === 'SYN';
  if (transport?.name === 'icmp' && transport.seq !== undefined)
    return (transport.type === 8 || transport.type === 128) && transport.seq <= 1;
  return transport?.name !== 'icmp';
}

/** The pieces of one packet have these in common; ports stand in the first alone. */
const pieceOf = ({ ip }: Packet) => `${ip?.source} ${ip?.destination} ${ip?.id}`;

/** @param all in order of their first sighting. @returns the keys of those that belong. */
export function related(
  all: readonly Candidate[],
  start: number,
  connections: readonly { connection: Connection }[],
): Set<string> {
  const flows = new Set<string>();
  const foreign = new Set<string>();
  const belongs = new Set<string>();
  const translations = connections.flatMap(({ connection: { original, reply } }) => [
    [tupleKey(original), tupleKey(reply)],
    [tupleKey(reversed(original)), tupleKey(reversed(reply))],
  ]);
  /** What tunnels have put around them. */
  const around = new Set<string>();
  const add = (packets: readonly Packet[]) => {
    for (const packet of packets) {
      if (packet.inner !== undefined)
        for (const one of [...quotedBy(packet), pieceOf(packet)]) around.add(one);
      const tuple = tupleOf(packet);
      if (tuple === undefined) continue;
      for (const key of [tupleKey(tuple), tupleKey(reversed(tuple))]) flows.add(key);
    }
    for (const [one, other] of translations) {
      if (flows.has(one!)) flows.add(other!);
      if (flows.has(other!)) flows.add(one!);
    }
  };
  const keyOf = (packet: Packet) => {
    const tuple = tupleOf(packet);
    return tuple === undefined ? undefined : tupleKey(tuple);
  };
  for (const { key, space, made, packets } of all) {
    const first = packets[0]!;
    const transport = innermost(first).ip?.transport;
    const quoted = transport?.name === 'icmp' ? transport.about : undefined;
    const isPiece = isLaterPiece(first) && around.has(pieceOf(first));
    const isOf = isPiece || packets.some((packet) => flows.has(keyOf(packet) ?? ''));
    const isAbout =
      quoted !== undefined && (flows.has(keyOf(quoted) ?? '') || around.has(about(first) ?? ''));
    const seed =
      made &&
      space === start &&
      !isHousekeeping(first) &&
      isBeginning(first) &&
      !foreign.has(keyOf(first) ?? '');
    if (isOf || isAbout || (seed && innermost(first).arp === undefined)) {
      belongs.add(key);
      if (!isAbout && !isPiece) add(packets);
    } else
      for (const packet of packets) {
        const tuple = tupleOf(packet);
        if (tuple) foreign.add(tupleKey(tuple)).add(tupleKey(reversed(tuple)));
      }
  }
  for (const key of neighbours(all, belongs, start)) belongs.add(key);
  return belongs;
}

/**
 * The questions for a neighbour that were asked for the sake of these packets: the answer is the MAC that they went to,
 * or there was none where they got no further.
 */
function neighbours(all: readonly Candidate[], belongs: ReadonlySet<string>, start: number): Set<string> {
  const ours = all.filter(({ key }) => belongs.has(key));
  const macs = new Set(ours.flatMap(({ packets }) => packets.map(destinationOf)));
  const addresses = new Set(
    ours.flatMap(({ packets }) => packets.flatMap((packet) => innermost(packet).ip?.destination)),
  );
  const ends = new Set([...ours.map(({ last }) => last), ...(ours.length === 0 ? [start] : [])]);
  const found = new Set<string>();
  for (const { key, space, made, packets } of all) {
    const arp = innermost(packets[0]!).arp;
    if (arp?.op !== 'request' || !made) continue;
    const answers = all.filter((other) => {
      const told = innermost(other.packets[0]!).arp;
      return told?.op === 'reply' && told.sender === arp.target && told.target === arp.sender;
    });
    const macOf = (other: Candidate) => innermost(other.packets[0]!).arp?.senderMac;
    const isOurs =
      answers.length > 0
        ? answers.some((other) => macs.has(macOf(other)))
        : ends.has(space) || addresses.has(arp.target);
    if (!isOurs) continue;
    found.add(key);
    for (const other of answers) found.add(other.key);
  }
  return found;
}

const destinationOf = (packet: Packet) => innermost(packet).ethernet?.destination;

/**
 * What a tunnel puts around a packet is a packet of its own to the rules that see it, and the kernel shows no more of it
 * with a decision than its first headers: by its own header it is found again as what it carries. Pure.
 */
import type { Sighting } from './model.ts';
import type { Timed } from './place.ts';
import { depthOf, identity, isForTunnel, layerAt, outermost, type Packet } from './read/packet.ts';
import type { Seen } from './sightings.ts';

const DESTINATION_OPTIONS = 60;

export interface Carried {
  /** Of the packet that it carries. */
  key: string;
  /** How many packets are in it, one in the other. */
  depth: number;
}

/** With a decision, the kernel does not show what stands between IPv6's own header and the next: tunnels put options there. */
function shownAs(packet: Packet): string[] {
  const { ip } = packet;
  const own = identity(packet);
  if (own === undefined || !ip?.source.includes(':')) return own === undefined ? [] : [own];
  const options = identity({ ip: { ...ip, transport: { name: 'other', number: DESTINATION_OPTIONS } } })!;
  return [own, options];
}

/** @returns what a header was seen around, by then: of IPv6 there is no number in it, so that the next one looks the same */
export function carriedBy(
  seen: readonly Seen[],
  start: bigint,
): (same: string, at: bigint) => Carried | undefined {
  const known = new Map<string, (Carried & { at: bigint })[]>();
  for (const { key, sightings } of seen)
    for (const { packet, at } of sightings)
      for (let depth = depthOf(packet); depth > 0; depth--) {
        for (const same of shownAs(outermost(layerAt(packet, depth)!))) {
          const all = known.get(same) ?? [];
          known.set(same, all);
          if (all.at(-1)?.key !== key) all.push({ key, depth, at: start + BigInt(at) });
        }
      }
  return (same, at) => {
    const all = known.get(same);
    return all?.findLast((each) => each.at <= at) ?? all?.[0];
  };
}

/** Bytes of a tunnel's own headers behind the IP header, by protocol: least and most (GRE may carry Ethernet or not). */
const OWN_HEADERS: Readonly<Record<number, readonly [number, number]>> = {
  4: [0, 8],
  17: [22, 86],
  41: [0, 8],
  47: [4, 30],
};

/** It is as long as what a tunnel would make of the other. */
function couldCarry(around: Packet, carried: Packet): boolean {
  const { ip } = around;
  if (ip === undefined || !isForTunnel(around)) return false;
  const { transport } = ip;
  const protocol = transport.name === 'other' ? transport.number : 17;
  const length = carried.ip?.length ?? (carried.arp === undefined ? undefined : 28);
  const [least, most] = OWN_HEADERS[protocol] ?? [1, 0];
  if (length === undefined) return false;
  const headers =
    transport.name === 'udp' ? transport.bytes : ip.length - (ip.source.includes(':') ? 40 : 20);
  return headers - length >= least && headers - length <= most;
}

/**
 * What a rule dropped before it reached an interface was seen around nothing: it is of the packet that had just gone
 * into a tunnel there, if it has the length for that. @returns the decisions, each under the packet that was carried
 */
export function withUnseen(
  rulings: ReadonlyMap<string, readonly Timed[]>,
  seen: readonly Seen[],
  start: bigint,
): ReadonlyMap<string, readonly Timed[]> {
  const known = new Set(seen.map(({ key }) => key));
  const joined = new Map(rulings);
  const taken = new Set<string>();
  for (const [key, list] of rulings) {
    const [first] = list;
    const packet = first?.decision.packet;
    if (known.has(key) || first === undefined || first.in !== undefined || packet === undefined) continue;
    if (!isForTunnel(packet)) continue;
    const carried = seen.findLast(({ key, sightings }) => {
      const last: Sighting = sightings.at(-1)!;
      const isBefore = start + BigInt(last.at) <= first.at;
      const isThere = last.space === first.space && last.direction === 'out';
      return isBefore && isThere && !taken.has(key) && couldCarry(packet, last.packet);
    });
    if (carried === undefined) continue;
    taken.add(carried.key);
    joined.delete(key);
    const around = depthOf(carried.sightings.at(-1)!.packet) + 1;
    const own = joined.get(carried.key) ?? [];
    joined.set(carried.key, [...own, ...list.map((each) => ({ ...each, around }))]);
  }
  return joined;
}

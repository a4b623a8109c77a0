/** The frames of a capture, decoded, each under the packet that it is. Pure. */
import type { RawFrame, TraceCapture } from './capture.ts';
import type { Sighting } from './model.ts';
import { decoded } from './read/frame.ts';
import { identity, innermost, type Packet } from './read/packet.ts';
import { titlesOf } from './titles.ts';

/** One packet, wherever it was seen, in the order in which it was. */
export interface Seen {
  key: string;
  sightings: Sighting[];
}

const SENT = 4;
const TO_ANOTHER = 3;
/**
 * Of a packet in pieces the kernel writes the headers of the later ones where they lie when it sends them on
 * (ip_fraglist_prepare in net/ipv4/ip_output.c), and a packet socket has no copy of its own: what is read there may be
 * of a later hop. The first piece is copied before it is changed.
 */
export const isLaterPiece = (packet: Packet): boolean => (innermost(packet).ip?.fragment ?? 0) > 0;

const withoutAddressing = ({ ethernet: _, ...packet }: Packet): Packet => packet;

const hardware = (packet: Packet) =>
  packet.ethernet === undefined ? '' : `${packet.ethernet.source} → ${packet.ethernet.destination}`;

function changesOf(before: Packet, after: Packet): Sighting['changes'] {
  const [a, b] = [innermost(before), innermost(after)];
  const port = (packet: Packet, end: 'from' | 'to') => {
    const transport = packet.ip?.transport;
    return transport?.name === 'tcp' || transport?.name === 'udp' ? `:${transport[end]}` : '';
  };
  const tunnel = (packet: Packet) =>
    packet.inner === undefined
      ? ''
      : `${packet.inner.tunnel} ${packet.ip?.source ?? ''} → ${packet.ip?.destination ?? ''}`;
  const fields = [
    ['source', `${a.ip?.source ?? ''}${port(a, 'from')}`, `${b.ip?.source ?? ''}${port(b, 'from')}`],
    [
      'destination',
      `${a.ip?.destination ?? ''}${port(a, 'to')}`,
      `${b.ip?.destination ?? ''}${port(b, 'to')}`,
    ],
    ['ttl', String(a.ip?.ttl ?? ''), String(b.ip?.ttl ?? '')],
    ['tunnel', tunnel(before), tunnel(after)],
    // while it is in a tunnel, routers count down the TTL of what is around it
    [
      'outer ttl',
      before.inner && after.inner ? String(before.ip?.ttl ?? '') : '',
      before.inner && after.inner ? String(after.ip?.ttl ?? '') : '',
    ],
    ['mac', hardware(before), hardware(after)],
  ] as const;
  // what comes out of a tunnel without Ethernet has no MAC that it could have changed to
  return fields.flatMap(([field, before, after]) =>
    before === after || (field === 'mac' && after === '') ? [] : [{ field, before, after }],
  );
}

export function sightingsOf(capture: TraceCapture): { seen: Seen[]; start: bigint } {
  const titles = titlesOf(capture);
  // The kernel's time; where it is the same, the order in which one socket gave them is the kernel's.
  const frames = capture.frames
    .map((frame, arrival) => ({ frame, arrival, at: BigInt(frame.at) }))
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.arrival - b.arrival));
  const start = frames[0]?.at ?? 0n;
  const byKey = new Map<string, Seen>();
  /** A question that is asked again is the same to the bit: it is another where it leaves its sender anew. */
  const repeats = new Map<string, { space: number; index: number; count: number }>();
  const keyOf = (key: string, { space, index, type }: RawFrame, packet: Packet) => {
    if (innermost(packet).arp === undefined) return key;
    const known = repeats.get(key) ?? { space, index, count: 0 };
    repeats.set(key, known);
    if (type === SENT && known.space === space && known.index === index) known.count++;
    return known.count > 1 ? `${key} ${known.count}` : key;
  };
  for (const { frame, at } of frames) {
    const packet = decoded(frame, capture.spaces[frame.space]);
    const same = identity(packet);
    if (same === undefined) continue;
    const key = keyOf(same, frame, packet);
    const of = byKey.get(key) ?? { key, sightings: [] };
    byKey.set(key, of);
    const last = of.sightings.at(-1);
    of.sightings.push({
      is: 'frame',
      at: Number(at - start),
      space: frame.space,
      title: titles[frame.space] ?? '?',
      interface: capture.spaces[frame.space]?.interfaces[frame.index] || `interface ${frame.index}`,
      direction: frame.type === SENT ? 'out' : 'in',
      ...(frame.type === TO_ANOTHER ? { passing: true as const } : {}),
      packet: isLaterPiece(packet) ? withoutAddressing(packet) : packet,
      changes: last === undefined || isLaterPiece(packet) ? [] : changesOf(last.packet, packet),
    });
  }
  return { seen: [...byKey.values()], start };
}

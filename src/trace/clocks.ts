/**
 * Machines have clocks of their own, which differ by more than a packet takes from one to the other: by them alone it would
 * arrive before it was sent. What two machines have both seen sets their clocks against one another, as NTP does it: each way
 * takes some time, so half of what the two ways differ by is the clocks'. Pure.
 */
import type { RawFrame, TraceCapture } from './capture.ts';
import { decoded } from './read/frame.ts';
import { identity, innermost, type Packet } from './read/packet.ts';

const SENT = 4;
/** Nanoseconds that a packet needs at least, where only one way was seen. */
const LEAST = 1000n;

/** By packet and machine: when it left there last, and when it came in first. */
type Seen = Map<number, { out?: bigint; in?: bigint }>;

/** Neighbour discovery, groups and the like (RFC 4861, RFC 3810) have nothing by which one could be told from another. */
function hasOwnWords(packet: Packet): boolean {
  const { ip } = innermost(packet);
  if (ip?.transport.name !== 'icmp' || ip.id !== undefined) return true;
  return ip.transport.seq !== undefined || ip.transport.about !== undefined;
}

/**
 * What is sent again may be the same to the bit (a question for a neighbour, a segment that got lost). As often as it passed
 * one place it passed every other: then the first here is the first there, and so on. Else nobody knows which is which, and
 * it sets no clock.
 */
function sightings({ frames, spaces }: TraceCapture, machineOf: (frame: RawFrame) => number): Seen[] {
  const byKey = new Map<string, { times: Map<string, number>; passes: Seen[] }>();
  for (const frame of frames) {
    const packet = decoded(frame, spaces[frame.space]);
    const key = identity(packet);
    if (key === undefined || !hasOwnWords(packet)) continue;
    const of = byKey.get(key) ?? { times: new Map<string, number>(), passes: [] };
    byKey.set(key, of);
    const place = `${frame.space} ${frame.index} ${frame.type === SENT}`;
    const time = of.times.get(place) ?? 0;
    of.times.set(place, time + 1);
    of.passes[time] ??= new Map();
    const seen = of.passes[time];
    const machine = machineOf(frame);
    const known = seen.get(machine) ?? {};
    const at = BigInt(frame.at);
    if (frame.type === SENT)
      seen.set(machine, { ...known, out: known.out === undefined || at > known.out ? at : known.out });
    else seen.set(machine, { ...known, in: known.in === undefined || at < known.in ? at : known.in });
  }
  return [...byKey.values()].flatMap(({ times, passes }) =>
    new Set(times.values()).size === 1 ? passes : [],
  );
}

/** The shortest way from one machine to another, by both their clocks. */
function transits(all: readonly Seen[]): Map<string, bigint> {
  const shortest = new Map<string, bigint>();
  for (const seen of all)
    for (const [from, { out }] of seen)
      for (const [to, { in: arrived, out: sentOn }] of seen) {
        // what it sent on itself before it came in has come back: no way from there
        if (from === to || out === undefined || arrived === undefined) continue;
        if (seen.get(from)!.in !== undefined && sentOn !== undefined) continue;
        const key = `${from} ${to}`;
        const took = arrived - out;
        const before = shortest.get(key);
        if (before === undefined || took < before) shortest.set(key, took);
      }
  return shortest;
}

/** How far each machine's clock is ahead of the first one's; machines that nothing connects are left as they are. */
function offsets(
  machines: readonly number[],
  took: ReadonlyMap<string, bigint>,
  first: number,
): Map<number, bigint> {
  const ahead = new Map([[first, 0n]]);
  const queue = [first];
  for (let from = queue.shift(); from !== undefined; from = queue.shift())
    for (const to of machines) {
      if (ahead.has(to)) continue;
      const [there, back] = [took.get(`${from} ${to}`), took.get(`${to} ${from}`)];
      const more =
        there !== undefined && back !== undefined
          ? (there - back) / 2n
          : there !== undefined
            ? there - LEAST
            : back !== undefined
              ? LEAST - back
              : undefined;
      if (more === undefined) continue;
      ahead.set(to, ahead.get(from)! + more);
      queue.push(to);
    }
  return ahead;
}

/** The same capture, all times by the clock of the machine where the command ran. */
export function byOneClock(capture: TraceCapture): TraceCapture {
  const { clocks, spaces, command } = capture;
  const machines = [...new Set(clocks)];
  if (clocks === undefined || machines.length < 2) return capture;
  const machineOf = ({ space }: { space: number }) => clocks[space] ?? 0;
  const start = spaces.findIndex(({ host }) => host === command.host);
  const took = transits(sightings(capture, machineOf));
  const ahead = offsets(machines, took, clocks[Math.max(0, start)] ?? 0);
  const set = <One extends { space: number; at: string }>(one: One): One => {
    const more = ahead.get(machineOf(one)) ?? 0n;
    return more === 0n ? one : { ...one, at: String(BigInt(one.at) - more) };
  };
  return {
    ...capture,
    frames: capture.frames.map(set),
    filter: capture.filter.map(set),
    ...(capture.answers === undefined ? {} : { answers: capture.answers.map(set) }),
  };
}

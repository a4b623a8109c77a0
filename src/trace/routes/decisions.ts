/**
 * Where on its way a packet was routed, and what its header was then: on the sender, on each router, where it was taken
 * in, for what a tunnel puts around it, and once more where its destination was translated or it was marked. Pure.
 */
import type { TraceCapture } from '../capture.ts';
import { reversed, tupleKey, tupleOf } from '../flow.ts';
import type { Ruling, Sighting, Step } from '../model.ts';
import type { Timed } from '../place.ts';
import type { Connection, Tuple } from '../read/netfilter.ts';
import type { Packet } from '../read/packet.ts';
import type { RouteQuestion } from './model.ts';

export interface Decision {
  /** The step before which it stands; the number of steps where it is the last. */
  at: number;
  space: number;
  title: string;
  question: RouteQuestion;
  /** Where the socket was bound to a VRF, it was asked thus. */
  bound?: RouteQuestion;
  /** The destination is another than the one that it came with. */
  translated: boolean;
  /** Where it was seen next on its way out of the namespace. */
  left: readonly Sighting[];
  /** It was taken out of a tunnel here. */
  unpacked: boolean;
  /** Rules changed it, and it was routed once more. */
  again: boolean;
  /** The interface that a rule saw it on its way to. */
  ruledTo?: string;
  /** Nanoseconds since the first step. */
  time: number | undefined;
}

export interface Known {
  rulings: readonly Timed[];
  connections: readonly { space: number; connection: Connection }[];
  /** Nanoseconds of the first step, from which times are told. */
  start: bigint;
  capture: TraceCapture;
}

const depth = (packet: Packet): number => (packet.inner === undefined ? 0 : 1 + depth(packet.inner.packet));
const BEFORE_ROUTING = ['ingress', 'prerouting'];
const AFTER_ROUTING = ['input', 'forward', 'postrouting'];
const ASKED = [1, 6, 17, 58];
/** Of IPv6: there is one such network at each interface, so whoever sends there says by which (RFC 4007, 6). */
const OF_ONE_LINK = /^(fe[89ab]|ff)[0-9a-f]*:/;

/** Of the outermost packet: what a tunnel carries is routed when it has been taken out. */
const outer = ({ inner: _, ...packet }: Packet): Packet => packet;

function questionOf(packet: Packet, way: RouteQuestion['way'], more: Partial<RouteQuestion>): RouteQuestion {
  const tuple = tupleOf(outer(packet))!;
  const { source, destination, protocol, from, to } = tuple;
  const tos = packet.ip?.tos;
  const hasPorts = protocol === 6 || protocol === 17;
  return {
    way,
    source,
    destination,
    ...(ASKED.includes(protocol) ? { protocol } : {}),
    ...(hasPorts && from !== undefined && to !== undefined ? { from, to } : {}),
    ...(tos === undefined ? {} : { tos }),
    ...more,
  };
}

const found = <K extends string, V>(key: K, value: V | undefined) =>
  (value === undefined ? {} : { [key]: value }) as Partial<Record<K, V>>;

/** One packet within one namespace, from where it came in or was made. */
interface Stay {
  space: number;
  /** Index of its first step, and of the first behind it. */
  from: number;
  to: number;
}

function staysOf(steps: readonly Step[]): Stay[] {
  const stays: Stay[] = [];
  for (const [at, { space }] of steps.entries()) {
    const last = stays.at(-1);
    if (last?.space === space) last.to = at + 1;
    else stays.push({ space, from: at, to: at + 1 });
  }
  return stays;
}

const isFrame = (step: Step | undefined): step is Sighting => step?.is === 'frame';

/**
 * It came in and leaves as another frame: a router took its header up. A bridge leaves all as it is, unless its packets
 * pass the rules of IP too (br_netfilter) and one of them translates the destination: then it is routed.
 */
function wasRouted(came: Sighting, left: Sighting): boolean {
  const [before, after] = [came.packet, left.packet];
  if (before.ip?.ttl !== after.ip?.ttl || before.ip?.destination !== after.ip?.destination) return true;
  const [mine, theirs] = [before.ethernet, after.ethernet];
  return mine === undefined || theirs === undefined || mine.source !== theirs.source;
}

/** A frame for another's MAC is the bridge's own affair, unless its packet is translated on the way (br_netfilter). */
const isTranslatedByBridge = (came: Sighting, next: Sighting | undefined) =>
  next?.direction === 'out' &&
  depth(next.packet) === depth(came.packet) &&
  next.packet.ip?.destination !== came.packet.ip?.destination;

export function decisionsOf(steps: readonly Step[], known: Known): Decision[] {
  return staysOf(steps).flatMap((stay) => decisionsIn(stay, steps, known));
}

function decisionsIn(stay: Stay, steps: readonly Step[], known: Known): Decision[] {
  const { space } = stay;
  const { title } = steps[stay.from]!;
  const indexes = Array.from({ length: stay.to - stay.from }, (_, i) => stay.from + i);
  const frames = indexes.filter((at) => isFrame(steps[at]));
  const frame = (at: number) => steps[at] as Sighting;
  const rulings = known.rulings.filter((each) => each.space === space);
  const names = known.capture.spaces[space]?.interfaces ?? {};
  const indexOf = (name: string) => {
    const entry = Object.entries(names).find(([, each]) => each === name);
    return entry === undefined ? undefined : Number(entry[0]);
  };
  const outAfter = (at: number) =>
    frames.filter((each) => each >= at && frame(each).direction === 'out').map(frame);
  const timeOf = (ruling: Timed | undefined) => ruling && Number(ruling.at - known.start);
  const decisions: Decision[] = [];
  const add = (one: Pick<Decision, 'at' | 'question'> & Partial<Decision>) =>
    decisions.push({
      space,
      title,
      translated: false,
      left: [],
      unpacked: false,
      again: false,
      time: undefined,
      ...one,
    });

  const first = frames[0] === undefined ? undefined : frame(frames[0]);
  // what is sent over lo is seen by rules a second time, as it comes in
  const isMade =
    stay.from === 0 && first?.direction !== 'in' && (first !== undefined || rulings[0]?.in === undefined);
  if (isMade) made();
  for (const [i, at] of frames.entries()) {
    const came = frame(at);
    const next = frames[i + 1] === undefined ? undefined : frame(frames[i + 1]!);
    if (came.packet.ip === undefined) continue;
    if (came.direction === 'out') {
      // what a tunnel puts around it has a way of its own
      if (next?.direction === 'out' && depth(next.packet) > depth(came.packet))
        add({
          at: frames[i + 1]!,
          question: questionOf(next.packet, 'output', {}),
          left: outAfter(frames[i + 1]!),
          time: came.at,
        });
      continue;
    }
    const before = i > 0 ? frame(frames[i - 1]!) : undefined;
    const isLoop = before?.direction === 'out' && before.interface === came.interface;
    if (isLoop || (came.passing && !isTranslatedByBridge(came, next))) continue;
    const unpacked = next?.direction === 'in' && depth(next.packet) < depth(came.packet);
    if (next?.direction === 'in' && !unpacked) continue;
    if (next?.direction === 'out' && depth(next.packet) === depth(came.packet) && !wasRouted(came, next))
      continue;
    arrived(i, came, unpacked);
  }
  return decisions;

  /** Made here: routed before any rule sees it, and again where rules of `output` have changed it. */
  function made() {
    const hooked = rulings.filter(({ hook }) => hook === 'output');
    const began = first?.at ?? timeOf(rulings[0]);
    const seen = hooked.find(({ decision }) => decision.packet?.ip !== undefined)?.decision;
    const packet = seen?.packet ?? first?.packet ?? packetOf(steps[stay.from]!);
    if (packet?.ip === undefined) return;
    const later = first?.packet.ip === undefined || depth(first.packet) > 0 ? undefined : first.packet;
    const left = outAfter(stay.from);
    const mark = hooked[0]?.decision.mark;
    const marked = hooked.at(-1)?.decision.mark;
    const sentBy = found(
      'device',
      first && OF_ONE_LINK.test(packet.ip.destination) ? indexOf(first.interface) : undefined,
    );
    const question = questionOf(packet, 'output', { ...found('mark', mark), ...sentBy });
    const ruledTo = found('ruledTo', hooked.find((each) => each.out !== undefined)?.out);
    const [one, two] = left;
    const vrf = one && two && one.interface !== two.interface ? indexOf(one.interface) : undefined;
    const bound = vrf === undefined ? {} : { bound: { ...question, device: vrf } };
    const isTranslated = later !== undefined && later.ip!.destination !== packet.ip.destination;
    const again = isTranslated || marked !== mark;
    add({ at: stay.from, question, ...bound, left: again ? [] : left, again, time: began, ...ruledTo });
    if (!again) return;
    const { source, from } = question;
    const since = questionOf(later ?? packet, 'output', {
      source,
      ...found('from', from),
      ...found('mark', marked),
      ...sentBy,
    });
    const last = indexes.findLast(
      (at) => steps[at]!.is === 'ruling' && (steps[at] as Ruling).hook === 'output',
    );
    const end = frames[0] ?? stay.to;
    add({
      at: isTranslated ? end : Math.min(end, (last ?? stay.from - 1) + 1),
      question: since,
      translated: isTranslated,
      left,
      time: began,
      ...found('ruledTo', hooked.at(-1)?.out),
    });
  }

  /** Come in: for here, or to be sent on. */
  function arrived(i: number, came: Sighting, unpacked: boolean) {
    const from = frames[i]! + 1;
    const until = frames[i + 1] ?? stay.to;
    const between = indexes.filter((at) => at >= from && at < until);
    const early = between.findLast(
      (at) => steps[at]!.is === 'ruling' && BEFORE_ROUTING.includes((steps[at] as Ruling).hook ?? ''),
    );
    const dropped = early !== undefined && (steps[early] as Ruling).decision.verdict === 'drop';
    if (dropped) return;
    const left = unpacked ? [] : outAfter(until);
    const ttl = came.packet.ip!.ttl;
    const fits = (each: Timed) => each.ttl === undefined || each.ttl === ttl || each.ttl === ttl - 1;
    const ruled = rulings.findLast((each) => each.hook === 'prerouting' && fits(each))?.decision;
    const tuple = tupleOf(outer(came.packet))!;
    const to = depth(came.packet) > 0 ? tuple : translatedTo(came, tuple, left, fits);
    const question = questionOf(came.packet, 'input', {
      destination: to.destination,
      ...(to.protocol === 6 || to.protocol === 17 ? found('to', to.to) : {}),
      ...found('mark', ruled?.mark),
      // a port of a bridge, a member of a VRF: for the rules and for the routes it came in by that
      ...found('index', ruled?.in ?? indexOf(came.interface)),
    });
    add({
      at: (early ?? from - 1) + 1,
      question,
      translated: to.destination !== tuple.destination,
      left,
      unpacked,
      time: came.at,
      ...found('ruledTo', rulings.find((each) => each.hook === 'forward' && fits(each))?.out),
    });
  }

  /** Its destination when it was routed: as a rule saw it, as it left, or as connection tracking has it. */
  function translatedTo(
    came: Sighting,
    tuple: Tuple,
    left: readonly Sighting[],
    fits: (each: Timed) => boolean,
  ): Pick<Tuple, 'destination' | 'to' | 'protocol'> {
    const ruled = rulings.find(
      (each) =>
        AFTER_ROUTING.includes(each.hook ?? '') && fits(each) && each.decision.packet?.ip !== undefined,
    )?.decision.packet;
    const gone = left.find((each) => depth(each.packet) === depth(came.packet))?.packet;
    const known_ = [ruled, gone].flatMap((packet) => (packet === undefined ? [] : [tupleOf(packet)!]));
    const key = tupleKey(tuple);
    const tracked = known.connections.flatMap(({ space: where, connection: { original, reply } }) => {
      if (where !== space) return [];
      if (tupleKey(original) === key) return [reversed(reply)];
      return tupleKey(reply) === key ? [reversed(original)] : [];
    });
    return known_[0] ?? tracked[0] ?? tuple;
  }
}

const packetOf = (step: Step) =>
  step.is === 'frame' ? step.packet : step.is === 'ruling' ? step.decision.packet : undefined;

/**
 * Where on its way a packet was routed, and what its header was then: on the sender, on each router, where it was taken
 * in, for what a tunnel puts around it, and once more where its destination was translated or it was marked. Pure.
 */
import type { TraceCapture } from '../capture.ts';
import { reversed, tupleKey, tupleOf } from '../flow.ts';
import type { Ruling, Sighting, Step } from '../model.ts';
import type { Timed } from '../place.ts';
import type { Connection, Tuple } from '../read/netfilter.ts';
import { depthOf, outermost, type Packet } from '../read/packet.ts';
import { isLaterPiece } from '../sightings.ts';
import type { RouteQuestion } from './model.ts';
import type { Link } from './netlink.ts';

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
  /** The tunnel that it went into, where nothing was seen to come out. */
  into?: string;
  /** How many packets are in the one that was asked for. */
  depth: number;
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
  /** What the kernel has said of the interfaces of a namespace, by index; nothing before it was asked. */
  links: (space: number) => ReadonlyMap<number, Link>;
}

const BEFORE_ROUTING = ['ingress', 'prerouting'];
const AFTER_ROUTING = ['input', 'forward', 'postrouting'];
const ASKED = [1, 6, 17, 58];
/** Of IPv6: there is one such network at each interface, so whoever sends there says by which (RFC 4007, 6). */
const OF_ONE_LINK = /^(fe[89ab]|ff)[0-9a-f]*:/;

function questionOf(packet: Packet, way: RouteQuestion['way'], more: Partial<RouteQuestion>): RouteQuestion {
  const tuple = tupleOf(outermost(packet))!;
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
  depthOf(next.packet) === depthOf(came.packet) &&
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
  /** Until a tunnel puts something around it: that has a way of its own. */
  const outAfter = (at: number, depth: number) => {
    const out = frames.filter((each) => each >= at && frame(each).direction === 'out').map(frame);
    const end = out.findIndex((each) => depthOf(each.packet) !== depth);
    return end < 0 ? out : out.slice(0, end);
  };
  /** Of the packet itself, or of what is so deep around it. */
  const rulingsAt = (depth: number, hook: string) =>
    rulings.filter((each) => each.hook === hook && (each.around ?? 0) === depth);
  const linkOf = (name: string) => known.links(space).get(indexOf(name) ?? -1);
  /** The VRF that an interface is part of, or is. */
  const vrfOf = (name: string | undefined) => {
    const link = name === undefined ? undefined : linkOf(name);
    if (link?.kind === 'vrf') return indexOf(name!);
    const isPart = link?.master !== undefined && known.links(space).get(link.master)?.kind === 'vrf';
    return isPart ? link.master : undefined;
  };
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
      depth: 0,
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
    if (came.direction === 'out') {
      // what a tunnel puts around it has a way of its own
      if (next?.direction === 'out' && depthOf(next.packet) > depthOf(came.packet)) packed(i, came, next);
      else if (next === undefined && stay.to === steps.length) lostInTunnel(came);
      continue;
    }
    if (came.packet.ip === undefined) continue;
    const before = i > 0 ? frame(frames[i - 1]!) : undefined;
    const isLoop = before?.direction === 'out' && before.interface === came.interface;
    if (isLoop || (came.passing && !isTranslatedByBridge(came, next))) continue;
    const unpacked = next?.direction === 'in' && depthOf(next.packet) < depthOf(came.packet);
    if (next?.direction === 'in' && !unpacked) continue;
    if (next?.direction === 'out' && depthOf(next.packet) === depthOf(came.packet) && !wasRouted(came, next))
      continue;
    arrived(i, came, unpacked);
  }
  return decisions;

  /** How a tunnel has what it sends routed: as it was told to, and by the mark that the packet has. */
  function asTunnel(name: string, depth: number): Partial<RouteQuestion> {
    const tunnel = linkOf(name)?.tunnel;
    const mark = tunnel?.mark ?? rulingsAt(depth, 'output')[0]?.decision.mark;
    return { ...found('device', tunnel?.link), ...found('mark', mark) };
  }

  function packed(i: number, came: Sighting, next: Sighting) {
    const depth = depthOf(next.packet);
    const [from, until] = [frames[i]!, frames[i + 1]!];
    const ruled = indexes.find((at) => at > from && at < until && (steps[at] as Ruling).around === depth);
    add({
      // rules see it when its route is chosen
      at: ruled ?? until,
      depth,
      question: questionOf(next.packet, 'output', asTunnel(came.interface, depth)),
      left: outAfter(frames[i + 1]!, depth),
      time: came.at,
      ...found('ruledTo', rulingsAt(depth, 'output')[0]?.out),
    });
  }

  /** It has gone into a tunnel, and nothing has come out of that: where the tunnel leads, the kernel says. */
  function lostInTunnel(came: Sighting) {
    const tunnel = linkOf(came.interface)?.tunnel;
    const depth = depthOf(came.packet) + 1;
    const ruled = rulingsAt(depth, 'output');
    const packet = ruled[0]?.decision.packet;
    const more = asTunnel(came.interface, depth);
    const question: RouteQuestion | undefined =
      packet?.ip !== undefined
        ? questionOf(packet, 'output', more)
        : tunnel?.remote === undefined
          ? undefined
          : { way: 'output', source: tunnel.local ?? '', destination: tunnel.remote, ...more };
    if (question === undefined) return;
    const at = indexes.findLast((each) => frames.includes(each))! + 1;
    add({ at, depth, question, time: came.at, ...found('ruledTo', ruled[0]?.out), into: came.interface });
  }

  /** Made here: routed before any rule sees it, and again where rules of `output` have changed it. */
  function made() {
    // cut into pieces here: the first one shows how it came
    if (first !== undefined && isLaterPiece(first.packet)) return;
    const depth = first === undefined ? 0 : depthOf(first.packet);
    const hooked = rulingsAt(depth, 'output');
    const began = first?.at ?? timeOf(rulings[0]);
    const seen = hooked.find(({ decision }) => decision.packet?.ip !== undefined)?.decision;
    const packet = seen?.packet ?? first?.packet ?? packetOf(steps[stay.from]!);
    if (packet?.ip === undefined) return;
    const later = first?.packet.ip === undefined || depth > 0 ? undefined : first.packet;
    const left = outAfter(stay.from, depth);
    const mark = hooked[0]?.decision.mark;
    const marked = hooked.at(-1)?.decision.mark;
    const sentBy = found(
      'device',
      first && OF_ONE_LINK.test(packet.ip.destination) ? indexOf(first.interface) : undefined,
    );
    const users = hooked.find((each) => each.users !== undefined)?.users;
    const question = questionOf(packet, 'output', { ...found('mark', mark), ...sentBy, ...users });
    const ruledTo = found('ruledTo', hooked.find((each) => each.out !== undefined)?.out);
    const vrf = vrfOf(left[0]?.interface ?? ruledTo.ruledTo);
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
      ...users,
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
    const depth = depthOf(came.packet);
    const left = unpacked ? [] : outAfter(until, depth);
    const ttl = came.packet.ip!.ttl;
    const fits = (each: Timed) => each.ttl === undefined || each.ttl === ttl || each.ttl === ttl - 1;
    const ruled = rulingsAt(depth, 'prerouting').findLast(fits)?.decision;
    const tuple = tupleOf(outermost(came.packet))!;
    const to = depth > 0 ? tuple : translatedTo(came, tuple, left, fits);
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
      depth,
      time: came.at,
      ...found('ruledTo', rulingsAt(depth, 'forward').find(fits)?.out),
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
        AFTER_ROUTING.includes(each.hook ?? '') &&
        each.around === undefined &&
        fits(each) &&
        each.decision.packet?.ip !== undefined,
    )?.decision.packet;
    const gone = left.find((each) => depthOf(each.packet) === depthOf(came.packet))?.packet;
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

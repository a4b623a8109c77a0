/**
 * Puts what was decided between the sightings of a packet. The kernel puts no time on a decision, but its hooks have an
 * order: what a packet meets as it comes in stands behind that sighting, what it meets as it leaves before that one.
 */
import { isTranslated, tupleKey, tupleOf } from './flow.ts';
import type { Ruling, Sighting, Step, Translated } from './model.ts';
import type { Connection } from './read/netfilter.ts';
import { depthOf, layerAt, outermost, type Packet } from './read/packet.ts';

/** `users`: the one whose socket sent it is among these, told by our own chain. */
export type Timed = Ruling & { ttl?: number; users?: { uid: number; uidEnd: number }; at: bigint };

const isSighting = (step: Step | undefined): step is Sighting => step?.is === 'frame';
const LEAVING = ['output', 'postrouting'];

export function withRulings(sightings: readonly Sighting[], rulings: readonly Timed[]): Step[] {
  const steps: Step[] = [...sightings];
  for (const { ttl, at: _, users: __, ...ruling } of rulings) {
    const leaves = ruling.in === undefined || LEAVING.includes(ruling.hook ?? '');
    const at = leaves ? beforeLeaving(steps, ruling) : afterComing(steps, ruling, ttl);
    steps.splice(at ?? lastOf(steps, ruling), 0, ruling);
  }
  return steps;
}

/** Behind everything that was seen there; at the end where nothing was. */
function lastOf(steps: readonly Step[], { space, around }: Pick<Ruling, 'space' | 'around'>): number {
  // of what is around it, nothing was seen there: it stands where what it carries was seen last
  const carried = steps.findLastIndex((step) => step.space === space && isSighting(step));
  if (around !== undefined && carried >= 0) {
    const rest = steps
      .slice(carried + 1)
      .findIndex((step) => step.is !== 'ruling' || step.around === undefined);
    return rest < 0 ? steps.length : carried + 1 + rest;
  }
  const last = steps.findLastIndex((step) => step.space === space);
  return last < 0 ? steps.length : last + 1;
}

const isOfLayer = (step: Sighting, around: number | undefined) =>
  around === undefined ? true : depthOf(step.packet) === around;

function afterComing(steps: readonly Step[], ruling: Ruling, ttl: number | undefined): number | undefined {
  const coming = steps.flatMap((step, at) =>
    isSighting(step) &&
    step.space === ruling.space &&
    step.direction === 'in' &&
    isOfLayer(step, ruling.around)
      ? [{ step, at }]
      : [],
  );
  const named = coming.filter(({ step }) => step.interface === ruling.in);
  const candidates = named.length > 0 ? named : coming;
  // One that comes by twice: forwarding takes one from the TTL before it asks.
  const fitting = candidates.filter(({ step }) => {
    const seen = layerAt(step.packet, ruling.around ?? 0)?.ip?.ttl;
    return ttl === undefined || seen === undefined || seen === ttl || seen === ttl + 1;
  });
  const anchor = (fitting.length > 0 ? fitting : candidates)[0];
  if (anchor === undefined) return undefined;
  // A bridge has the packet at its port and at itself: what comes next there belongs to the same arrival.
  let at = anchor.at + 1;
  while (at < steps.length && steps[at]!.space === ruling.space) {
    const step = steps[at]!;
    if (isSighting(step) && (step.direction === 'out' || isAnother(step, anchor.step))) break;
    at++;
  }
  return at;
}

/** What has been taken out of a tunnel has arrived anew. */
const isAnother = (step: Sighting, before: Sighting) => depthOf(step.packet) !== depthOf(before.packet);

function beforeLeaving(steps: readonly Step[], ruling: Ruling): number | undefined {
  const leaving = (name?: string) =>
    steps.findIndex(
      (step) =>
        isSighting(step) &&
        step.space === ruling.space &&
        step.direction === 'out' &&
        isOfLayer(step, ruling.around) &&
        (name === undefined || step.interface === name),
    );
  const named = ruling.out === undefined ? -1 : leaving(ruling.out);
  const at = named < 0 ? leaving() : named;
  return at < 0 ? undefined : at;
}

/** A translated connection stands where its first packet has gone through all hooks of the namespace. */
export function withTranslation(
  steps: readonly Step[],
  { space, title, connection }: { space: number; title: string; connection: Connection },
): Step[] | undefined {
  if (connection.event !== 'new' || !isTranslated(connection.original, connection.reply)) return undefined;
  const original = tupleKey(connection.original);
  const first = steps.find(
    (step) =>
      step.space === space && (step.is === 'frame' || step.is === 'ruling') && packetOf(step) !== undefined,
  );
  const packet = first && packetOf(first);
  if (packet === undefined || !layersOf(packet).some((one) => tupleKey(tupleOf(one)!) === original))
    return undefined;
  const translated: Translated = { is: 'translated', space, title, connection };
  // Behind the last thing that was decided there before it left.
  const out = steps.findIndex((step) => isSighting(step) && step.space === space && step.direction === 'out');
  const at = out < 0 ? lastOf(steps, { space }) : out;
  return [...steps.slice(0, at), translated, ...steps.slice(at)];
}

/** Itself and what it carries, each by its own header. */
const layersOf = (packet: Packet): Packet[] => [
  ...(packet.ip === undefined ? [] : [outermost(packet)]),
  ...(packet.inner === undefined ? [] : layersOf(packet.inner.packet)),
];

const packetOf = (step: Step) =>
  step.is === 'frame' ? step.packet : step.is === 'ruling' ? step.decision.packet : undefined;

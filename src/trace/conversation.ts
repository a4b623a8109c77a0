/** Which packets of a trace answer which. A long command has thousands: each is looked up, and none compared with all. Pure. */

import { reversed, tupleKey, tupleOf } from './flow.ts';
import type { Step } from './model.ts';
import type { Open } from './open.ts';
import { innermost, outermost, type Packet } from './read/packet.ts';
import { isLaterPiece } from './sightings.ts';

export function packetAt(steps: readonly Step[], which: 'first' | 'last'): Packet | undefined {
  const packetOf = (step: Step) =>
    step.is === 'frame'
      ? step.packet
      : step.is === 'ruling' && step.around === undefined
        ? step.decision.packet
        : undefined;
  const has = (step: Step) => packetOf(step) !== undefined;
  const step = which === 'first' ? steps.find(has) : steps.findLast(has);
  return step && packetOf(step);
}

/** What an answer to it would say of itself; undefined for what has none. */
function asks(packet: Packet | undefined): string | undefined {
  if (packet && isLaterPiece(packet)) return undefined;
  const arp = packet && innermost(packet).arp;
  if (arp !== undefined) return arp.op === 'request' ? `arp ${arp.target}` : undefined;
  const tuple = packet && tupleOf(packet);
  return tuple && tupleKey(reversed(tuple));
}

function tells(packet: Packet | undefined): string | undefined {
  if (packet && isLaterPiece(packet)) return undefined;
  const arp = packet && innermost(packet).arp;
  if (arp !== undefined) return arp.op === 'reply' ? `arp ${arp.sender}` : undefined;
  const tuple = packet && tupleOf(packet);
  return tuple && tupleKey(tuple);
}

/** Of an error: the packet that it is about. */
export function about(packet: Packet | undefined): string | undefined {
  const transport = packet && innermost(packet).ip?.transport;
  return transport?.name === 'icmp' && transport.about ? quoted(transport.about) : undefined;
}

function quoted(packet: Packet): string | undefined {
  const tuple = tupleOf(packet);
  return tuple && `${tupleKey(tuple)} ${innermost(packet).ip?.id ?? ''}`;
}

/** An error may quote so little of a tunnel's packet that what it carries is not in it. */
export function quotedBy(packet: Packet): string[] {
  const own = packet.inner === undefined ? quoted(packet) : quoted(outermost(packet));
  return [...(own === undefined ? [] : [own]), ...(packet.inner ? quotedBy(packet.inner.packet) : [])];
}

/** Places in the order of the trace, by what they have in common. */
class Places {
  readonly #places = new Map<string, number[]>();

  add(key: string | undefined, at: number): void {
    if (key === undefined) return;
    const known = this.#places.get(key);
    if (known === undefined) this.#places.set(key, [at]);
    else if (known.at(-1) !== at) known.push(at);
  }

  first(key: string | undefined): number {
    return (key === undefined ? undefined : this.#places.get(key)?.[0]) ?? Number.POSITIVE_INFINITY;
  }

  after(key: string | undefined, at: number): number {
    const places = (key === undefined ? undefined : this.#places.get(key)) ?? [];
    let [from, to] = [0, places.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if (places[middle]! > at) to = middle;
      else from = middle + 1;
    }
    return places[from] ?? Number.POSITIVE_INFINITY;
  }
}

export class Conversation {
  readonly all: readonly Open[];
  readonly #first: readonly (Packet | undefined)[];
  readonly #last: readonly (Packet | undefined)[];
  readonly #told = new Places();
  readonly #asked = new Places();
  readonly #errors = new Places();
  /** By the ends of a flow, whichever end of its way a packet was seen at. */
  readonly #flows = new Places();
  #unheard: ReadonlyMap<number, Open> | undefined;

  constructor(all: readonly Open[]) {
    this.all = all;
    this.#first = all.map(({ steps }) => packetAt(steps, 'first'));
    this.#last = all.map(({ steps }) => packetAt(steps, 'last'));
    for (const [at, first] of this.#first.entries()) {
      const last = this.#last[at];
      this.#told.add(tells(first), at);
      this.#asked.add(asks(last), at);
      this.#errors.add(about(first), at);
      for (const packet of [first, last]) {
        const tuple = packet && tupleOf(packet);
        this.#flows.add(tuple && tupleKey(tuple), at);
      }
    }
  }

  /** The first one after it that answers what it was when it was seen last. */
  answerTo(at: number): Open | undefined {
    return this.all[this.#told.after(asks(this.#last[at]), at)];
  }

  /** One before it asked for this. */
  isAsked(at: number): boolean {
    return this.#asked.first(tells(this.#first[at])) < at;
  }

  /** The first packet of a flow says which way is there and which is back. */
  isBack(at: number): boolean {
    const first = this.#first[at];
    const tuple = first && tupleOf(first);
    if (tuple === undefined) return false;
    const [there, back] = [this.#flows.first(tupleKey(tuple)), this.#flows.first(tupleKey(reversed(tuple)))];
    return back < at && back < there;
  }

  /** The first error after it that quotes it, as it was at some place. */
  errorAbout(at: number): Open | undefined {
    const places = this.all[at]!.steps.map((step) =>
      step.is === 'frame'
        ? Math.min(...quotedBy(step.packet).map((one) => this.#errors.after(one, at)))
        : Number.POSITIVE_INFINITY,
    );
    return this.all[Math.min(...places)];
  }

  /** A question for a neighbour that was asked there first, and that nobody has answered. */
  unheardIn(space: number): Open | undefined {
    if (this.#unheard === undefined) {
      const unheard = new Map<number, Open>();
      for (const [at, open] of this.all.entries()) {
        const first = this.#first[at];
        if (first === undefined || innermost(first).arp?.op !== 'request') continue;
        const isHeard = this.#told.first(asks(first)) !== Number.POSITIVE_INFINITY;
        const from = open.steps[0]!.space;
        if (!isHeard && !unheard.has(from)) unheard.set(from, open);
      }
      this.#unheard = unheard;
    }
    return this.#unheard.get(space);
  }
}

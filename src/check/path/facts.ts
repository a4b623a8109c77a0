/** What a trace shows of the one packet that a check asks about: its way, its translations, what ended it. Pure. */

import type { TraceCapture } from '../../trace/capture.ts';
import { tupleOf } from '../../trace/flow.ts';
import type { Journey, Ruling, Trace } from '../../trace/model.ts';
import { innermost } from '../../trace/read/packet.ts';
import { traceOf } from '../../trace/trace.ts';
import type { Observation } from '../observation.ts';
import { ipFacts } from '../read/ip.ts';
import { once } from '../read/reading.ts';
import type { Seen } from './hops.ts';

export interface Translation {
  end: 'source' | 'destination';
  before: string;
  after: string;
  host: string;
  netns: string;
}

export interface PathFacts {
  way: readonly Seen[];
  /** Of the first answer; empty where none was seen. */
  back: readonly Seen[];
  bridges: readonly Seen[];
  translations: readonly Translation[];
  journey: Journey;
  /** The rule or policy that dropped it, where one did. */
  dropped?: Ruling & { host: string; netns: string };
}

const traced = once((capture: TraceCapture): Trace => traceOf(capture));

const NUMBERS = { icmp: [1, 58], tcp: [6], udp: [17] } as const;

/** `none`: the command sent nothing of the kind. */
export function pathFacts(
  capture: TraceCapture,
  observation: Observation,
  protocol: keyof typeof NUMBERS,
): PathFacts | 'none' {
  const { journeys } = traced(capture);
  const isAsked = ({ kind, answer, steps }: Journey) => {
    const tuple = firstTuple(steps);
    const numbers: readonly number[] = NUMBERS[protocol];
    return kind === 'packet' && !answer && tuple !== undefined && numbers.includes(tuple.protocol);
  };
  const journey = journeys.find((each) => isAsked(each) && !isError(each));
  if (journey === undefined) return 'none';
  const answer = journeys
    .slice(journeys.indexOf(journey) + 1)
    .find((each) => each.kind === 'packet' && each.answer && !isError(each));
  const bridges = bridgesOf(observation);
  const ruling = journey.steps.findLast((step): step is Ruling => step.is === 'ruling');
  const at = (space: number) => {
    const { host, netns } = capture.spaces[space] ?? { host: '', netns: '' };
    return { host, netns };
  };
  return {
    way: wayOf(journey, at, bridges),
    back: answer === undefined ? [] : wayOf(answer, at, bridges),
    bridges,
    translations: translationsOf(journey, at),
    journey,
    ...(ruling?.decision.verdict === 'drop' ? { dropped: { ...ruling, ...at(ruling.space) } } : {}),
  };
}

type At = (space: number) => { host: string; netns: string };

const packetOf = (step: Journey['steps'][number]) =>
  step.is === 'frame' ? step.packet : step.is === 'ruling' ? step.decision.packet : undefined;

function firstTuple(steps: Journey['steps']) {
  const packet = steps.map(packetOf).find((each) => each !== undefined);
  return packet && tupleOf(packet);
}

function isError({ steps }: Journey): boolean {
  const packet = steps.map(packetOf).find((each) => each !== undefined);
  const transport = packet && innermost(packet).ip?.transport;
  return transport?.name === 'icmp' && transport.about !== undefined;
}

/** One interface where it came in and went out (lo) is one place. */
function wayOf(journey: Journey, at: At, bridges: readonly Seen[]): Seen[] {
  const way: Seen[] = [];
  for (const step of journey.steps) {
    if (step.is !== 'frame') continue;
    const seen: Seen = { interface: step.interface, ...at(step.space) };
    const last = way.at(-1);
    if (last && last.interface === seen.interface && last.netns === seen.netns && last.host === seen.host)
      continue;
    way.push(
      bridges.find(
        (bridge) =>
          bridge.interface === seen.interface && bridge.netns === seen.netns && bridge.host === seen.host,
      ) ?? seen,
    );
  }
  return way;
}

function translationsOf(journey: Journey, at: At): Translation[] {
  const found: Translation[] = [];
  const add = (one: Translation) => {
    const isKnown = found.some(
      (each) =>
        each.end === one.end &&
        bare(each.before) === bare(one.before) &&
        bare(each.after) === bare(one.after),
    );
    if (!isKnown) found.push(one);
  };
  for (const step of journey.steps) {
    if (step.is === 'frame')
      for (const { field, before, after } of step.changes)
        if (field === 'source' || field === 'destination')
          add({ end: field, before, after, ...at(step.space) });
    if (step.is !== 'translated') continue;
    const { original, reply } = step.connection;
    const pairs = [
      ['source', original.source, reply.destination],
      ['destination', original.destination, reply.source],
    ] as const;
    for (const [end, before, after] of pairs)
      if (before !== after) add({ end, before, after, ...at(step.space) });
  }
  return found;
}

/** The address without its port. */
export const bare = (text: string): string =>
  /^\[(.*)\]:\d+$/.exec(text)?.[1] ??
  (/^[\d.]+:\d+$/.test(text) ? text.slice(0, text.lastIndexOf(':')) : text);

function bridgesOf(observation: Observation): Seen[] {
  return Object.entries(observation.hosts).flatMap(([host, seen]) =>
    seen.namespaces.flatMap((netns): Seen[] => {
      const { links } = ipFacts(netns);
      const all = links.ok ? links.value : [];
      return all
        .filter((link) => link.kind === 'bridge')
        .map((bridge) => ({
          interface: bridge.name,
          netns: netns.name,
          host,
          ports: all.filter((link) => link.master === bridge.name).map((link) => link.name),
        }));
    }),
  );
}

/** A trace as lines for a person: what became of each packet, one step a line. Pure. */

import { harmless } from '../../lib/text.ts';
import { ends, tupleKey } from '../flow.ts';
import type { End, Journey, Sighting, Step, Trace } from '../model.ts';
import { isLaterPiece } from '../sightings.ts';
import { routeMark, routesAre, routeText, routeTone } from './route.ts';

export type TraceTone = 'text' | 'dim' | 'title' | 'place' | 'rule' | 'changed' | 'good' | 'bad' | 'unsure';
export interface TraceSpan {
  text: string;
  tone: TraceTone;
}
export type TraceLine = readonly TraceSpan[];

/** How it ended, at a glance. */
export const END_TONES = {
  answered: 'good',
  arrived: 'good',
  refused: 'bad',
  dropped: 'bad',
  unknown: 'unsure',
} as const satisfies Record<End['state'], TraceTone>;

const of = (text: string, tone: TraceTone = 'text'): TraceSpan => ({ text: harmless(text), tone });

/** Frames of one packet shown at most: a loop is understood by then. */
const MOST_STEPS = 60;

/** With one digit, so that what follows within a microsecond stays apart. */
export const time = (nanoseconds: number) =>
  nanoseconds < 1e7 ? `${(nanoseconds / 1e3).toFixed(1)} µs` : `${(nanoseconds / 1e6).toFixed(2)} ms`;

const CHANGE = {
  source: 'source',
  destination: 'destination',
  ttl: 'ttl',
  'outer ttl': 'outer ttl',
  mac: 'MAC',
  tunnel: 'tunnel',
} as const;

/** What of it is another than one sighting before, a phrase each. @param first all headers, not only what has changed */
export function changeWords({ changes, packet }: Sighting, first: boolean): string[] {
  if (first && isLaterPiece(packet)) return [];
  if (first) {
    const { ethernet, ip } = packet;
    const parts = [
      ethernet === undefined ? '' : `MAC ${ethernet.source} → ${ethernet.destination}`,
      ip === undefined ? '' : `ttl ${ip.ttl}`,
      packet.inner === undefined ? '' : `in ${packet.inner.tunnel}, ${ip?.source} → ${ip?.destination}`,
    ];
    return parts.filter((part) => part !== '');
  }
  return changes.flatMap(({ field, before, after }) => {
    if (field === 'tunnel' && after === '') return [`out of ${before}`];
    // how long it is now decides whether it fits
    if (field === 'tunnel') return [`in ${after}`, ...(packet.ip ? [`${packet.ip.length} bytes`] : [])];
    return [field === 'mac' ? `MAC ${after}` : `${CHANGE[field]} ${before} ⇒ ${after}`];
  });
}

export function translationWords(step: Extract<Step, { is: 'translated' }>): string {
  const { original, reply } = step.connection;
  const [asked, back] = [ends(original), ends(reply)];
  const parts = [
    asked.source === back.destination ? '' : `source ${asked.source} ⇒ ${back.destination}`,
    asked.destination === back.source ? '' : `destination ${asked.destination} ⇒ ${back.source}`,
  ].filter((part) => part !== '');
  return parts.length > 0 ? parts.join(', ') : tupleKey(reply);
}

/** `the policy of ip filter FORWARD: drop`, `ip nat KUBE-SEP-A: "-A ..." → accept`. */
export function rulingText({ around, ...ruling }: Extract<Step, { is: 'ruling' }>): string {
  return around === undefined ? ownRulingText(ruling) : `outer: ${ownRulingText(ruling)}`;
}

function ownRulingText({ decision, line, onlySeen }: Extract<Step, { is: 'ruling' }>): string {
  if (onlySeen) return 'it is on its way';
  const chain = `${decision.family} ${decision.table} ${decision.chain}`;
  if (decision.what === 'policy') return `policy of ${chain}: ${decision.verdict}`;
  const verdict = decision.to === undefined ? decision.verdict : `${decision.verdict} ${decision.to}`;
  return `${chain}: ${line ?? `rule ${decision.handle}`} → ${verdict}`;
}

/** Where a packet was seen and what was decided: two with the same way need not be told twice. */
function wayOf({ kind, answer, steps, end }: Journey): string {
  const way = steps.map((step) =>
    step.is === 'frame'
      ? `${step.space} ${step.interface} ${step.direction} ${step.changes.map(({ field, after }) => field + after).join()}`
      : step.is === 'ruling'
        ? rulingText(step)
        : step.is === 'route'
          ? `${routeText(step)} ${step.borne}`
          : translationWords(step),
  );
  return [kind, answer, ...way, end.state].join('\n');
}

/** @returns each journey, and whether one with the very same way was told before it. */
export function told(trace: Trace): { journey: Journey; again: boolean }[] {
  const ways = new Set<string>();
  return trace.journeys.map((journey) => {
    const way = wayOf(journey);
    const again =
      ways.has(way) && journey.steps.length > 2 && journey.steps.some((step) => step.is === 'frame');
    ways.add(way);
    return { journey, again };
  });
}

/** When it was seen first and last. */
export function spanOf({ steps }: Journey): { from: string; to: string } {
  const frames = steps.filter((step) => step.is === 'frame');
  return { from: time(frames[0]!.at), to: time(frames.at(-1)!.at) };
}

/** A question who has an address, heard by whoever has it, needs no end of its own. */
export const hasEnd = ({ kind, end }: Journey): boolean =>
  kind === 'packet' || end.state === 'unknown' || end.state === 'dropped';

function sameWay(journey: Journey): TraceLine[] {
  const { from, to } = spanOf(journey);
  return [
    [of(journey.answer ? '← ' : '→ ', 'title'), of(journey.title, 'title')],
    [of('  '), of(`the same way as before, ${from} to ${to}`, 'dim')],
  ];
}

/** `route  default via 10.0.0.1 dev eth0   ✓`; what does not fit is said in words. */
function routeLine(step: Extract<Step, { is: 'route' }>): TraceLine {
  const tone = { decided: 'text', bad: 'bad', unsure: 'unsure' } as const;
  const mark = routeMark(step);
  const evidence = step.borne === 'yes' || step.again ? [] : [of(' '), of(step.evidence, 'unsure')];
  return [
    of('route', tone[routeTone(step)]),
    of('  '),
    of(routeText(step), tone[routeTone(step)]),
    of(`   ${mark}`, '✓↓'.includes(mark) ? 'dim' : 'unsure'),
    ...evidence,
  ];
}

/** What was seen or decided there: `in  veth1   ttl 64 ⇒ 63`. @param first all headers, not only what has changed */
export function stepLine(step: Step, first: boolean): TraceLine {
  if (step.is === 'translated')
    return [of('translated', 'changed'), of('  '), of(translationWords(step), 'changed')];
  if (step.is === 'route') return routeLine(step);
  if (step.is === 'ruling') {
    const tone = step.decision.verdict === 'drop' ? 'bad' : 'rule';
    return [of(step.hook ?? 'filter', tone), of('  '), of(rulingText(step), tone)];
  }
  const tone = !first && step.changes.some(({ field }) => field !== 'mac') ? 'changed' : 'dim';
  const way = [of(step.direction === 'out' ? 'out' : 'in '), of(' '), of(step.interface)];
  return [...way, ...changeWords(step, first).flatMap((note) => [of('   '), of(note, tone)])];
}

/** The lines of one journey; the widths are those of all. */
function journeyLines(journey: Journey, widths: { place: number; time: number }): TraceLine[] {
  const lines: TraceLine[] = [[of(journey.answer ? '← ' : '→ ', 'title'), of(journey.title, 'title')]];
  let shown = 0;
  let place = '';
  let framed = false;
  for (const step of journey.steps) {
    if (shown++ >= MOST_STEPS) {
      lines.push([of(`   ... ${journey.steps.length - MOST_STEPS} steps more`, 'dim')]);
      break;
    }
    const at = step.is === 'frame' ? time(step.at) : '';
    const head = [
      of(`  ${at.padStart(widths.time)}  `, 'dim'),
      of((step.title === place ? '' : step.title).padEnd(widths.place + 2), 'place'),
    ];
    place = step.title;
    lines.push([...head, ...stepLine(step, !framed)]);
    framed ||= step.is === 'frame';
  }
  const { state, words } = journey.end;
  const tone = END_TONES[state];
  if (hasEnd(journey)) lines.push([of(' '.repeat(widths.time + 4), 'dim'), of('⇒ ', tone), of(words, tone)]);
  return lines;
}

export function traceLines(trace: Trace): TraceLine[] {
  const steps = trace.journeys.flatMap((journey) => journey.steps);
  const widths = {
    place: Math.max(0, ...steps.map((step) => step.title.length)),
    time: Math.max(0, ...steps.map((step) => (step.is === 'frame' ? time(step.at).length : 0))),
  };
  const lines: TraceLine[] = [];
  for (const sentence of unseen(trace)) lines.push([of(sentence, 'unsure')]);
  for (const { journey, again } of told(trace))
    lines.push(...(again ? sameWay(journey) : journeyLines(journey, widths)), []);
  for (const line of besides(trace)) lines.push([of(line.text, line.tone)]);
  return lines;
}

/** Where no packet was seen: that, and what the command said of it. */
export function unseen({ journeys, unsent = [], command: { argv, said } }: Trace): string[] {
  if (journeys.some(({ kind }) => kind === 'packet')) return [];
  return [
    `Nothing of ${argv[0] ?? 'the command'} was seen on any interface, nor by any rule.`,
    ...(said === undefined ? [] : [`It said: ${said}`]),
    ...unsent.map(
      (route) =>
        `Asked now as root, and without a mark, the kernel in ${route.title} says of ${route.asked.destination}: ${routeText(route)}.`,
    ),
  ];
}

/** What else there is to say of a trace, a sentence each. */
export function besides(trace: Trace): { text: string; tone: 'dim' | 'unsure' }[] {
  const { others, missing } = trace;
  const frames =
    others === 1 ? '1 frame of others was seen too.' : `${others} frames of others were seen too.`;
  return [
    ...routesAre(trace).map((text) => ({ text, tone: 'dim' as const })),
    ...(others > 0 ? [{ text: frames, tone: 'dim' as const }] : []),
    ...missing.map((line) => ({ text: `Not seen: ${line}`, tone: 'unsure' as const })),
  ];
}

export const plainLine = (line: TraceLine): string =>
  line
    .map(({ text }) => text)
    .join('')
    .trimEnd();

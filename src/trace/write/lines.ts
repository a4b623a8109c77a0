/** A trace as lines for a person: what became of each packet, one step a line. Pure. */
import { harmless } from '../../lib/text.ts';
import { ends, tupleKey } from '../flow.ts';
import type { Journey, Sighting, Step, Trace } from '../model.ts';

export type TraceTone = 'text' | 'dim' | 'title' | 'place' | 'rule' | 'changed' | 'good' | 'bad' | 'unsure';
export interface TraceSpan {
  text: string;
  tone: TraceTone;
}
export type TraceLine = readonly TraceSpan[];

const of = (text: string, tone: TraceTone = 'text'): TraceSpan => ({ text: harmless(text), tone });

/** Frames of one packet shown at most: a loop is understood by then. */
const MOST_STEPS = 60;

/** With one digit, so that what follows within a microsecond stays apart. */
const time = (nanoseconds: number) =>
  nanoseconds < 1e7 ? `${(nanoseconds / 1e3).toFixed(1)} µs` : `${(nanoseconds / 1e6).toFixed(2)} ms`;

const CHANGE = {
  source: 'source',
  destination: 'destination',
  ttl: 'ttl',
  mac: 'MAC',
  tunnel: 'tunnel',
} as const;

function changeWords({ changes, packet }: Sighting, first: boolean): string {
  if (first) {
    const { ethernet, ip } = packet;
    const parts = [
      ethernet === undefined ? '' : `MAC ${ethernet.source} → ${ethernet.destination}`,
      ip === undefined ? '' : `ttl ${ip.ttl}`,
      packet.inner === undefined ? '' : `in ${packet.inner.tunnel}, ${ip?.source} → ${ip?.destination}`,
    ];
    return parts.filter((part) => part !== '').join('   ');
  }
  return changes
    .map(({ field, before, after }) => {
      if (field === 'tunnel' && after === '') return `out of ${before}`;
      if (field === 'tunnel') return `in ${after}`;
      return field === 'mac' ? `MAC ${after}` : `${CHANGE[field]} ${before} ⇒ ${after}`;
    })
    .join('   ');
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
export function rulingText({ decision, line, onlySeen }: Extract<Step, { is: 'ruling' }>): string {
  if (onlySeen) return 'it is on its way';
  const chain = `${decision.family} ${decision.table} ${decision.chain}`;
  if (decision.what === 'policy') return `policy of ${chain}: ${decision.verdict}`;
  const verdict = decision.to === undefined ? decision.verdict : `${decision.verdict} ${decision.to}`;
  return `${chain}: ${line ?? `rule ${decision.handle}`} → ${verdict}`;
}

/** Where a packet was seen and what was decided: two with the same way need not be told twice. */
function wayOf({ answer, steps, end }: Journey): string {
  const way = steps.map((step) =>
    step.is === 'frame'
      ? `${step.space} ${step.interface} ${step.direction} ${step.changes.map(({ field, after }) => field + after).join()}`
      : step.is === 'ruling'
        ? rulingText(step)
        : translationWords(step),
  );
  return [answer, ...way, end.state].join('\n');
}

function sameWay(journey: Journey): TraceLine[] {
  const frames = journey.steps.filter((step) => step.is === 'frame');
  const [first, last] = [frames[0]!, frames.at(-1)!];
  return [
    [of(journey.answer ? '← ' : '→ ', 'title'), of(journey.title, 'title')],
    [of(`  the same way as before, ${time(first.at)} to ${time(last.at)}`, 'dim')],
  ];
}

/** What was seen or decided there: `in  veth1   ttl 64 ⇒ 63`. @param first all headers, not only what has changed */
export function stepLine(step: Step, first: boolean): TraceLine {
  if (step.is === 'translated') return [of(`translated  ${translationWords(step)}`, 'changed')];
  if (step.is === 'ruling') {
    const bad = step.decision.verdict === 'drop';
    return [of(`${step.hook ?? 'filter'}  ${rulingText(step)}`, bad ? 'bad' : 'rule')];
  }
  const notes = changeWords(step, first);
  const changed = !first && step.changes.some(({ field }) => field !== 'mac');
  const way = of(`${step.direction === 'out' ? 'out' : 'in '} ${step.interface}`);
  return notes === '' ? [way] : [way, of(`   ${notes}`, changed ? 'changed' : 'dim')];
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
  const tone = {
    answered: 'good',
    arrived: 'good',
    refused: 'bad',
    dropped: 'bad',
    unknown: 'unsure',
  } as const;
  if (journey.kind === 'packet' || journey.end.state === 'unknown')
    lines.push([
      of(' '.repeat(widths.time + 4), 'dim'),
      of(`⇒ ${journey.end.words}`, tone[journey.end.state]),
    ]);
  return lines;
}

export function traceLines(trace: Trace): TraceLine[] {
  const steps = trace.journeys.flatMap((journey) => journey.steps);
  const widths = {
    place: Math.max(0, ...steps.map((step) => step.title.length)),
    time: Math.max(0, ...steps.map((step) => (step.is === 'frame' ? time(step.at).length : 0))),
  };
  const lines: TraceLine[] = [];
  if (trace.journeys.length === 0)
    lines.push([
      of(
        `Nothing of ${trace.command.argv[0] ?? 'the command'} was seen on any interface, nor by any rule.`,
        'unsure',
      ),
    ]);
  const told = new Set<string>();
  for (const journey of trace.journeys) {
    const way = wayOf(journey);
    const isTold =
      told.has(way) && journey.steps.length > 2 && journey.steps.some((step) => step.is === 'frame');
    lines.push(...(isTold ? sameWay(journey) : journeyLines(journey, widths)), []);
    told.add(way);
  }
  if (trace.others > 0) {
    const frames = trace.others === 1 ? '1 frame' : `${trace.others} frames`;
    lines.push([of(`${frames} of others ${trace.others === 1 ? 'was' : 'were'} seen too.`, 'dim')]);
  }
  for (const line of trace.missing) lines.push([of(`Not seen: ${line}`, 'unsure')]);
  return lines;
}

export const plainLine = (line: TraceLine): string =>
  line
    .map(({ text }) => text)
    .join('')
    .trimEnd();

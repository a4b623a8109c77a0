/** A packet's walk as rows of a table: where it was, what was seen or decided there. Pure. */
import type { Place, Step, Trace } from '../../trace/model.ts';
import {
  besides,
  changeWords,
  END_TONES,
  hasEnd,
  rulingText,
  spanOf,
  time,
  told,
  translationWords,
  unseen,
} from '../../trace/write/lines.ts';
import { routeMark, routeText, routeTone } from '../../trace/write/route.ts';

export type RowTone = 'seen' | 'decided' | 'good' | 'bad' | 'unsure';

export interface Row {
  /** Since the first step; the kernel puts no time on what is decided. */
  at: string;
  place: Place;
  /** Where it was seen. */
  interface?: string;
  /** `out`, `in`, a hook, `translated`, `end`. */
  what: string;
  /** Phrases: what has changed, the rule. */
  says: readonly string[];
  tone: RowTone;
}

export interface Walked {
  title: string;
  answer: boolean;
  /** It went the way of one before: told in a line. */
  again?: { from: string; to: string };
  rows: readonly Row[];
}

export interface PacketWalk {
  command: string;
  start: Place;
  packets: readonly Walked[];
  /** Sentences about the whole. */
  besides: readonly string[];
}

/** A loop is understood by then. */
const MOST_ROWS = 60;

function rowOf(step: Step, first: boolean): Row {
  const place = { space: step.space, title: step.title };
  if (step.is === 'translated')
    return { at: '', place, what: 'translated', says: [translationWords(step)], tone: 'decided' };
  if (step.is === 'route') {
    const says = [routeText(step), `${routeMark(step)} ${step.evidence}`];
    return { at: '', place, what: 'route', says, tone: routeTone(step) };
  }
  if (step.is === 'ruling') {
    const tone = step.decision.verdict === 'drop' ? 'bad' : 'decided';
    return { at: '', place, what: step.hook ?? 'filter', says: [rulingText(step)], tone };
  }
  return {
    at: time(step.at),
    place,
    interface: step.interface,
    what: step.direction,
    says: changeWords(step, first),
    tone: 'seen',
  };
}

export function packetWalk(trace: Trace): PacketWalk {
  const packets = told(trace).map(({ journey, again }): Walked => {
    const { title, answer, steps, end } = journey;
    if (again) return { title, answer, again: spanOf(journey), rows: [] };
    const firstFrame = steps.findIndex((step) => step.is === 'frame');
    const rows = steps.slice(0, MOST_ROWS).map((step, at) => rowOf(step, at === firstFrame));
    const last: Row = {
      at: '',
      place: { space: end.space, title: end.title },
      what: 'end',
      says: [end.words],
      tone: END_TONES[end.state],
    };
    return { title, answer, rows: hasEnd(journey) ? [...rows, last] : rows };
  });
  return {
    command: trace.command.argv.join(' '),
    start: trace.start,
    packets,
    besides: [...unseen(trace), ...besides(trace).map(({ text }) => text)],
  };
}

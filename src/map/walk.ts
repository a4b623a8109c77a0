/** The way of a packet over the map, hop by hop: which probe is traced, and what was seen at each place. Pure. */
import { confirmNeedsOf } from '../check/judge.ts';
import type { Verdict } from '../check/model.ts';
import type { Need } from '../check/observation.ts';
import type { Cell } from '../lesson/model.ts';
import type { TraceCapture } from '../trace/capture.ts';
import { traceOf } from '../trace/trace.ts';
import { stepLine } from '../trace/write/lines.ts';

export interface Hop {
  /** Key of the namespace on the map. */
  space: string;
  /** Where it is, or where it was last seen. */
  interface?: string;
  /** The packet: `ICMP echo request 1  10.0.0.1 → 10.0.0.2`. */
  packet: string;
  /** `← ` for an answer. */
  answer: boolean;
  /** Phrases, with the blanks between them: each is said in the reader's language. */
  says: readonly string[];
  tone: 'seen' | 'decided' | 'good' | 'bad' | 'unsure';
}

/**
 * The probe of the cell's first check that has failed and sends packets, else of the first that does. A check whose
 * variables are not known has none.
 */
export function walkNeed(
  cell: Cell | undefined,
  verdicts: readonly Verdict[],
  hosts: readonly string[],
): Need | undefined {
  const failed = (id: string) => verdicts.some(({ check, state }) => check === id && state === 'fail');
  const ordered = cell?.expects.toSorted((a, b) => Number(failed(b.id)) - Number(failed(a.id))) ?? [];
  return confirmNeedsOf(ordered, hosts)[0];
}

const TONES = {
  answered: 'good',
  arrived: 'good',
  dropped: 'bad',
  refused: 'bad',
  unknown: 'unsure',
} as const;

export function hopsOf(capture: TraceCapture): Hop[] {
  const keyOf = (space: number) => {
    const { host = '', netns = '' } = capture.spaces[space] ?? {};
    return `${host}/${netns}`;
  };
  return traceOf(capture).journeys.flatMap(({ title, answer, steps, end, kind }) => {
    const packet = { packet: title, answer };
    let last: { space: string; interface?: string } = { space: '' };
    const hops = steps.map((step, at): Hop => {
      const space = keyOf(step.space);
      last =
        step.is === 'frame' ? { space, interface: step.interface } : space === last.space ? last : { space };
      const tone =
        step.is === 'frame'
          ? 'seen'
          : step.is === 'ruling' && step.decision.verdict === 'drop'
            ? 'bad'
            : 'decided';
      return { ...last, ...packet, says: stepLine(step, at === 0).map(({ text }) => text), tone };
    });
    if (kind === 'arp' && end.state !== 'unknown') return hops;
    return [...hops, { ...last, ...packet, says: [end.words], tone: TONES[end.state] }];
  });
}

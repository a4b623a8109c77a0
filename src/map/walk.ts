/** The way of a packet over the map, hop by hop: what was seen at each place. Pure. */
import type { TraceCapture } from '../trace/capture.ts';
import type { Step } from '../trace/model.ts';
import { traceOf } from '../trace/trace.ts';
import { END_TONES, hasEnd, stepLine } from '../trace/write/lines.ts';
import { routeMark, routeText, routeTone } from '../trace/write/route.ts';
import type { Hop } from './hop.ts';

/** Where nothing was seen, what the command said of it. */
export function walkOf(capture: TraceCapture): { state: 'seen'; hops: Hop[]; said?: string } {
  const trace = traceOf(capture);
  const { said } = trace.command;
  return { state: 'seen', hops: hopsOf(capture, trace), ...(said === undefined ? {} : { said }) };
}

/** Here there is room to say what bears a route out. */
const saysOf = (step: Step, first: boolean): string[] =>
  step.is === 'route'
    ? ['route', '  ', routeText(step), '   ', routeMark(step), ' ', step.evidence]
    : stepLine(step, first).map(({ text }) => text);

/** One that is made there is nowhere yet: the map points at the interface that it then left by. */
const leavesBy = (step: Step): { interface?: string } =>
  step.is === 'route' && step.borne === 'yes' && step.answer?.dev !== undefined
    ? { interface: step.answer.dev }
    : {};

export function hopsOf(capture: TraceCapture, trace = traceOf(capture)): Hop[] {
  const keyOf = (space: number) => {
    const { host = '', netns = '' } = capture.spaces[space] ?? {};
    return `${host}/${netns}`;
  };
  return trace.journeys.flatMap((journey) => {
    const { title, answer, steps, end } = journey;
    const packet = { packet: title, answer };
    let last: { space: string; interface?: string } = { space: '' };
    const firstFrame = steps.findIndex((step) => step.is === 'frame');
    const hops = steps.map((step, at): Hop => {
      const space = keyOf(step.space);
      last =
        step.is === 'frame'
          ? { space, interface: step.interface }
          : space === last.space
            ? last
            : { space, ...leavesBy(step) };
      const tone =
        step.is === 'frame'
          ? 'seen'
          : step.is === 'route'
            ? routeTone(step)
            : step.is === 'ruling' && step.decision.verdict === 'drop'
              ? 'bad'
              : 'decided';
      return {
        ...last,
        ...packet,
        place: step.title,
        says: saysOf(step, at === firstFrame),
        tone,
      };
    });
    if (!hasEnd(journey)) return hops;
    return [...hops, { ...last, ...packet, place: end.title, says: [end.words], tone: END_TONES[end.state] }];
  });
}

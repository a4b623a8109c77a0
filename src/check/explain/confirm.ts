/** What a traced packet shows where interfaces, routes and rules show nothing wrong. Pure. */
import type { TraceCapture } from '../../trace/capture.ts';
import { traceOf } from '../../trace/trace.ts';
import type { Explanation, ExplanationStep } from '../model.ts';

const QUESTION = 'What does a traced packet show?';

/** The explanation, with what the kernel showed of one more try; its cause where nothing else was found. */
export function confirmed(explanation: Explanation, capture: TraceCapture): Explanation {
  const { journeys, missing } = traceOf(capture);
  const packets = journeys.filter(({ kind }) => kind === 'packet');
  // who waits for its neighbour is stopped by what has stopped the question
  const question = journeys.find(({ kind, end }) => kind === 'arp' && end.state === 'dropped');
  const isHeard = packets.some(({ end }) => end.state === 'answered');
  const stopped =
    (isHeard ? undefined : question) ??
    packets.find(({ end }) => end.state === 'dropped' || end.state === 'refused');
  const lost = packets.find(({ end }) => end.state === 'unknown');
  const unheard = journeys.find(({ kind, end }) => kind === 'arp' && end.state === 'unknown');
  const step = (answer: string, state: ExplanationStep['state']): Explanation => ({
    ...explanation,
    steps: [...explanation.steps, { question: QUESTION, answer, state }],
  });
  if (stopped !== undefined) {
    const cause = `A traced packet (${stopped.title.replace(/ {2}/, ', ')}) was ${stopped.end.words}.`;
    return {
      ...step(cause, 'wrong'),
      cause,
      advice: `Look at ${stopped.end.title}: there it ended.`,
      unsure: false,
    };
  }
  if (unheard !== undefined && packets.every(({ end }) => end.state !== 'answered')) {
    const cause = `A traced packet waits for its neighbour: ${unheard.end.words}.`;
    return {
      ...step(cause, 'wrong'),
      cause,
      advice: 'Compare the address that is asked for with those that are there.',
      unsure: false,
    };
  }
  if (lost !== undefined) {
    const cause = `${explanation.cause} A traced packet was ${lost.end.words}.`;
    return { ...step(`It was ${lost.end.words}.`, 'unknown'), cause };
  }
  if (packets.length === 0)
    return step(missing[0] ?? 'Nothing was sent that an interface or a rule has seen.', 'unknown');
  return step('This time it was answered: what was wrong has passed, or comes and goes.', 'unknown');
}

/** A trace as a Mermaid sequence: a participant a namespace, an arrow where a packet goes from one to another. */
import { harmless } from '../../lib/text.ts';
import type { Step, Trace } from '../model.ts';
import { rulingText, translationWords } from './lines.ts';
import { routeText } from './route.ts';

/** In a sequence `;` and line ends divide statements and `#` begins an entity: all but plain signs are written as one. */
const safe = (text: string) =>
  harmless(text).replace(/[^\p{L}\p{N} ./:,_→⇒()?，。：（）“”-]/gu, (one) => `#${one.codePointAt(0)};`);

/** @param say the reader's language */
export function mermaidSequence(trace: Trace, say: (text: string) => string = (text) => text): string {
  const steps = trace.journeys.flatMap((journey) => journey.steps);
  const places = [...new Map(steps.map(({ space, title }) => [space, title]))];
  const rows = [
    'sequenceDiagram',
    ...places.map(([space, title]) => `  participant n${space} as ${safe(say(title))}`),
  ];
  for (const { title, steps, end } of trace.journeys) {
    /** Where it was sent last: one that a bridge floods comes in at several ends. */
    let sent: Step | undefined;
    let before: Step | undefined;
    for (const step of steps) {
      const here = `n${step.space}`;
      const from = sent ?? before;
      if (
        step.is === 'frame' &&
        step.direction === 'in' &&
        from !== undefined &&
        from.space !== step.space &&
        before?.space !== step.space
      )
        rows.push(`  n${from.space}->>${here}: ${safe(`${say(title)} (${step.interface})`)}`);
      if (step.is === 'ruling')
        rows.push(`  Note over ${here}: ${safe(`${step.hook ?? ''} ${say(rulingText(step))}`.trim())}`);
      if (step.is === 'route')
        rows.push(`  Note over ${here}: ${safe(`${say('route')} ${say(routeText(step))}`)}`);
      if (step.is === 'translated') rows.push(`  Note over ${here}: ${safe(say(translationWords(step)))}`);
      if (step.is === 'frame' && step.direction === 'out') sent = step;
      before = step;
    }
    if (end.state === 'dropped' || end.state === 'refused' || end.state === 'unknown')
      rows.push(`  Note over n${end.space}: ${safe(say(end.words))}`);
  }
  return `${rows.join('\n')}\n`;
}

/** A trace as a Mermaid sequence: a participant a namespace, an arrow where a packet goes from one to another. */
import { harmless } from '../../lib/text.ts';
import type { Step, Trace } from '../model.ts';
import { rulingText, translationWords } from './lines.ts';

/** In a sequence `;` and line ends divide statements and `#` begins an entity: all but plain signs are written as one. */
const safe = (text: string) =>
  harmless(text).replace(/[^\p{L}\p{N} ./:,_→⇒()?-]/gu, (one) => `#${one.codePointAt(0)};`);

export function mermaidSequence(trace: Trace): string {
  const steps = trace.journeys.flatMap((journey) => journey.steps);
  const places = [...new Map(steps.map(({ space, title }) => [space, title]))];
  const rows = [
    'sequenceDiagram',
    ...places.map(([space, title]) => `  participant n${space} as ${safe(title)}`),
  ];
  for (const { title, steps, end } of trace.journeys) {
    let before: Step | undefined;
    for (const step of steps) {
      const here = `n${step.space}`;
      if (step.is === 'frame' && before !== undefined && before.space !== step.space)
        rows.push(`  n${before.space}->>${here}: ${safe(`${title} (${step.interface})`)}`);
      if (step.is === 'ruling')
        rows.push(`  Note over ${here}: ${safe(`${step.hook ?? ''} ${rulingText(step)}`.trim())}`);
      if (step.is === 'translated') rows.push(`  Note over ${here}: ${safe(translationWords(step))}`);
      before = step;
    }
    if (end.state === 'dropped' || end.state === 'refused' || end.state === 'unknown')
      rows.push(`  Note over n${end.space}: ${safe(end.words)}`);
  }
  return `${rows.join('\n')}\n`;
}

/** A line of a trace that is too long for a terminal: the rest stands under its own step. Pure. */
import stringWidth from 'fast-string-width';
import type { TraceLine, TraceSpan } from './lines.ts';

/** Where the words of a step begin: behind its time and its place; those of an end, behind its arrow. */
function hangOf([time, next]: TraceLine): number {
  if (time?.tone !== 'dim' || next === undefined) return 4;
  if (next.tone === 'place') return stringWidth(time.text) + stringWidth(next.text) + 2;
  return next.text === '⇒ ' ? stringWidth(time.text) + 2 : 4;
}

/** `ttl 64 ⇒ 63` stays together. */
const SHORT = 16;
const wordsOf = (text: string) =>
  text.matchAll(stringWidth(text.trim()) <= SHORT ? /(\s*)(\S.*\S|\S?)/g : /(\s*)(\S*)/g);

export function wrapTrace(line: TraceLine, width: number | undefined): TraceLine[] {
  const all = stringWidth(line.map(({ text }) => text).join(''));
  if (width === undefined || all <= width) return [line];
  // no deeper than half: what is far to the right already would have no room left
  const hang = Math.min(hangOf(line), Math.floor(width / 2));
  const rows: TraceSpan[][] = [[]];
  let used = 0;
  let pending = '';
  for (const { text, tone } of line)
    for (const [, blanks = '', word = ''] of wordsOf(text)) {
      pending += blanks;
      if (word === '') continue;
      const row = rows.at(-1)!;
      const columns = stringWidth(word);
      const isFirst = used <= (rows.length > 1 ? hang : 0);
      if (!isFirst && used + pending.length + columns > width) {
        rows.push([{ text: ' '.repeat(hang) + word, tone }]);
        used = hang + columns;
      } else {
        row.push({ text: pending + word, tone });
        used += pending.length + columns;
      }
      pending = '';
    }
  return rows;
}

/** Rows of a map: spans with a tone, which whoever shows them turns into colours. Names come from others: see `plain`. */
import stringWidth from 'string-width';
import { harmless } from '../lib/harmless.ts';

/** What a span means. No meaning is in the tone alone: there is always a sign or a word beside it. */
export type Tone =
  | 'text'
  | 'dim'
  | 'border'
  | 'title'
  | 'up'
  | 'half'
  | 'down'
  | 'cable'
  | 'filter'
  | 'added'
  | 'changed'
  | 'removed'
  | 'pass'
  | 'fail';

export interface MapSpan {
  text: string;
  tone: Tone;
}

export type MapLine = readonly MapSpan[];

const ASCII = /^[\x20-\x7e]*$/;
/** ASCII and the signs that maps are drawn with: one column each, and far quicker known than asked for. */
const NARROW = /^[\x20-\x7e\u2500-\u257f○●◐…→·✓✗]*$/;
/** Invisible marks that move or hide what stands beside them, and separators that some renderers break lines at. */
const INVISIBLE =
  /[\t\n\u00ad\u061c\u180e\u200b-\u200f\u2028\u2029\u2060-\u2064\ufeff\ufff9-\ufffb]|\p{Variation_Selector}|\p{Cs}/gu;
const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

export const widthOf = (text: string): number => (NARROW.test(text) ? text.length : stringWidth(text));

/** A name from outside as it may be drawn: nothing in it moves the cursor, breaks the row or hides. */
export function plain(text: string): string {
  return ASCII.test(text) ? text : harmless(text).replace(INVISIBLE, '\ufffd');
}

export function of(text: string, tone: Tone = 'text'): MapSpan {
  return { text: plain(text), tone };
}

export const lineWidth = (line: MapLine): number => line.reduce((sum, each) => sum + widthOf(each.text), 0);
export const lineText = (line: MapLine): string => line.map((each) => each.text).join('');

function graphemes(text: string): string[] {
  return NARROW.test(text) ? text.split('') : Array.from(segmenter.segment(text), (part) => part.segment);
}

/**
 * Rows of at most `columns`: broken at a space where there is one, else at any character. `rest` stands before all rows
 * but the first. A character that fits no row is left out: there is no place for it.
 */
export function wrap(line: MapLine, columns: number, rest: MapLine = []): MapLine[] {
  if (lineWidth(line) <= columns) return [line];
  const all = line.flatMap(({ text, tone }) => graphemes(text).map((one): MapSpan => ({ text: one, tone })));
  const rows: MapLine[] = [];
  const indent = lineWidth(rest) < columns ? rest : [];
  for (let at = 0; at < all.length; ) {
    const start = rows.length === 0 ? [] : indent;
    const room = columns - lineWidth(start);
    let end = at;
    let used = 0;
    while (end < all.length && used + widthOf(all[end]!.text) <= room) used += widthOf(all[end++]!.text);
    if (end === at) {
      at++;
      continue;
    }
    if (end < all.length && all[end]!.text !== ' ') end = lastBreak(all, at, end);
    rows.push(joined([...start, ...all.slice(at, end)]));
    at = end;
    while (at < all.length && all[at]!.text === ' ') at++;
  }
  return rows.length === 0 ? [[]] : rows;
}

/** After the last space, unless only spaces stand before it: those are an indent. */
function lastBreak(all: readonly MapSpan[], from: number, to: number): number {
  let words = from;
  while (words < to && all[words]!.text === ' ') words++;
  for (let at = to; at > words + 1; at--) if (all[at - 1]!.text === ' ') return at;
  return to;
}

/** Neighbours of one tone become one span. */
function joined(line: MapLine): MapLine {
  const spans: MapSpan[] = [];
  for (const span of line) {
    const last = spans.at(-1);
    if (last?.tone === span.tone) spans[spans.length - 1] = { ...last, text: last.text + span.text };
    else spans.push(span);
  }
  return spans;
}

/** At most so many columns; what is cut is told by an ellipsis. */
export function clip(line: MapLine, columns: number): MapLine {
  if (lineWidth(line) <= columns) return line;
  if (columns <= 0) return [];
  const first = columns === 1 ? [] : wrap(line, columns - 1)[0]!;
  return [...first, { text: '…', tone: first.at(-1)?.tone ?? 'text' }];
}

/** Exactly so many columns. */
export function fit(line: MapLine, columns: number): MapLine {
  const cut = clip(line, columns);
  const missing = columns - lineWidth(cut);
  return missing <= 0 ? cut : [...cut, { text: ' '.repeat(missing), tone: 'text' }];
}

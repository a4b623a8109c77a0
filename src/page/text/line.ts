/**
 * One row of the screen before it is drawn: spans of styled text. A style is the parameters of one SGR sequence
 * (`1;36`), '' for none, so that a theme is plain data and layout can be tested without a terminal.
 */
import { graphemes, takeColumns, textWidth } from './width.ts';

export interface Span {
  text: string;
  style: string;
  /** Target of an OSC 8 hyperlink. */
  link?: string;
  /** What a click on it presses: a key as the key tables name it, or `step:3`, `entry:3`, `item:3` of a list. */
  press?: string;
}

export type Line = readonly Span[];

export const EMPTY: Line = [];

export function span(text: string, style = '', link?: string): Span {
  return link === undefined ? { text, style } : { text, style, link };
}

/** The line as something to click on. */
export function pressable(line: Line, press: string): Line {
  return line.map((part) => ({ ...part, press }));
}

/** Styles one over the other: the later parameters win where they speak of the same thing. */
export function mix(...styles: readonly string[]): string {
  return styles.filter((style) => style !== '').join(';');
}

export function lineWidth(line: Line): number {
  let width = 0;
  for (const part of line) width += textWidth(part.text);
  return width;
}

export function lineText(line: Line): string {
  return line.map((part) => part.text).join('');
}

/** Fills up with spaces to `columns`; a longer line is cut with an ellipsis. */
export function fit(line: Line, columns: number, style = ''): Line {
  const width = lineWidth(line);
  if (width === columns) return line;
  if (width < columns) return [...line, span(' '.repeat(columns - width), style)];
  return fit(clip(line, columns), columns, style);
}

/** At most `columns` wide; what does not fit is replaced by one ellipsis. */
export function clip(line: Line, columns: number, ellipsis = '…'): Line {
  if (columns <= 0) return EMPTY;
  if (lineWidth(line) <= columns) return line;
  const room = Math.max(0, columns - textWidth(ellipsis));
  const kept: Span[] = [];
  let used = 0;
  for (const part of line) {
    const { taken, width } = takeColumns(part.text, room - used);
    if (taken !== '') kept.push({ ...part, text: taken });
    used += width;
    if (taken.length < part.text.length) break;
  }
  return [...kept, span(takeColumns(ellipsis, columns).taken, kept.at(-1)?.style ?? '')];
}

/** Breaks a line into rows of at most `columns`, anywhere: what a terminal does with output. */
export function hardWrap(line: Line, columns: number): Line[] {
  const room = Math.max(1, columns);
  if (lineWidth(line) <= room) return [line];
  const rows: Span[][] = [[]];
  let used = 0;
  for (const part of line) {
    let rest = part.text;
    while (rest !== '') {
      const { taken, width } = takeColumns(rest, room - used);
      if (taken === '') {
        // A wide character that does not even fit an empty row is left out: there is no place for it.
        if (used === 0) rest = graphemes(rest).slice(1).join('');
        else {
          rows.push([]);
          used = 0;
        }
        continue;
      }
      rows.at(-1)!.push({ ...part, text: taken });
      used += width;
      rest = rest.slice(taken.length);
    }
  }
  return rows;
}

/** Where a row of code is cut: after its last space, unless that would leave most of the row empty. */
function cutAfterSpace(text: string, columns: number): number {
  const { taken } = takeColumns(text, columns);
  const space = taken.lastIndexOf(' ') + 1;
  return taken.length < text.length && space > taken.length / 3 ? space : taken.length;
}

/**
 * As `hardWrap`, but between words where it can: nothing is left out, so that a cursor finds its place.
 * @param hang columns that stay free before every row but the first
 */
export function codeWrap(line: Line, columns: number, hang = 0): Line[] {
  const text = lineText(line);
  if (lineWidth(line) <= Math.max(1, columns)) return [line];
  const rows: Line[] = [];
  let rest: Line = line;
  for (let left = text; left !== ''; ) {
    const room = Math.max(1, rows.length === 0 ? columns : columns - hang);
    // A wide character that does not fit into a row of one column stands in it all the same.
    const cut = cutAfterSpace(left, room) || graphemes(left)[0]!.length;
    const [row, more] = splitAt(rest, cut);
    rows.push(row);
    rest = more;
    left = left.slice(cut);
  }
  return rows;
}

/** The line before and after so many UTF-16 units. */
function splitAt(line: Line, units: number): [Line, Line] {
  const before: Span[] = [];
  const after: Span[] = [];
  let left = units;
  for (const part of line) {
    const taken = Math.min(left, part.text.length);
    if (taken > 0) before.push({ ...part, text: part.text.slice(0, taken) });
    if (taken < part.text.length) after.push({ ...part, text: part.text.slice(taken) });
    left -= taken;
  }
  return [before, after];
}

/** A frame with a title around rows. Every row is exactly as wide as the box. */
import { clip, fit, lineWidth, type MapLine, of, type Tone } from '../text.ts';
import type { Pen } from './pen.ts';

export interface BoxOptions {
  title: MapLine;
  /** Set into the top edge on the right. */
  tail?: MapLine;
  /** Columns, frame included. */
  width: number;
  /** Rows inside; what is missing is filled up. */
  height?: number;
  tone?: Tone;
  /** Where a line from above, or to below, meets the edge: column and sign. */
  top?: readonly [column: number, sign: string];
  bottom?: readonly [column: number, sign: string];
  /** Row (from 0) at which a cable leaves to the right, or comes in from the left. */
  right?: number;
  left?: number;
}

export function box(rows: readonly MapLine[], options: BoxOptions, { glyphs }: Pen): MapLine[] {
  const { width, tone = 'border', height = rows.length } = options;
  const { corner, line, side, join } = glyphs;
  const inner = Math.max(0, width - 2);
  const edge = (
    left: string,
    right: string,
    sign: readonly [number, string] | undefined,
    title: MapLine,
    tail: MapLine,
  ): MapLine => {
    const end =
      lineWidth(tail) > 0 && lineWidth(tail) + 4 < inner ? [of(' '), ...tail, of(' '), of(line, tone)] : [];
    const head =
      lineWidth(title) > 0 ? clip([...title, of(' ')], Math.max(0, inner - 2 - lineWidth(end))) : [];
    const lead = line.repeat(Math.min(2, inner));
    const before = sign === undefined ? lead : replaceAt(lead, sign[0] - 1, sign[1]);
    const fill = Math.max(0, inner - before.length - lineWidth(head) - lineWidth(end));
    return [of(left + before, tone), ...head, of(line.repeat(fill), tone), ...end, of(right, tone)];
  };
  const body = Array.from(
    { length: height },
    (_, at): MapLine => [
      of(at === options.left ? join.left : side, at === options.left ? 'cable' : tone),
      ...fit(rows[at] ?? [], inner),
      of(at === options.right ? join.right : side, at === options.right ? 'cable' : tone),
    ],
  );
  return [
    edge(corner.topLeft, corner.topRight, options.top, options.title, options.tail ?? []),
    ...body,
    edge(corner.bottomLeft, corner.bottomRight, options.bottom, [], []),
  ];
}

function replaceAt(text: string, at: number, sign: string): string {
  return at >= 0 && at < text.length ? text.slice(0, at) + sign + text.slice(at + 1) : text;
}

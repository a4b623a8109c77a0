/** The frame of a cell. Every row is exactly as wide as the box. */
import { clip, EMPTY, fit, type Line, lineWidth, span } from '../text/line.ts';
import type { Style } from './style.ts';

/** Columns of the frame itself: a side and a space, left and right. */
export const FRAME = 4;

/** A horizontal edge with words set into it on the left and on the right. */
function edge(
  left: string,
  right: string,
  width: number,
  style: Style,
  border: string,
  from: Line,
  to: Line,
): Line {
  const { line } = style.glyphs.box;
  const room = Math.max(0, width - 4);
  const tail = to.length > 0 ? [span(' '), ...clip(to, Math.max(0, room - 2)), span(' ')] : EMPTY;
  const space = room - lineWidth(tail) - 2;
  const head = from.length > 0 && space > 2 ? [span(' '), ...clip(from, space), span(' ')] : EMPTY;
  const fill = Math.max(0, width - 4 - lineWidth(head) - lineWidth(tail));
  return [
    span(left + line, border),
    ...head,
    span(line.repeat(fill), border),
    ...tail,
    span(line + right, border),
  ];
}

export function topEdge(width: number, style: Style, border: string, from: Line, to: Line): Line {
  const { topLeft, topRight } = style.glyphs.box;
  return edge(topLeft, topRight, width, style, border, from, to);
}

export function middleEdge(width: number, style: Style, border: string, from: Line, to: Line = EMPTY): Line {
  const { left, right } = style.glyphs.box;
  return edge(left, right, width, style, border, from, to);
}

export function bottomEdge(
  width: number,
  style: Style,
  border: string,
  from: Line = EMPTY,
  to: Line = EMPTY,
): Line {
  const { bottomLeft, bottomRight } = style.glyphs.box;
  return edge(bottomLeft, bottomRight, width, style, border, from, to);
}

export function boxed(line: Line, width: number, style: Style, border: string): Line {
  const { side } = style.glyphs.box;
  return [span(`${side} `, border), ...fit(line, Math.max(0, width - FRAME)), span(` ${side}`, border)];
}

/** Matches as they are drawn: in inverse, which every terminal has, also without colour. */
import { type Line, mix, type Span } from '../text/line.ts';

const INVERSE = '7';
/** The one that the reader is at. */
const CURRENT = '7;1;4';

export interface Mark {
  from: number;
  to: number;
  current: boolean;
}

/** @param marks in order and apart; offsets into the text of the line */
export function markLine(line: Line, marks: readonly Mark[]): Line {
  if (marks.length === 0) return line;
  const spans: Span[] = [];
  let before = 0;
  for (const part of line) {
    const end = before + part.text.length;
    let at = before;
    const put = (to: number, style: string) => {
      if (to > at) spans.push({ ...part, text: part.text.slice(at - before, to - before), style });
      at = Math.max(at, to);
    };
    for (const mark of marks) {
      if (mark.to <= before || mark.from >= end) continue;
      put(Math.max(at, mark.from), part.style);
      put(Math.min(end, mark.to), mix(part.style, mark.current ? CURRENT : INVERSE));
    }
    put(end, part.style);
    before = end;
  }
  return spans;
}

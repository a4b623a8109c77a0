/** How many columns text takes in a terminal, and where it may be cut: by grapheme, never inside one. */
import stringWidth from 'string-width';

/** Printable ASCII is one column a character: the usual case, and far quicker than asking. So are the lines of frames. */
const ASCII = /^[\x20-\x7e\u2500-\u259f]*$/;
const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

export function textWidth(text: string): number {
  return ASCII.test(text) ? text.length : stringWidth(text);
}

/** What a reader calls characters: a base with its marks, an emoji with its joiners. */
export function graphemes(text: string): string[] {
  if (ASCII.test(text)) return text.split('');
  return Array.from(segmenter.segment(text), (part) => part.segment);
}

/** The longest beginning of `text` that fits into `columns`, and how wide it is. */
export function takeColumns(text: string, columns: number): { taken: string; width: number } {
  if (ASCII.test(text)) {
    const taken = text.slice(0, Math.max(0, columns));
    return { taken, width: taken.length };
  }
  let taken = '';
  let width = 0;
  for (const grapheme of graphemes(text)) {
    const next = width + stringWidth(grapheme);
    if (next > columns) break;
    taken += grapheme;
    width = next;
  }
  return { taken, width };
}

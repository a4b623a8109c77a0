/**
 * The width of texts whose characters all stand for themselves: none joins its neighbour, so each is one grapheme. That is
 * nearly every text of a lesson, in English as in Chinese; only for others the tables of Unicode are asked, and loaded.
 */

const isIn = (code: number, first: number, last: number): boolean => code >= first && code <= last;

/** One column or two; 0 for a character whose width depends on what is beside it, or has none. */
function columnsOf(code: number): 0 | 1 | 2 {
  if (code < 0x7f) return code >= 0x20 ? 1 : 0;
  if (code < 0x300) return code > 0xa0 && code !== 0xad ? 1 : 0;
  // Dashes, quotes, bullets, the ellipsis; arrows; frames and blocks; ticks and a pencil; Braille, which turns.
  if (code < 0x2500)
    return isIn(code, 0x2010, 0x2027) || isIn(code, 0x2030, 0x205e) || isIn(code, 0x2190, 0x21ff) ? 1 : 0;
  if (code <= 0x25fc) return 1;
  if (code < 0x3001)
    return code === 0x2713 || code === 0x2717 || code === 0x270e || isIn(code, 0x2800, 0x28ff) ? 1 : 0;
  // Chinese: its punctuation, its characters, the full width forms.
  if (code <= 0x301d) return 2;
  return isIn(code, 0x4e00, 0x9fff) || isIn(code, 0xff01, 0xff60) ? 2 : 0;
}

/** Undefined: this cannot be said without the tables. */
export function plainWidth(text: string): number | undefined {
  let width = 0;
  for (let at = 0; at < text.length; at++) {
    const columns = columnsOf(text.charCodeAt(at));
    if (columns === 0) return undefined;
    width += columns;
  }
  return width;
}

/** How much of a text fits into so many columns; undefined where that cannot be said without the tables. */
export function plainFit(text: string, columns: number): { length: number; width: number } | undefined {
  let width = 0;
  for (let at = 0; at < text.length; at++) {
    const more = columnsOf(text.charCodeAt(at));
    if (more === 0) return undefined;
    // What comes after it is not looked at: this one joins nothing that stands before it.
    if (width + more > columns) return { length: at, width };
    width += more;
  }
  return { length: text.length, width };
}

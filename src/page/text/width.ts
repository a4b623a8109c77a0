/** How many columns text takes in a terminal, and where it may be cut: by grapheme, never inside one. */
import stringWidth from 'string-width';
import { plainFit, plainWidth } from './plain-width.ts';

/** Made when a text first needs it: that takes longer than drawing a page. */
let segmenter: Intl.Segmenter | undefined;

export function textWidth(text: string): number {
  return plainWidth(text) ?? stringWidth(text);
}

/** What a reader calls characters: a base with its marks, an emoji with its joiners. */
export function graphemes(text: string): string[] {
  if (plainWidth(text) !== undefined) return text.split('');
  segmenter ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' });
  return Array.from(segmenter.segment(text), (part) => part.segment);
}

/** The longest beginning of `text` that fits into `columns`, and how wide it is. */
export function takeColumns(text: string, columns: number): { taken: string; width: number } {
  const fits = plainFit(text, columns);
  if (fits) return { taken: text.slice(0, fits.length), width: fits.width };
  let taken = '';
  let width = 0;
  for (const grapheme of graphemes(text)) {
    const next = width + textWidth(grapheme);
    if (next > columns) break;
    taken += grapheme;
    width = next;
  }
  return { taken, width };
}

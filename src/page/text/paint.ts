/** From a line to the bytes of a terminal: SGR for styles, OSC 8 for links, nothing else. */
import type { Line } from './line.ts';

/** Control characters have no business in a drawn line: they could move the cursor or open a sequence. */
const CONTROL = /[\x00-\x1f\x7f-\x9f]/g;
/** Marks that turn the direction of text would reorder what stands beside it. */
const BIDI = /[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]/g;

export function harmless(text: string): string {
  return text.replace(CONTROL, '').replace(BIDI, '');
}

export interface PaintOptions {
  /** False: no OSC 8, for terminals that would print it. */
  links: boolean;
}

export function paint(line: Line, options: PaintOptions = { links: true }): string {
  let out = '';
  for (const part of line) {
    const text = harmless(part.text);
    if (text === '') continue;
    const styled = part.style === '' ? text : `\x1b[${part.style}m${text}\x1b[0m`;
    out +=
      part.link && options.links ? `\x1b]8;;${harmless(part.link)}\x1b\\${styled}\x1b]8;;\x1b\\` : styled;
  }
  return out;
}

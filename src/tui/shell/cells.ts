/** One cell of a terminal as text and style that are as wide in every terminal as the cell is. Pure. */
import type { IBufferCell } from '@xterm/headless';
import { harmless } from '../../page/text/paint.ts';
import { textWidth } from '../../page/text/width.ts';

const REGIONAL = { first: 0x1f1e6, last: 0x1f1ff };
const SKIN = { first: 0x1f3fb, last: 0x1f3ff };

const within = (codepoint: number, { first, last }: { first: number; last: number }) =>
  codepoint >= first && codepoint <= last;

const known = new Map<number, 0 | 1 | 2>();

/** Columns of one code point by itself, as the C library of the sandbox counts them. */
export function columnsOf(codepoint: number): 0 | 1 | 2 {
  if (codepoint < 0x20) return 0;
  if (codepoint < 0x7f) return 1;
  const before = known.get(codepoint);
  if (before !== undefined) return before;
  const width = within(codepoint, REGIONAL)
    ? 1
    : (Math.min(2, textWidth(String.fromCodePoint(codepoint))) as 0 | 1 | 2);
  known.set(codepoint, width);
  return width;
}

/** Joiners and selectors would make one character of two cells, and move all that follows. */
const GLUE = /[\u200d\ufe0e\ufe0f]|[\u{e0020}-\u{e007f}]/gu;

/**
 * @param room columns from this cell to the edge: a wide character that does not fit is not drawn over it
 * @param bare without the marks over and under it
 */
export function cellText(cell: IBufferCell, room: number, bare = false): string {
  const width = cell.getWidth();
  const raw = cell.getChars();
  if (raw === '' || cell.isInvisible() || width > room) return ' '.repeat(Math.min(width, room));
  if (raw.length === 1 && raw >= ' ' && raw <= '~') return raw;
  const codepoint = raw.codePointAt(0)!;
  // A flag is two letters, as on a console; a tone of skin alone is a block.
  if (within(codepoint, REGIONAL)) return String.fromCharCode(65 + codepoint - REGIONAL.first);
  if (within(codepoint, SKIN)) return '░'.repeat(width);
  const text = bare ? '' : harmless(raw.replace(GLUE, ''));
  if (textWidth(text) === width) return text;
  const base = harmless(String.fromCodePoint(codepoint));
  return textWidth(base) === width ? base : '?'.repeat(width);
}

function colour(isRgb: boolean, isPalette: boolean, value: number, from: 30 | 40): string {
  if (isRgb) return `${from + 8};2;${(value >> 16) & 255};${(value >> 8) & 255};${value & 255}`;
  if (!isPalette) return '';
  if (value < 8) return String(from + value);
  return value < 16 ? String(from + 60 + value - 8) : `${from + 8};5;${value}`;
}

/** Conceal is left out, as in a cell's output: it hides. */
export function cellStyle(cell: IBufferCell, colours: boolean, blink = false): string {
  if (cell.isAttributeDefault()) return '';
  const parts: string[] = [];
  if (cell.isBold()) parts.push('1');
  if (cell.isDim()) parts.push('2');
  if (cell.isItalic()) parts.push('3');
  if (cell.isUnderline()) parts.push('4');
  if (blink && cell.isBlink()) parts.push('5');
  if (cell.isInverse()) parts.push('7');
  if (cell.isStrikethrough()) parts.push('9');
  if (colours) {
    const fore = colour(cell.isFgRGB(), cell.isFgPalette(), cell.getFgColor(), 30);
    const back = colour(cell.isBgRGB(), cell.isBgPalette(), cell.getBgColor(), 40);
    if (fore !== '') parts.push(fore);
    if (back !== '') parts.push(back);
  }
  return parts.join(';');
}

/**
 * A laid-out lesson: parts of lines, each belonging to a block, with the row where each begins. Lines are never copied
 * into one list: only what the screen shows is taken out, so that a cell with 100,000 lines costs no more than a short one.
 */
import type { Line } from '../text/line.ts';

export interface Part {
  block: number;
  /** What it is of its block: `code`, `output`, ... Keeps a scroll position on the same thing when others grow. */
  name: string;
  lines: readonly Line[];
  /** What is put around a line when it is shown: a frame around 100,000 lines is drawn around those in the window. */
  dress?: (line: Line) => Line;
  /** UTF-16 units that stand before the line's own text then. */
  inset?: number;
}

export interface Page {
  parts: readonly Part[];
  /** Row of each part's first line. */
  starts: readonly number[];
  height: number;
}

export function pageOf(parts: readonly Part[]): Page {
  const starts: number[] = [];
  let height = 0;
  for (const part of parts) {
    starts.push(height);
    height += part.lines.length;
  }
  return { parts, starts, height };
}

/** Index of the part that has this row. */
function partAt(page: Page, row: number): number {
  let low = 0;
  let high = page.parts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (page.starts[middle]! <= row) low = middle;
    else high = middle - 1;
  }
  return low;
}

export interface VisibleLine {
  line: Line;
  block: number;
  /** Of the part it comes from. */
  name: string;
}

/** The rows from `top`, at most `count`. */
export function visible(page: Page, top: number, count: number): VisibleLine[] {
  const rows: VisibleLine[] = [];
  for (let at = partAt(page, top); at < page.parts.length && rows.length < count; at++) {
    const part = page.parts[at]!;
    const from = Math.max(0, top - page.starts[at]!);
    for (const line of part.lines.slice(from, from + count - rows.length))
      rows.push({ line: part.dress?.(line) ?? line, block: part.block, name: part.name });
  }
  return rows;
}

/** First row of a block, and one past its last. */
export function blockSpan(page: Page, block: number): { start: number; end: number } {
  let start = page.height;
  let end = 0;
  for (const [at, part] of page.parts.entries()) {
    if (part.block !== block) continue;
    start = Math.min(start, page.starts[at]!);
    end = Math.max(end, page.starts[at]! + part.lines.length);
  }
  return start < end ? { start, end } : { start: page.height, end: page.height };
}

/** A row as something that stays put when what is above it grows: a block's part and the row inside it. */
export interface Anchor {
  block: number;
  part: string;
  row: number;
}

export function anchorAt(page: Page, row: number): Anchor {
  const at = partAt(page, row);
  const part = page.parts[at];
  return part
    ? { block: part.block, part: part.name, row: row - page.starts[at]! }
    : { block: 0, part: '', row: 0 };
}

export function rowOf(page: Page, anchor: Anchor): number {
  let fallback = 0;
  for (const [at, part] of page.parts.entries()) {
    if (part.block > anchor.block) break;
    fallback = page.starts[at]!;
    if (part.block === anchor.block && part.name === anchor.part) {
      return page.starts[at]! + Math.max(0, Math.min(anchor.row, part.lines.length - 1));
    }
  }
  return fallback;
}

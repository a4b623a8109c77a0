/** Where a text stands on a laid-out page. */
import type { Page } from '../layout/page.ts';
import { type Line, lineText } from '../text/line.ts';
import { findPattern } from './pattern.ts';

/** One row's piece of a match: UTF-16 offsets into the row's text. */
export interface Piece {
  /** Of its part. */
  row: number;
  from: number;
  to: number;
}

/** A match by what it stands in, so that it stays the same one while other parts grow. */
export interface MatchKey {
  block: number;
  part: string;
  row: number;
  from: number;
}

export interface Match extends MatchKey {
  pieces: readonly Piece[];
  /** Of the page, where it begins. */
  at: number;
}

/** What belongs to the frame of a cell is not the lesson's text. */
const FRAME_PARTS: ReadonlySet<string> = new Set(['head', 'edge', 'foot', 'gap', 'end']);
/** In one part; nobody walks through more. */
const MOST = 2000;

/** The pieces of each match; none is empty. */
type Found = readonly (readonly Piece[])[];

const known = new WeakMap<readonly Line[], { text: string; found: Found }>();

function findInLines(lines: readonly Line[], text: string, pattern: RegExp): Found {
  const last = known.get(lines);
  if (last?.text === text) return last.found;
  const found = findInRows(lines.map(lineText), pattern);
  known.set(lines, { text, found });
  return found;
}

/** Row by row; a match that begins in one row may end in a later one. */
export function findInRows(rows: readonly string[], pattern: RegExp): Found {
  const starts: number[] = [];
  let length = 0;
  for (const row of rows) {
    starts.push(length);
    length += row.length + 1;
  }
  const found: Piece[][] = [];
  let row = 0;
  for (const match of rows.join('\n').matchAll(pattern)) {
    const end = match.index + match[0].length;
    while (row + 1 < rows.length && starts[row + 1]! <= match.index) row++;
    const pieces: Piece[] = [];
    for (let at = row; at < rows.length && starts[at]! < end; at++) {
      const from = Math.max(0, match.index - starts[at]!);
      // The indent of a row that goes on is not part of what was looked for.
      const shown = at === row ? from : rows[at]!.length - rows[at]!.trimStart().length;
      pieces.push({ row: at, from: shown, to: Math.min(rows[at]!.length, end - starts[at]!) });
    }
    const seen = pieces.filter((piece) => piece.from < piece.to);
    if (seen.length > 0) found.push(seen);
    if (found.length >= MOST) break;
  }
  return found;
}

const moved = ({ row, from, to }: Piece, by: number): Piece => ({ row, from: from + by, to: to + by });

/** All matches from the top of the page to its end. */
export function findOnPage(page: Page, text: string): Match[] {
  const pattern = findPattern(text);
  if (!pattern) return [];
  return page.parts.flatMap((part, index) =>
    FRAME_PARTS.has(part.name)
      ? []
      : findInLines(part.lines, text, pattern).map((found): Match => {
          const pieces = found.map((piece) => moved(piece, part.inset ?? 0));
          const { row, from } = pieces[0]!;
          return { block: part.block, part: part.name, row, from, pieces, at: page.starts[index]! + row };
        }),
  );
}

export function sameMatch(one: MatchKey, other: MatchKey | undefined): boolean {
  return (
    other !== undefined &&
    one.block === other.block &&
    one.part === other.part &&
    one.row === other.row &&
    one.from === other.from
  );
}

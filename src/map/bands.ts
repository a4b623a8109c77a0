/**
 * Where on a picture something is pointed out: behind what is new or another than before, and where a followed packet is. From
 * its mark to the edge of the box that it stands in, so that it is seen from the last row.
 */
import { CELL, MARGIN } from './picture.ts';
import { type MapLine, widthOf } from './text.ts';

export interface Band {
  kind: 'added' | 'changed' | 'removed' | 'hop';
  x: number;
  y: number;
  width: number;
  height: number;
}

const KINDS: Readonly<Record<string, Band['kind']>> = {
  '+': 'added',
  '~': 'changed',
  '- ': 'removed',
  '▶': 'hop',
};
const TONES: readonly string[] = ['added', 'changed', 'removed'];

/** What a band does not run over: the edge of a box, or a cable. */
const isEdge = (text: string) => /^[─│╭╮╰╯├┤┴┬└╌┊═╤║╥╨]/u.test(text.trimStart());

export function bandsOf(rows: readonly MapLine[]): Band[] {
  return rows.flatMap((line, row) => bandsIn(line, row));
}

function bandsIn(line: MapLine, row: number): Band[] {
  const bands: Band[] = [];
  let column = 0;
  let open: { kind: Band['kind']; from: number; to: number } | undefined;
  const close = () => {
    if (open)
      bands.push({
        kind: open.kind,
        x: MARGIN + (open.from - 0.25) * CELL.width,
        y: MARGIN + row * CELL.height,
        width: (open.to - open.from + 0.5) * CELL.width,
        height: CELL.height,
      });
    open = undefined;
  };
  for (const { text, tone } of line) {
    const kind = TONES.includes(tone) ? KINDS[text] : undefined;
    const width = widthOf(text);
    if (kind !== undefined) {
      close();
      open = { kind, from: column, to: column + width };
    } else if (open) {
      const isOut = tone === 'border' || tone === 'cable' || tone === 'dim' ? isEdge(text) : false;
      if (isOut) close();
      else if (text.trim() !== '') open.to = column + widthOf(text.trimEnd());
    }
    column += width;
  }
  close();
  return bands;
}

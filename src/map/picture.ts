/**
 * The map as lines and texts of a plane, for whoever draws vectors: an SVG file, or a page. Made from the same rows as the map
 * of a terminal, so all say the same.
 */
import type { MapLine, Tone } from './text.ts';
import { lineText, lineWidth, widthOf } from './text.ts';

/** Of one sign, in units of the picture. */
export const CELL = { width: 8.4, height: 18 };
export const MARGIN = 14;

/** Which ways a sign of a frame or a cable leads from the middle of its cell. */
const ARMS: Readonly<Record<string, string>> = {
  '─': 'lr',
  '│': 'ud',
  '╭': 'rd',
  '╮': 'ld',
  '╰': 'ru',
  '╯': 'lu',
  '├': 'udr',
  '┤': 'udl',
  '┴': 'lru',
  '┬': 'lrd',
  '└': 'ru',
  '╌': 'LR',
  '┊': 'UD',
  '═': 'WE',
  '╤': 'WEd',
  '║': 'NS',
  '╥': 'lrS',
  '╨': 'lrN',
};

/** One sign as lines: `l` a line to the left, `L` a broken one, `W` a double one; the same for the other three ways. */
function strokes(sign: string, column: number, row: number): { plain: string; dashed: string } {
  const [x, y] = [MARGIN + column * CELL.width, MARGIN + row * CELL.height];
  const [cx, cy] = [x + CELL.width / 2, y + CELL.height / 2];
  let solid = '';
  let dashed = '';
  const to: Readonly<Record<string, readonly [number, number]>> = {
    l: [x, cy],
    r: [x + CELL.width, cy],
    u: [cx, y],
    d: [cx, y + CELL.height],
  };
  const doubled: Readonly<Record<string, string>> = { W: 'l', E: 'r', N: 'u', S: 'd' };
  const at = (px: number, py: number) => `${px.toFixed(1)} ${py.toFixed(1)}`;
  for (const arm of ARMS[sign]!) {
    const double = doubled[arm];
    const [tx, ty] = to[double ?? arm.toLowerCase()]!;
    if (double !== undefined) {
      const [dx, dy] = double === 'l' || double === 'r' ? [0, 1.5] : [1.5, 0];
      for (const side of [-1, 1])
        solid += `M${at(cx + dx * side, cy + dy * side)}L${at(tx + dx * side, ty + dy * side)}`;
    } else if (arm === arm.toLowerCase()) solid += `M${at(cx, cy)}L${at(tx, ty)}`;
    else dashed += `M${at(cx, cy)}L${at(tx, ty)}`;
  }
  return { plain: solid, dashed };
}

export interface PictureText {
  tone: Tone;
  x: number;
  /** The line that it stands on. */
  y: number;
  /** How long it is: told to who draws it, so that columns stay columns in any font. */
  length: number;
  text: string;
}

/** What was drawn in one tone. */
export interface PictureLines {
  tone: Tone;
  dashed: boolean;
  /** As SVG writes a path. */
  path: string;
}

export interface Picture {
  width: number;
  height: number;
  lines: readonly PictureLines[];
  texts: readonly PictureText[];
  /** The same for those who hear it. */
  spoken: string;
}

interface Drawn {
  texts: PictureText[];
  solid: Map<Tone, string>;
  dashed: Map<Tone, string>;
}

function drawRow(line: MapLine, row: number, drawn: Drawn): void {
  let column = 0;
  const add = (paths: Map<Tone, string>, tone: Tone, path: string) =>
    paths.set(tone, (paths.get(tone) ?? '') + path);
  const y = MARGIN + (row + 0.72) * CELL.height;
  for (const { text, tone } of line)
    for (const piece of text.split(/([─│╭╮╰╯├┤┴┬└╌┊═╤║╥╨]| {2,})/u)) {
      if (piece === '') continue;
      if (Object.hasOwn(ARMS, piece)) {
        const { plain: solid, dashed } = strokes(piece, column, row);
        if (solid !== '') add(drawn.solid, tone, solid);
        if (dashed !== '') add(drawn.dashed, tone, dashed);
      } else if (piece.trim() !== '') {
        const lead = piece.length - piece.trimStart().length;
        const shown = piece.trim();
        drawn.texts.push({
          tone,
          x: MARGIN + (column + lead) * CELL.width,
          y,
          length: widthOf(shown) * CELL.width,
          text: shown,
        });
      }
      column += widthOf(piece);
    }
}

export function pictureOf(rows: readonly MapLine[]): Picture {
  const drawn: Drawn = { texts: [], solid: new Map(), dashed: new Map() };
  for (const [row, line] of rows.entries()) drawRow(line, row, drawn);
  const spoken = rows
    .map((line) =>
      lineText(line)
        .replace(/[─│╭╮╰╯├┤┴┬└╌┊═╤║╥╨]+/gu, ' ')
        .trim(),
    )
    .filter((text) => text !== '');
  const lines = (paths: Map<Tone, string>, dashed: boolean) =>
    [...paths].map(([tone, path]): PictureLines => ({ tone, dashed, path }));
  return {
    width: Math.ceil(MARGIN * 2 + Math.max(1, ...rows.map(lineWidth)) * CELL.width),
    height: Math.ceil(MARGIN * 2 + rows.length * CELL.height),
    lines: [...lines(drawn.solid, false), ...lines(drawn.dashed, true)],
    texts: drawn.texts,
    spoken: spoken.join('; '),
  };
}

/**
 * The map as SVG: frames and cables are drawn, names stay text that can be selected and searched. Made from the same rows
 * as the map of a terminal, so both say the same; light or dark by what the reader prefers.
 */
import type { MapLine, Tone } from './text.ts';
import { lineText, lineWidth, plain, widthOf } from './text.ts';

const CELL = { width: 8.4, height: 18 };
const MARGIN = 14;

/** Characters that XML 1.0 forbids even as references are gone with `plain`; these five would end a text or a tag. */
export function xmlText(text: string): string {
  const names: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&apos;',
  };
  return plain(text)
    .replace(/[\ufffe\uffff]/g, '\ufffd')
    .replace(/[&<>"']/g, (one) => names[one]!);
}

const PALETTE: Readonly<Record<Tone, readonly [light: string, dark: string]>> = {
  text: ['#1f2328', '#e6edf3'],
  dim: ['#59636e', '#9198a1'],
  border: ['#818b98', '#656c76'],
  title: ['#1f2328', '#ffffff'],
  up: ['#1a7f37', '#3fb950'],
  half: ['#9a6700', '#d29922'],
  down: ['#59636e', '#9198a1'],
  cable: ['#0969da', '#4493f8'],
  filter: ['#8250df', '#ab7df8'],
  added: ['#1a7f37', '#3fb950'],
  changed: ['#9a6700', '#d29922'],
  removed: ['#d1242f', '#f85149'],
  pass: ['#1a7f37', '#3fb950'],
  fail: ['#d1242f', '#f85149'],
};

const TONES = Object.keys(PALETTE) as Tone[];

function rules(which: 0 | 1): string {
  const colours = TONES.map(
    (tone) => `.${tone}{fill:${PALETTE[tone][which]}}.${tone}-l{stroke:${PALETTE[tone][which]}}`,
  );
  return `${colours.join('')}.paper{fill:${which === 0 ? '#ffffff' : '#0d1117'}}`;
}

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

interface Drawn {
  texts: string[];
  solid: Map<Tone, string>;
  dashed: Map<Tone, string>;
}

function drawRow(line: MapLine, row: number, drawn: Drawn): void {
  let column = 0;
  const add = (paths: Map<Tone, string>, tone: Tone, path: string) =>
    paths.set(tone, (paths.get(tone) ?? '') + path);
  const y = (MARGIN + (row + 0.72) * CELL.height).toFixed(1);
  for (const { text, tone } of line)
    for (const piece of text.split(/([─│╭╮╰╯├┤┴┬└╌┊═╤║╥╨]| {2,})/u)) {
      if (piece === '') continue;
      if (Object.hasOwn(ARMS, piece)) {
        const { plain: solid, dashed } = strokes(piece, column, row);
        if (solid !== '') add(drawn.solid, tone, solid);
        if (dashed !== '') add(drawn.dashed, tone, dashed);
      } else if (piece.trim() !== '') {
        const lead = piece.length - piece.trimStart().length;
        const x = (MARGIN + (column + lead) * CELL.width).toFixed(1);
        const length = (widthOf(piece.trim()) * CELL.width).toFixed(1);
        // Its length is told, so that columns stay columns in any font.
        drawn.texts.push(
          `<text class="${tone}" x="${x}" y="${y}" textLength="${length}" lengthAdjust="spacingAndGlyphs">${xmlText(piece.trim())}</text>`,
        );
      }
      column += widthOf(piece);
    }
}

/** @param title for those who hear it, and for the tab of a browser */
export function svgOf(lines: readonly MapLine[], title = 'Map of the network'): string {
  const drawn: Drawn = { texts: [], solid: new Map(), dashed: new Map() };
  for (const [row, line] of lines.entries()) drawRow(line, row, drawn);
  const width = Math.ceil(MARGIN * 2 + Math.max(1, ...lines.map(lineWidth)) * CELL.width);
  const height = Math.ceil(MARGIN * 2 + lines.length * CELL.height);
  const path =
    (dash: string) =>
    ([tone, d]: readonly [Tone, string]) =>
      `<path class="${tone}-l" fill="none"${dash} d="${d}"/>`;
  const spoken = lines
    .map((line) =>
      lineText(line)
        .replace(/[─│╭╮╰╯├┤┴┬└╌┊═╤║╥╨]+/gu, ' ')
        .trim(),
    )
    .filter((text) => text !== '');
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">`,
    `<title>${xmlText(title)}</title>`,
    `<desc>${xmlText(spoken.join('; '))}</desc>`,
    `<style>text{font:13px ui-monospace,"DejaVu Sans Mono",Menlo,Consolas,monospace;white-space:pre}.title{font-weight:bold}${rules(0)}@media (prefers-color-scheme:dark){${rules(1)}}</style>`,
    `<rect class="paper" width="${width}" height="${height}"/>`,
    ...[...drawn.solid].map(path('')),
    ...[...drawn.dashed].map(path(' stroke-dasharray="2 2"')),
    ...drawn.texts,
    '</svg>',
    '',
  ].join('\n');
}

/**
 * The map as SVG: frames and cables are drawn, names stay text that can be selected and searched. Made from the same rows
 * as the map of a terminal, so both say the same; light or dark by what the reader prefers.
 */
import { pictureOf } from './picture.ts';
import { type MapLine, plain, type Tone } from './text.ts';

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

/** @param title for those who hear it, and for the tab of a browser */
export function svgOf(rows: readonly MapLine[], title = 'Map of the network'): string {
  const { width, height, lines, texts, spoken } = pictureOf(rows);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">`,
    `<title>${xmlText(title)}</title>`,
    `<desc>${xmlText(spoken)}</desc>`,
    `<style>text{font:13px ui-monospace,"DejaVu Sans Mono",Menlo,Consolas,monospace;white-space:pre}.title{font-weight:bold}${rules(0)}@media (prefers-color-scheme:dark){${rules(1)}}</style>`,
    `<rect class="paper" width="${width}" height="${height}"/>`,
    ...lines.map(
      ({ tone, dashed, path }) =>
        `<path class="${tone}-l" fill="none"${dashed ? ' stroke-dasharray="2 2"' : ''} d="${path}"/>`,
    ),
    ...texts.map(
      ({ tone, x, y, length, text }) =>
        `<text class="${tone}" x="${x.toFixed(1)}" y="${y.toFixed(1)}" textLength="${length.toFixed(1)}" lengthAdjust="spacingAndGlyphs">${xmlText(text)}</text>`,
    ),
    '</svg>',
    '',
  ].join('\n');
}

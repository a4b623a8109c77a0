/** Name of a format -> what writes a network in it. */
import { type LayoutOptions, layoutMap } from './layout/map.ts';
import { mermaidOf } from './mermaid.ts';
import type { Network } from './model.ts';
import { svgOf } from './svg.ts';
import type { MapLine } from './text.ts';
import { topologyOf } from './topology.ts';

export const MAP_FORMATS = ['lines', 'svg', 'mermaid', 'json', 'topology'] as const;
export type MapFormat = (typeof MAP_FORMATS)[number];

/** @param paint a row for the place where it is shown: with colours, or without */
export function writeMap(
  format: MapFormat,
  network: Network,
  options: LayoutOptions,
  paint: (line: MapLine) => string,
): string {
  switch (format) {
    case 'lines':
      return layoutMap(network, options)
        .map((line) => `${paint(line).trimEnd()}\n`)
        .join('');
    case 'svg':
      // An SVG has its own signs: those of a console would look poor in it.
      return svgOf(layoutMap(network, { ...options, glyphs: 'unicode' }));
    case 'topology':
      return topologyOf(network);
    case 'mermaid':
      return mermaidOf(network);
    case 'json':
      return `${JSON.stringify(network, null, 2)}\n`;
  }
}

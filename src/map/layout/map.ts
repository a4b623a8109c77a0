/** The whole map as rows of text. Deterministic: the same network gives the same rows, whatever was drawn before. */
import { type NetworkDiff, NO_CHANGES } from '../diff.ts';
import { type GlyphSet, MAP_GLYPHS } from '../glyphs.ts';
import type { GoalItem } from '../goal.ts';
import type { Network } from '../model.ts';
import { clip, type MapLine, of } from '../text.ts';
import { MAP_WORDS, type MapWords } from '../words.ts';
import { hostLines, UNDERLAY } from './host.ts';
import { goalLines, goneLines, legendLine } from './lists.ts';
import { changedBy, type Pen } from './pen.ts';

/** Below this a box has no inside; what is narrower still is cut. */
const NARROWEST = 20;

export interface LayoutOptions {
  /** Columns; no row is wider. */
  width: number;
  /** Routes and all addresses too, those that the kernel gave itself included. */
  routes?: boolean;
  /** What to point out. */
  changed?: NetworkDiff;
  /** The interface where a packet is that is followed. */
  hop?: { space: string; interface?: string };
  /** Checks of the current cell: what does not hold yet is listed below. */
  goal?: readonly GoalItem[];
  glyphs?: GlyphSet;
  words?: MapWords;
}

function onUnderlay(network: Network, host: string): boolean {
  return network.cables.some(({ a, b }) => b === 'underlay' && a.space === `${host}/`);
}

export function layoutMap(network: Network, options: LayoutOptions): MapLine[] {
  const width = Math.max(1, Math.floor(options.width));
  const drawn = Math.max(NARROWEST, width);
  const { changed = NO_CHANGES, words = MAP_WORDS.en } = options;
  const glyphs = MAP_GLYPHS[options.glyphs ?? 'unicode'];
  const { hop, routes = false } = options;
  const pen: Pen = { network, glyphs, words, routes, changed: changedBy(changed), ...(hop ? { hop } : {}) };
  const { hosts } = network;
  const joined = hosts.map((host) => onUnderlay(network, host.name));
  const rows: MapLine[] = hosts.length === 0 ? [[of(words.nothing, 'dim')]] : [];
  for (const [at, host] of hosts.entries()) {
    const above = joined[at] === true && joined[at - 1] === true;
    const below = joined[at] === true && joined[at + 1] === true;
    if (above) rows.push([of(' '.repeat(UNDERLAY)), of(glyphs.underlay.down, 'cable')]);
    rows.push(...hostLines(host, { width: drawn, above, below }, pen));
  }
  for (const list of [goneLines(changed, drawn, pen), goalLines(options.goal ?? [], drawn, pen)])
    if (list.length > 0) rows.push([], ...list);
  rows.push([], legendLine(drawn, pen));
  return rows.map((row) => clip(row, width));
}

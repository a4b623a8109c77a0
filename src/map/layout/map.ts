/** The whole map as rows of text. Deterministic: the same network gives the same rows, whatever was drawn before. */
import { type NetworkDiff, NO_CHANGES } from '../diff.ts';
import { type GlyphSet, MAP_GLYPHS } from '../glyphs.ts';
import type { GoalItem } from '../goal-item.ts';
import type { MapHost, Network } from '../model.ts';
import { clip, fit, type MapLine, of } from '../text.ts';
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
  /** Only with `routes`: false leaves out the addresses that everybody has. */
  usual?: boolean;
  /** So many columns of hosts; else they stand one below the other. */
  abreast?: number;
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

/** Hosts one below the other; the line between two that are joined leads from one to the next. */
function stacked(hosts: readonly MapHost[], width: number, pen: Pen): MapLine[] {
  const joined = hosts.map((host) => onUnderlay(pen.network, host.name));
  return hosts.flatMap((host, at) => {
    const above = joined[at] === true && joined[at - 1] === true;
    const below = joined[at] === true && joined[at + 1] === true;
    const line = [of(' '.repeat(UNDERLAY)), of(pen.glyphs.underlay.down, 'cable')];
    return [...(above ? [line] : []), ...hostLines(host, { width, above, below }, pen)];
  });
}

const GAP = 2;

/** In their order from the top of each column to its end, with columns about as long as one another. */
function columnsOf(hosts: readonly MapHost[], count: number, width: number, pen: Pen): MapLine[] {
  const columns = Math.max(1, Math.min(count, hosts.length));
  if (columns === 1) return stacked(hosts, width, pen);
  const own = Math.max(NARROWEST, Math.floor((width - GAP * (columns - 1)) / columns));
  const heights = hosts.map((host) => stacked([host], own, pen).length);
  const all = heights.reduce((sum, height) => sum + height, 0);
  let above = 0;
  const parts = Array.from({ length: columns }, (): MapHost[] => []);
  for (const [at, host] of hosts.entries()) {
    // By where its middle comes to be, and no column without a host.
    const wanted = Math.floor(((above + heights[at]! / 2) / all) * columns);
    const empty = parts.findIndex((part) => part.length === 0);
    const left = hosts.length - at;
    const needed = empty < 0 ? 0 : columns - empty;
    parts[empty >= 0 && left <= needed ? empty : Math.min(wanted, empty < 0 ? wanted : empty)]!.push(host);
    above += heights[at]!;
  }
  const drawn = parts.map((part) => stacked(part, own, pen));
  return Array.from({ length: Math.max(...drawn.map(({ length }) => length)) }, (_, row) =>
    drawn.flatMap(
      (lines, at): MapLine => [...(at === 0 ? [] : [of(' '.repeat(GAP))]), ...fit(lines[row] ?? [], own)],
    ),
  );
}

export function layoutMap(network: Network, options: LayoutOptions): MapLine[] {
  const width = Math.max(1, Math.floor(options.width));
  const drawn = Math.max(NARROWEST, width);
  const { changed = NO_CHANGES, words = MAP_WORDS.en } = options;
  const glyphs = MAP_GLYPHS[options.glyphs ?? 'unicode'];
  const { hop, routes = false, usual = routes } = options;
  const pen: Pen = {
    network,
    glyphs,
    words,
    routes,
    usual,
    changed: changedBy(changed),
    ...(hop ? { hop } : {}),
  };
  const { hosts } = network;
  const rows: MapLine[] =
    hosts.length === 0 ? [[of(words.nothing, 'dim')]] : columnsOf(hosts, options.abreast ?? 1, drawn, pen);
  for (const list of [goneLines(changed, drawn, pen), goalLines(options.goal ?? [], drawn, pen)])
    if (list.length > 0) rows.push([], ...list);
  rows.push([], legendLine(drawn, pen));
  return rows.map((row) => clip(row, width));
}

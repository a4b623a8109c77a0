/** How the screen is divided: the lesson, and beside or below it the outline, the map and the shells. */
import type { LessonView } from './view.ts';

/** Below this nothing of a lesson can be read. */
export const SMALLEST = { columns: 40, rows: 12 };
/** From here on there is room for the panel beside the lesson. */
const PANEL_FROM = 112;
/** From here on the map and the shells stand beside the lesson; below, in its place and below it. */
const BESIDE_FROM = 110;
/** Longer rows of prose are hard to follow. */
const WIDEST_PAGE = 100;
/** The bar of the current block, and a space. */
export const GUTTER = 2;
/** Of the lesson so much stays in sight, whatever stands beside or below it. */
const LEAST = { page: 36, rows: 4, shellColumns: 30, shellRows: 4 };
/** Of the panel's rows when it holds both the map and the shells. */
const MAP_SHARE = 0.42;

/** What is open besides the lesson. */
export interface Panes {
  /** `large`: in the place of the lesson, also where there is room for both. */
  map: boolean | 'large';
  /** Absent: none, or hidden. */
  shell?: { share: number; full: boolean } | undefined;
}

export interface Frame {
  tooSmall: boolean;
  /** Columns of the laid-out lesson, without the gutter. */
  page: number;
  /** Columns of the side panel; 0 when there is none. */
  panel: number;
  /** Rows of the window onto the lesson. */
  rows: number;
  /** Rows of all that is neither header, its rule nor the footer. */
  body: number;
  /** Rows of the map when it stands beside the lesson. */
  mapRows: number;
  /** The shell's pane, its tabs and its edge not counted; absent when it is closed. */
  shell?: { columns: number; rows: number; at: 'beside' | 'below' | 'full' };
}

/** Whether the map stands beside the lesson: not where it is to be large, for a projector. */
export const isMapBeside = (columns: number, { map }: Panes): boolean =>
  hasMapBeside(columns) && map !== 'large';

/** Whether there is room for the map or a shell and the lesson side by side. */
export const hasMapBeside = (columns: number): boolean => columns >= BESIDE_FROM;

export const panesOf = ({ map, shell }: LessonView): Panes => ({
  map: map?.large ? 'large' : map !== undefined,
  // Over the lesson only while it is typed in: whoever leaves it wants to read.
  shell: shell && !shell.hidden ? { share: shell.share, full: shell.full && shell.focus } : undefined,
});

const between = (least: number, value: number, most: number) => Math.max(least, Math.min(most, value));

function panelOf(columns: number, { map, shell }: Panes): number {
  if (hasMapBeside(columns) && shell)
    return between(LEAST.shellColumns, Math.floor((columns * shell.share) / 100), columns - LEAST.page);
  // 52: from there on two namespaces stand side by side in it.
  if (hasMapBeside(columns) && map === true) return Math.min(90, Math.max(52, Math.floor(columns * 0.45)));
  const outline = columns >= PANEL_FROM ? Math.min(44, Math.floor(columns / 3.6)) : 0;
  return outline >= 20 ? outline : 0;
}

/** One row of it is for the tabs; beside the lesson, a space and one column for the edge. */
function shellOf(columns: number, body: number, page: number, mapRows: number, panes: Panes): Frame['shell'] {
  const { shell } = panes;
  if (!shell) return undefined;
  if (shell.full) return { columns, rows: Math.max(1, body - 1), at: 'full' };
  if (hasMapBeside(columns))
    return { columns: columns - page - GUTTER - 2, rows: Math.max(1, body - mapRows - 1), at: 'beside' };
  const most = Math.max(LEAST.shellRows, body - LEAST.rows);
  const all = between(LEAST.shellRows, Math.round((body * shell.share) / 100), most);
  return { columns, rows: Math.max(1, all - 1), at: 'below' };
}

export function frameOf(columns: number, rows: number, panes: Panes = { map: false }): Frame {
  const panel = panelOf(columns, panes);
  const page = Math.max(10, Math.min(WIDEST_PAGE, columns - GUTTER - 1 - (panel > 0 ? panel + 2 : 0)));
  const body = Math.max(1, rows - 3);
  const beside = panes.map === true && hasMapBeside(columns);
  const mapRows = beside && panes.shell ? Math.floor(body * MAP_SHARE) : body;
  const shell = shellOf(columns, body, page, beside ? mapRows : 0, panes);
  return {
    tooSmall: columns < SMALLEST.columns || rows < SMALLEST.rows,
    page,
    panel,
    rows: shell?.at === 'below' ? Math.max(1, body - shell.rows - 1) : body,
    body,
    mapRows,
    ...(shell ? { shell } : {}),
  };
}

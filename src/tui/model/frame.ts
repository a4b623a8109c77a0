/** How the screen is divided. */

/** Below this nothing of a lesson can be read. */
export const SMALLEST = { columns: 40, rows: 12 };
/** From here on there is room for the panel beside the lesson. */
const PANEL_FROM = 112;
/** From here on the map stands beside the lesson; below, in its place. */
const MAP_FROM = 110;
/** Longer rows of prose are hard to follow. */
const WIDEST_PAGE = 100;
/** The bar of the current block, and a space. */
export const GUTTER = 2;

export interface Frame {
  tooSmall: boolean;
  /** Columns of the laid-out lesson, without the gutter. */
  page: number;
  /** Columns of the side panel; 0 when there is none. */
  panel: number;
  /** Rows of the window onto the lesson: all but the header, its rule and the footer. */
  rows: number;
}

/** Whether there is room for the map and the lesson side by side. */
export const hasMapBeside = (columns: number): boolean => columns >= MAP_FROM;

/** @param map the map is open: where it stands beside the lesson it needs more room than the outline */
export function frameOf(columns: number, rows: number, map = false): Frame {
  const outline = columns >= PANEL_FROM ? Math.min(44, Math.floor(columns / 3.6)) : 0;
  // 52: from there on two namespaces stand side by side in it.
  const panel =
    map && hasMapBeside(columns) ? Math.min(90, Math.max(52, Math.floor(columns * 0.45))) : outline;
  const kept = panel >= 20 ? panel : 0;
  const page = Math.max(10, Math.min(WIDEST_PAGE, columns - GUTTER - 1 - (kept > 0 ? kept + 2 : 0)));
  return {
    tooSmall: columns < SMALLEST.columns || rows < SMALLEST.rows,
    page,
    panel: kept,
    rows: Math.max(1, rows - 3),
  };
}

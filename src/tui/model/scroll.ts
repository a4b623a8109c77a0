/** Which rows of the page are in the window. Pure; the same for drawing and for keys, so both see the same screen. */
import type { LaidOut } from '../../page/layout/lesson.ts';
import { anchorAt, blockSpan, type Page, rowOf } from '../../page/layout/page.ts';
import type { Context } from './context.ts';
import type { LessonView } from './view.ts';

function clamp(row: number, page: Page, rows: number): number {
  return Math.max(0, Math.min(row, page.height - rows));
}

/** The least that `top` must move so that the rows from `start` to `end` are in the window; the end matters more. */
function reveal(top: number, start: number, end: number, rows: number): number {
  if (end > top + rows) return end - rows;
  return start < top ? start : top;
}

/** Row of the page that stands at the top of a window of `rows`. */
export function topRow(view: LessonView, laid: LaidOut, rows: number): number {
  let top = rowOf(laid.page, view.anchor);
  if (view.follow && view.current !== undefined) {
    const { start, end } = blockSpan(laid.page, view.current);
    // The gap above and below the cell belongs to what is looked at.
    const wanted = reveal(top, start, Math.min(laid.page.height, end + 1), rows);
    const first = view.from && rowOf(laid.page, { block: view.current, part: view.from, row: 0 });
    top = first === undefined || first === '' ? wanted : Math.min(wanted, Math.max(top, first));
  }
  if (laid.cursor) top = reveal(top, laid.cursor.row - 1, laid.cursor.row + 2, rows);
  return clamp(top, laid.page, rows);
}

/** The block's own rows, without the gap before it. */
export function bodySpan(page: Page, block: number): { start: number; end: number } {
  const { start, end } = blockSpan(page, block);
  return { start: Math.min(start + 1, end), end };
}

/** Whether the reader sees the cell: its head, or at least some of it that fills the window. */
export function inWindow(page: Page, block: number, top: number, rows: number): boolean {
  const { start, end } = bodySpan(page, block);
  return start < top + rows && end > top && (start >= top || end - top > 2);
}

/** Scrolls so that `row` is on top. What keys act on follows the reader: a cell that left the window lets go. */
export function scrollTo(
  view: LessonView,
  laid: LaidOut,
  row: number,
  rows: number,
  stops: readonly number[],
): LessonView {
  const { page } = laid;
  const top = clamp(row, page, rows);
  const down = top >= topRow(view, laid, rows);
  const moved: LessonView = { ...view, anchor: anchorAt(page, top), follow: false };
  const { current } = view;
  if (current !== undefined) {
    const { start, end } = bodySpan(page, current);
    // Still ahead of the reader, or in sight: it stays.
    const ahead = down ? start >= top + rows : end <= top;
    if (ahead || inWindow(page, current, top, rows)) return moved;
  }
  const seen = stops.filter((block) => inWindow(page, block, top, rows));
  const nearest = down ? seen[0] : seen.at(-1);
  return nearest === undefined ? moved : { ...moved, current: nearest };
}

/** What happens to the current cell is to be seen. */
export function following(view: LessonView, context: Context): LessonView {
  const top = topRow(view, context.laid, context.rows);
  const { from: _, ...rest } = view;
  return { ...rest, anchor: anchorAt(context.laid.page, top), follow: true };
}

/** What is drawn under the mouse. The same functions draw it, so that a click is on what is seen. */

import { visible } from '../page/layout/page.ts';
import type { Style } from '../page/layout/style.ts';
import { type Line, lineWidth } from '../page/text/line.ts';
import { classRule, stopKey } from './chrome/class.ts';
import { courseLines } from './chrome/course.ts';
import { lastHelpTop } from './chrome/course-screen.ts';
import { lessonFooter } from './chrome/footer.ts';
import { outlineLines } from './chrome/outline.ts';
import { overlayLines } from './chrome/overlay.ts';
import { shellLines } from './chrome/shell.ts';
import type { AppState, Screen } from './model/app.ts';
import type { Context } from './model/context.ts';
import { type CourseUpdate, pressInCourse, shownItems } from './model/course.ts';
import { type Frame, frameOf, GUTTER, isMapBeside, panesOf } from './model/frame.ts';
import { pressOf } from './model/keys.ts';
import type { MouseEvent, Target } from './model/mouse.ts';
import { topRow } from './model/scroll.ts';
import { stepOf } from './model/stops.ts';

type Lesson = Extract<Screen, { name: 'lesson' }>;

/** Rows above the body: the header and its rule. */
const ABOVE = 2;

function pressAt(line: Line | undefined, x: number): string | undefined {
  let before = 0;
  for (const part of line ?? []) {
    before += lineWidth([part]);
    if (x < before) return part.press;
  }
  return undefined;
}

/** A row of a list, or of the page, is one thing from edge to edge, unless a part of it says otherwise. */
const pressOfRow = (line: Line | undefined, x: number) =>
  pressAt(line, x) ?? line?.find((part) => part.press !== undefined)?.press;

const found = (area: Target['area'], press: string | undefined): Target =>
  press === undefined ? { area } : { area, press };

function onPage({ laid, view }: Lesson, rows: number, x: number, row: number): Target {
  const [at] = visible(laid.page, topRow(view, laid, rows) + row, 1);
  return at ? { ...found('page', pressOfRow(at.line, x - GUTTER)), block: at.block } : { area: 'page' };
}

export function lessonTarget(
  app: AppState,
  screen: Lesson,
  context: Context,
  { x, y }: MouseEvent,
  style: Style,
): Target {
  const { columns, rows } = app;
  const { view } = screen;
  const frame = frameOf(columns, rows, panesOf(view));
  const row = y - ABOVE;
  if (y === 1 && app.classroom) {
    const here = { lesson: context.lesson, step: stepOf(context.lesson, view.current ?? 0) };
    return found('other', pressAt(classRule(app.classroom, here, stopKey(view), app, style), x));
  }
  if (y === rows - 1) return found('other', pressAt(lessonFooter(view, context, columns, style), x));
  if (row < 0 || row >= frame.body) return { area: 'other' };
  const over = overlayLines(app, screen, frame.body, style);
  if (over) return found('other', pressOfRow(over[row], x));
  const { shell } = frame;
  if (shell && view.shell && (shell.at === 'full' || (shell.at === 'below' && row >= frame.rows)))
    return inShell(screen, shell, { x, row: shell.at === 'full' ? row : row - frame.rows }, style);
  if (view.map && !isMapBeside(columns, panesOf(view)) && view.mode.name === 'read') return { area: 'map' };
  if (x < frame.page + GUTTER) return onPage(screen, frame.rows, x, row);
  if (view.map && row < frame.mapRows) return { area: 'map' };
  // A space stands between the lesson and the shells, three columns between it and the outline.
  if (shell && view.shell)
    return inShell(
      screen,
      shell,
      { x: x - frame.page - GUTTER - 1, row: row - (view.map ? frame.mapRows : 0) },
      style,
    );
  return onOutline(app, screen, frame.panel - 2, { x: x - frame.page - GUTTER - 3, row }, style);
}

interface Spot {
  x: number;
  row: number;
}

function inShell(
  { shell: picture, view }: Lesson,
  frame: NonNullable<Frame['shell']>,
  { x, row }: Spot,
  style: Style,
): Target {
  if (!view.shell) return { area: 'shell' };
  if (row > 0) {
    // The edge stands before a pane beside the lesson.
    const cell = { x: frame.at === 'beside' ? x - 1 : x, y: row - 1 };
    const inside = cell.x >= 0 && cell.x < frame.columns && cell.y < frame.rows;
    return inside ? { area: 'shell', cell } : { area: 'shell' };
  }
  return found('shell', pressAt(shellLines(picture, view.shell, frame, style)[0], x));
}

function onOutline(
  { now }: AppState,
  { session, state, view }: Lesson,
  columns: number,
  { x, row }: Spot,
  style: Style,
): Target {
  if (columns <= 0) return { area: 'other' };
  const lines = outlineLines(session.lesson, state, view.current, now, columns, style);
  return found('other', pressOfRow(lines[row], x));
}

/** The wheel moves the choice; the first click chooses a lesson, the second one opens it. */
export function mouseInCourse(
  app: AppState,
  { view }: Extract<Screen, { name: 'course' }>,
  { does, x, y }: MouseEvent,
  style: Style,
): CourseUpdate {
  if (does === 'other') return { view };
  if (does !== 'click')
    return pressInCourse(view, pressOf(does === 'wheel-up' ? 'up' : 'down'), () => lastHelpTop(app, style));
  if (view.help !== undefined) return { view };
  const { columns, rows, now } = app;
  const lines = courseLines(shownItems(view), view.selected, columns, rows - 4, now, style, view.items);
  const [kind, number] = pressOfRow(lines[y - ABOVE - 1], x)?.split(':') ?? [];
  if (kind !== 'item') return { view };
  const at = Number(number);
  return at === view.selected ? pressInCourse(view, pressOf('enter')) : { view: { ...view, selected: at } };
}

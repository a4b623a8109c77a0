/** What is looked up takes the place of everything else for a moment: help, steps, the palette, places for a shell. */
import type { Style } from '../../page/layout/style.ts';
import { type Line, span } from '../../page/text/line.ts';
import type { AppState, Screen } from '../model/app.ts';
import { frameOf, panesOf } from '../model/frame.ts';
import { stepOf } from '../model/stops.ts';
import { classLines, messagePage } from './class.ts';
import { handbookLines } from './handbook.ts';
import { helpLines } from './help.ts';
import { noteLines } from './notes.ts';
import { paletteLines } from './palette.ts';
import { printoutLines } from './printout.ts';
import { placeLines } from './shell.ts';
import { stepLines } from './steps.ts';

/** All lines of what is looked up and may be longer than the screen; undefined for what keeps to it. */
function scrolledLines(
  { columns, now, classroom }: AppState,
  { session: { lesson, presenting }, view }: Extract<Screen, { name: 'lesson' }>,
  style: Style,
): Line[] | undefined {
  switch (view.mode.name) {
    case 'help':
      return helpLines(columns - 4, style, classroom !== undefined).map((line) => [span('  '), ...line]);
    case 'notes':
      return presenting ? noteLines(lesson, stepOf(lesson, view.current ?? 0), columns, style) : undefined;
    case 'class':
      return classroom && view.mode.page === 'messages'
        ? messagePage(classroom, now, columns, style)
        : undefined;
    default:
      return undefined;
  }
}

/** How far down it may be scrolled: `top` of its last page. */
export function lastTop(app: AppState, screen: Extract<Screen, { name: 'lesson' }>, style: Style): number {
  const { body } = frameOf(app.columns, app.rows, panesOf(screen.view));
  return Math.max(0, (scrolledLines(app, screen, style)?.length ?? 0) - body);
}

/** Undefined while the lesson itself is seen. */
export function overlayLines(
  app: AppState,
  screen: Extract<Screen, { name: 'lesson' }>,
  rows: number,
  style: Style,
): Line[] | undefined {
  const { columns, now, classroom } = app;
  const { session, state, view, laid, lessons, handbook } = screen;
  const { lesson } = session;
  const { mode } = view;
  const scrolled = scrolledLines(app, screen, style);
  if (scrolled && 'top' in mode) {
    const top = Math.min(mode.top, Math.max(0, scrolled.length - rows));
    return scrolled.slice(top, top + rows);
  }
  switch (mode.name) {
    case 'steps': {
      const chosen = { selected: mode.selected, current: view.current };
      return stepLines(lesson, state, chosen, { columns, rows, now }, style);
    }
    case 'palette': {
      const context = {
        lesson,
        state,
        laid,
        rows,
        words: style.words,
        lessons,
        ...(classroom ? { classroom } : {}),
        presenting: session.presenting === true,
      };
      return paletteLines(mode, context, { columns, rows }, style);
    }
    case 'handbook': {
      const known = handbook === undefined ? {} : { handbook };
      const context = { lesson, state, laid, rows, words: style.words, ...known };
      return handbookLines(mode, view.current, context, { columns, rows }, style);
    }
    case 'class':
      if (!classroom) return undefined;
      return classLines(mode, { classroom, view, lesson, now }, { columns, rows }, style);
    case 'printout': {
      if (!screen.sheet) return undefined;
      const number = lesson.cells.find(({ id }) => id === mode.cell)?.number ?? 0;
      const shown = { mode, sheet: screen.sheet, state: state.cells[mode.cell], number };
      return printoutLines(shown, { columns, rows }, style);
    }
    case 'places':
      return placeLines(mode.places, mode.selected, rows, style);
    default:
      return undefined;
  }
}

/** What is looked up takes the place of everything else for a moment: help, steps, the palette, places for a shell. */
import type { Style } from '../../page/layout/style.ts';
import { type Line, span } from '../../page/text/line.ts';
import type { AppState, Screen } from '../model/app.ts';
import { stepOf } from '../model/stops.ts';
import { classLines } from './class.ts';
import { handbookLines } from './handbook.ts';
import { helpLines } from './help.ts';
import { noteLines } from './notes.ts';
import { paletteLines } from './palette.ts';
import { placeLines } from './shell.ts';
import { stepLines } from './steps.ts';

/** Undefined while the lesson itself is seen. */
export function overlayLines(
  { columns, now, classroom }: AppState,
  { session, state, view, laid, lessons, handbook }: Extract<Screen, { name: 'lesson' }>,
  rows: number,
  style: Style,
): Line[] | undefined {
  const { lesson } = session;
  const { mode } = view;
  switch (mode.name) {
    case 'help': {
      const help = helpLines(columns - 4, style, classroom !== undefined);
      const top = Math.min(mode.top, Math.max(0, help.length - rows));
      return help.slice(top, top + rows).map((line): Line => [span('  '), ...line]);
    }
    case 'notes': {
      if (!session.presenting) return undefined;
      const notes = noteLines(lesson, stepOf(lesson, view.current ?? 0), columns, style);
      const top = Math.min(mode.top, Math.max(0, notes.length - rows));
      return notes.slice(top, top + rows);
    }
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
    case 'places':
      return placeLines(mode.places, mode.selected, rows, style);
    default:
      return undefined;
  }
}

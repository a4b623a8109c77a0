/** All that a cell has printed, in the place of the page: scrolled, looked through, copied in part. Pure but for reading. */
import { graphemes } from '../../page/text/width.ts';
import type { Sheet } from '../printout/sheet.ts';
import { withCell } from './cell-key.ts';
import { type Context, notice, only, type Update } from './context.ts';
import { chord, type KeyPress } from './keys.ts';
import { busyCell } from './stops.ts';
import type { LessonView, Mode } from './view.ts';

export type PrintoutMode = Extract<Mode, { name: 'printout' }>;

/** A row above says which cell it is and where the reader is. */
export const HEAD_ROWS = 1;
/** Columns before each row: where the reader is, what is to be copied. */
export const EDGE = 2;
const LONGEST = 200;
/** Characters; a clipboard takes no more. */
const MOST_COPIED = 64 * 1024;

export interface Placed {
  /** The piece that the reader is at. */
  at: number;
  top: number;
  skip: number;
}

type Size = { columns: number; rows: number };

const between = (value: number, last: number) => Math.max(0, Math.min(last, value));

const heightOf = (sheet: Sheet, at: number, { columns }: Size) =>
  sheet.rows(at, Math.max(1, columns - EDGE)).length;

/** The window whose last row is the last one of a piece. */
function endingAt(sheet: Sheet, at: number, size: Size): Pick<Placed, 'top' | 'skip'> {
  let left = size.rows;
  let top = at;
  while (top >= 0) {
    const height = heightOf(sheet, top, size);
    if (height > left) return left === 0 ? { top: top + 1, skip: 0 } : { top, skip: height - left };
    left -= height;
    top -= 1;
  }
  return { top: 0, skip: 0 };
}

/** The window with what the reader is at in it, moved as little as need be. */
export function placed(mode: PrintoutMode, sheet: Sheet, size: Size): Placed {
  const last = Math.max(0, sheet.pieces - 1);
  const at = between(mode.at, last);
  const top = between(mode.top, last);
  const skip = Math.min(mode.skip, heightOf(sheet, top, size) - 1);
  const lowest = endingAt(sheet, last, size);
  const isLower = top > lowest.top || (top === lowest.top && skip > lowest.skip);
  const from = isLower ? lowest : { top, skip };
  const tall = heightOf(sheet, at, size) > size.rows;
  if (at < from.top || (at === from.top && from.skip > 0 && !tall)) return { at, top: at, skip: 0 };
  if (tall) return from.top === at ? { at, ...from } : { at, top: at, skip: 0 };
  if (at - from.top > size.rows) return { at, ...endingAt(sheet, at, size) };
  let rows = -from.skip;
  for (let piece = from.top; piece <= at; piece++) rows += heightOf(sheet, piece, size);
  return rows > size.rows ? { at, ...endingAt(sheet, at, size) } : { at, ...from };
}

/** The last piece of which something is in the window. */
function lastSeen(sheet: Sheet, { top, skip }: Placed, size: Size): number {
  let rows = -skip;
  for (let piece = top; piece < sheet.pieces; piece++) {
    rows += heightOf(sheet, piece, size);
    if (rows >= size.rows) return piece;
  }
  return Math.max(0, sheet.pieces - 1);
}

const sizeOf = ({ columns = 80, body = 20 }: Context): Size => ({
  columns,
  rows: Math.max(1, body - HEAD_ROWS),
});

type Move = (here: Placed, sheet: Sheet, size: Size) => Partial<Placed>;

const down: Move = ({ at, top, skip }, sheet, size) =>
  at === top && heightOf(sheet, at, size) - skip > size.rows
    ? { skip: skip + 1 }
    : { at: at + 1 >= sheet.pieces - 1 ? Infinity : at + 1 };

const up: Move = ({ at, top, skip }) => (at === top && skip > 0 ? { skip: skip - 1 } : { at: at - 1 });

const pageDown: Move = (here, sheet, size) => {
  const { at, top, skip } = here;
  if (at === top && heightOf(sheet, at, size) - skip > size.rows) return { skip: skip + size.rows - 1 };
  const next = lastSeen(sheet, here, size);
  if (next >= sheet.pieces - 1) return { at: Infinity };
  const to = Math.max(next, top + 1);
  return { at: to, top: to, skip: 0 };
};

const pageUp: Move = ({ top, skip }, sheet, size) => {
  if (skip > 0 && heightOf(sheet, top, size) > size.rows)
    return { at: top, skip: Math.max(0, skip - size.rows + 1) };
  const shown = endingAt(sheet, top, size);
  const to = Math.min(shown.top, Math.max(0, top - 1));
  return { at: to, top: to, skip: 0 };
};

const MOVES: Readonly<Record<string, Move>> = {
  down,
  j: down,
  up,
  k: up,
  pagedown: pageDown,
  ' ': pageDown,
  pageup: pageUp,
  b: pageUp,
  home: () => ({ at: 0, top: 0, skip: 0 }),
  g: () => ({ at: 0, top: 0, skip: 0 }),
  end: () => ({ at: Infinity }),
  G: () => ({ at: Infinity }),
};

const opens = (toSave: boolean) =>
  withCell((view, context, { id }, { output, status }) => {
    if (output.length === 0) return notice(view, context.words.notice.noOutput);
    // While it prints its end is what is looked at.
    const at = status === 'running' ? Infinity : 0;
    const typing = toSave ? { typing: nameFor(context, id) } : {};
    return only({ ...view, mode: { name: 'printout', cell: id, at, top: 0, skip: 0, ...typing } });
  });

export const openPrintout = opens(false);
export const savePrintout = opens(true);
export const pagePrintout = withCell((view, { words }, cell, { output }) =>
  output.length > 0
    ? { view, effects: [{ effect: 'printout-pager', cell: cell.id }] }
    : notice(view, words.notice.noOutput),
);

export function pressInPrintout(
  view: LessonView,
  mode: PrintoutMode,
  press: KeyPress,
  context: Context,
): Update {
  const { sheet, words } = context;
  const to = (next: Partial<PrintoutMode>): Update => only({ ...view, mode: { ...mode, ...next } });
  if (mode.typing) return typed(view, mode, mode.typing, press);
  const pressed = chord(press);
  if (!sheet) return only({ ...view, mode: { name: 'read' } });
  const size = sizeOf(context);
  const here = placed(mode, sheet, size);
  const move = Object.hasOwn(MOVES, pressed) ? MOVES[pressed] : undefined;
  if (move) {
    const next: PrintoutMode = { ...mode, ...here, ...move(here, sheet, size) };
    return only({ ...view, mode: { ...next, ...placed(next, sheet, size), at: Math.max(0, next.at) } });
  }
  switch (pressed) {
    case 'escape':
    case 'q':
    case 'F':
    case 'ctrl-c': {
      const { find, mark, ...rest } = mode;
      // First what was begun in it is ended.
      if (pressed === 'escape' && (find || mark !== undefined)) return only({ ...view, mode: rest });
      return only({ ...view, mode: { name: 'read' } });
    }
    case '/':
      return to({ typing: { what: 'find', text: '' } });
    case 'n':
    case 'N':
      return mode.find
        ? sought(view, { ...mode, ...here }, mode.find.text, pressed === 'n' ? 1 : -1)
        : only(view);
    case 'v': {
      const { mark, ...rest } = mode;
      return mark === undefined ? to({ mark: here.at }) : only({ ...view, mode: rest });
    }
    case 'y': {
      const mark = mode.mark ?? here.at;
      const text = sheet.text(Math.min(mark, here.at), Math.max(mark, here.at), MOST_COPIED);
      if (text === undefined) return notice(view, words.notice.tooLong);
      const { mark: _, ...rest } = mode;
      return { view: { ...view, mode: rest }, effects: [{ effect: 'copy', text }] };
    }
    case 'P':
      return { view, effects: [{ effect: 'printout-pager', cell: mode.cell }] };
    case 'W':
      return only({ ...view, mode: { ...mode, typing: nameFor(context, mode.cell) } });
    case 'x':
      return busyCell(context.lesson, context.state)
        ? {
            view: { ...view, notice: words.notice.interrupted },
            effects: [{ effect: 'act', action: { do: 'interrupt' } }],
          }
        : notice(view, words.notice.nothingRuns);
    default:
      return only(view);
  }
}

function nameFor({ lesson }: Context, cell: string): NonNullable<PrintoutMode['typing']> {
  const number = lesson.cells.find(({ id }) => id === cell)?.number ?? 0;
  return { what: 'file', text: `${lesson.id}-${number}.txt` };
}

function sought(view: LessonView, mode: PrintoutMode, text: string, by: 1 | -1): Update {
  const { typing: _, ...rest } = mode;
  return {
    view: { ...view, mode: { ...rest, find: { text, looking: 0 } } },
    effects: [{ effect: 'printout-find', text, by }],
  };
}

/** What to look for, or where to save it. */
function typed(
  view: LessonView,
  mode: PrintoutMode,
  { what, text }: NonNullable<PrintoutMode['typing']>,
  press: KeyPress,
): Update {
  const { typing: _, ...rest } = mode;
  const write = (next: string): Update =>
    only({ ...view, mode: { ...mode, typing: { what, text: next.slice(0, LONGEST) } } });
  switch (chord(press)) {
    case 'escape':
    case 'ctrl-c':
    case 'ctrl-g':
      return only({ ...view, mode: rest });
    case 'enter': {
      if (text.trim() === '') return only({ ...view, mode: rest });
      if (what === 'find') return sought(view, mode, text, 1);
      return {
        view: { ...view, mode: rest },
        effects: [{ effect: 'printout-save', cell: mode.cell, path: text.trim() }],
      };
    }
    case 'backspace':
    case 'ctrl-h':
      return text === '' ? only({ ...view, mode: rest }) : write(graphemes(text).slice(0, -1).join(''));
    case 'ctrl-u':
      return write('');
    default:
      return press.name === 'char' && !press.ctrl && !press.alt ? write(text + press.char) : only(view);
  }
}

export function printoutPasted(view: LessonView, mode: PrintoutMode, text: string): Update {
  if (!mode.typing) return only(view);
  const { what, text: before } = mode.typing;
  const next = (before + text.replace(/\s+/g, ' ')).slice(0, LONGEST);
  return only({ ...view, mode: { ...mode, typing: { what, text: next } } });
}

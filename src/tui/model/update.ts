/** One key, one next view: the table of contents of the lesson's keys. Pure. */

import { anchorAt } from '../../page/layout/page.ts';
import { pressInClass, questionPasted, stopSharing } from './class.ts';
import { type Context, only, scrolled, type Update } from './context.ts';
import type { Effect } from './effect.ts';
import { finding, findPasted, pressInFind } from './find.ts';
import { handbookPasted, pressInHandbook } from './handbook.ts';
import { chord, type KeyPress } from './keys.ts';
import { pressInMap } from './map.ts';
import { scrollMove } from './moves.ts';
import { palettePasted, pressInPalette } from './palette.ts';
import { pressInPrintout, printoutPasted } from './printout.ts';
import { READING } from './read.ts';
import { topRow } from './scroll.ts';
import { pressInPlaces } from './shell.ts';
import { cellFrom, pressInSteps, restoreCell, restoreStep, startOf } from './steps.ts';
import { cellAt, isAway, stopsOf } from './stops.ts';
import type { LessonView } from './view.ts';
import { pasted, writing } from './write.ts';

type Ask = Extract<LessonView['mode'], { name: 'ask' }>;

function agreed({ question, step, lesson }: Ask, view: LessonView, context: Context): Update {
  const cell = cellAt(context.lesson, view.current);
  const act = (action: Extract<Effect, { effect: 'act' }>['action']): Update => ({
    view,
    effects: [{ effect: 'act', action }],
  });
  switch (question) {
    case 'quit-running':
      return { view, effects: [{ effect: 'quit' }] };
    case 'reset': {
      const first = stopsOf(context.lesson)[0];
      const start: LessonView = {
        ...view,
        anchor: { block: -1, part: 'title', row: 0 },
        follow: false,
        current: first,
        opened: new Set(),
        unfolded: new Set(),
      };
      return { view: start, effects: [{ effect: 'act', action: { do: 'reset' } }] };
    }
    case 'rewind':
      return cell ? act({ do: 'run-to', cell: cell.id }) : only(view);
    case 'catch-up': {
      const first = cellFrom(context.lesson, view.current ?? 0);
      return first ? act({ do: 'jump', cell: first.id }) : only(view);
    }
    case 'restore':
      return restoreStep(view, step ?? 0, context);
    case 'follow': {
      const there = startOf(view, step ?? 0, context.lesson);
      const along = { effect: 'follow', yes: true } as const;
      if (there.current === undefined) return { view: there, effects: [along] };
      return { view: there, effects: [along, ...act({ do: 'move', block: there.current }).effects] };
    }
    case 'follow-lesson': {
      const to = context.lessons?.find(({ id }) => id === lesson);
      const open = to ? [{ effect: 'open', id: to.id, title: to.title } as const] : [];
      return { view, effects: [{ effect: 'follow', yes: true }, ...open] };
    }
    case 'skip':
      return cell ? act({ do: 'skip-cell', cell: cell.id }) : only(view);
  }
}

function asked(view: LessonView, mode: Ask, press: KeyPress, context: Context): Update {
  const { question, step } = mode;
  const reading: LessonView = { ...view, mode: { name: 'read' } };
  const pressed = chord(press);
  if (pressed === 'ctrl-c' && question === 'quit-running')
    return { view: reading, effects: [{ effect: 'quit' }] };
  // Not from the beginning: from where this step begins.
  if (question === 'reset' && step !== undefined && pressed === 's')
    return agreed({ ...mode, question: 'restore' }, reading, context);
  if (question === 'reset' && mode.cell !== undefined && pressed === 'c')
    return restoreCell(reading, mode.cell, context);
  if (pressed === 'y' || pressed === 'Y') return agreed(mode, reading, context);
  const about = question === 'follow' || question === 'follow-lesson';
  return about ? { view: reading, effects: [{ effect: 'follow', yes: false }] } : only(reading);
}

function helped(
  view: LessonView,
  mode: Extract<LessonView['mode'], { name: 'help' | 'notes' }>,
  press: KeyPress,
  context: Context,
): Update {
  const by = scrollMove(chord(press), 10);
  if (by === undefined) return only({ ...view, mode: { name: 'read' } });
  return only({ ...view, mode: { ...mode, top: scrolled(mode.top, by, context) } });
}

export function pressKey(before: LessonView, press: KeyPress, context: Context): Update {
  // A notice and a key that waits for its second press live until the next key.
  const { notice: _, armed, queued, ...rest } = before;
  const view: LessonView = queued && isAway(context.state) ? { ...rest, queued } : rest;
  const { mode } = view;
  // While something is typed, where X is a letter.
  if (context.classroom && chord(press) === 'ctrl-x') return stopSharing(view, context);
  switch (mode.name) {
    case 'class':
      return pressInClass(view, mode, press, context);
    case 'write':
      return writing(view, mode, press, context);
    case 'ask':
      return asked(view, mode, press, context);
    case 'help':
    case 'notes':
      return helped(view, mode, press, context);
    case 'steps':
      return pressInSteps(view, mode.selected, press, context);
    case 'palette':
      return pressInPalette(view, mode, press, context, pressKey);
    case 'handbook':
      return pressInHandbook(view, mode, press, context);
    case 'printout':
      return pressInPrintout(view, mode, press, context);
    case 'places':
      return pressInPlaces(view, mode, press, context);
    case 'find':
      return finding(view, mode, press, context);
    case 'read': {
      const pressed = chord(press);
      const map = pressInMap(view, pressed, context);
      if (map) return map;
      const found = pressInFind(view, pressed, context);
      if (found) return found;
      const handler = Object.hasOwn(READING, pressed) ? READING[pressed] : undefined;
      if (!handler) return only(view);
      const update = handler(armed === undefined ? view : { ...view, armed }, context);
      // Armed by this very key: keep it. Armed by the one before: its moment is over.
      return update.view.armed === armed ? { ...update, view: { ...update.view, armed: undefined } } : update;
    }
  }
}

export function pasteText(view: LessonView, text: string, context: Context): Update {
  if (view.mode.name === 'find') return findPasted(view, view.mode, text, context);
  if (view.mode.name === 'palette') return palettePasted(view, view.mode, text);
  if (view.mode.name === 'handbook') return handbookPasted(view, view.mode, text);
  if (view.mode.name === 'printout') return printoutPasted(view, view.mode, text);
  if (view.mode.name === 'class') return questionPasted(view, view.mode, text);
  return view.mode.name === 'write' ? pasted(view, view.mode, text) : only(view);
}

/** A text that came back from an external editor. */
export function takeText(view: LessonView, cellId: string, text: string, context: Context): Update {
  const cell = context.lesson.cells.find((one) => one.id === cellId);
  if (!cell) return only(view);
  const clean = text.replace(/\n+$/, '');
  return { view, effects: [{ effect: 'act', action: { do: 'edit-answer', cell: cellId, text: clean } }] };
}

/** Keeps the same row on top when the window gets another size. */
export function resized(view: LessonView, laid: Context['laid'], rows: number): LessonView {
  return { ...view, anchor: anchorAt(laid.page, topRow(view, laid, rows)) };
}

/** Keys of the lesson that have to do with the shells, and what becomes of the pane when one opens or closes. Pure. */

import { type Context, notice, only, type Update } from './context.ts';
import { chord, type KeyPress } from './keys.ts';
import { moved, pickMove } from './moves.ts';
import { openedShell, type Place } from './shell-view.ts';
import { cellAt } from './stops.ts';
import type { LessonView, Mode } from './view.ts';

/** Into the shell: the one that is there, or a first one on the host of the current cell. */
export function enterShell(view: LessonView, context: Context): Update {
  if (view.shell) return only({ ...view, shell: { ...view.shell, focus: true, hidden: false } });
  const cell = cellAt(context.lesson, view.current);
  const host = cell?.host ?? context.lesson.hosts[0]?.name ?? 'host';
  return openShell(view, { host, netns: '' }, context);
}

export function openShell(view: LessonView, place: Place, { state, words }: Context): Update {
  if (state.sandbox.state === 'lost') return notice(view, words.sandbox.lostLong);
  return { view, effects: [{ effect: 'shell-open', place }] };
}

export const askPlaces = (view: LessonView, { state, words }: Context): Update =>
  state.sandbox.state === 'ready'
    ? { view, effects: [{ effect: 'places' }] }
    : notice(view, words.notice.notReady);

/** A shell is there, and the keys are its. */
export function withShell(view: LessonView, tab: number): LessonView {
  const shell = { ...openedShell, ...view.shell, tab, focus: true, hidden: false, leader: false };
  return { ...view, shell: { ...shell, scrolling: false } };
}

/** One of `left` + 1 shells is gone. */
export function withoutShell(view: LessonView, gone: number, left: number): LessonView {
  const { shell, ...closed } = view;
  if (!shell || left === 0) return closed;
  const tab = shell.tab > gone || shell.tab >= left ? Math.max(0, shell.tab - 1) : shell.tab;
  return { ...view, shell: { ...shell, tab, scrolling: false } };
}

type Places = Extract<Mode, { name: 'places' }>;

export function pressInPlaces(view: LessonView, mode: Places, press: KeyPress, context: Context): Update {
  const pressed = chord(press);
  const { places, selected } = mode;
  const chosen = (place: Place | undefined): Update =>
    place ? openShell({ ...view, mode: { name: 'read' } }, place, context) : only(view);
  const by = pickMove(pressed);
  if (by !== undefined) {
    return only({ ...view, mode: { ...mode, selected: moved(selected, by, places.length) } });
  }
  if (pressed === 'enter') return chosen(places[selected]);
  if (/^[1-9]$/.test(pressed)) return chosen(places[Number(pressed) - 1]);
  return only({ ...view, mode: { name: 'read' } });
}

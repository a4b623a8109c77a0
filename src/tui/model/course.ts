/** Keys on the list of lessons. */
import { findPattern } from '../../page/find/pattern.ts';
import type { LibraryItem } from '../../page/library.ts';
import { graphemes } from '../../page/text/width.ts';
import { chord, type KeyPress } from './keys.ts';
import { scrollMove } from './moves.ts';

export interface CourseView {
  items: readonly LibraryItem[];
  /** Index into the lessons that are shown. */
  selected: number;
  /** All keys instead of the list, from this row of theirs on. */
  help?: number;
  /** Only lessons with this text; `typing`: it is being written. */
  filter?: { text: string; typing: boolean };
}

/** The lessons in the list; `selected` counts in it. */
export function shownItems({ items, filter }: CourseView): readonly LibraryItem[] {
  const pattern = findPattern(filter?.text ?? '');
  if (!pattern) return items;
  return items.filter(
    ({ title, summary, text = '' }) => `${title}\n${summary}\n${text}`.search(pattern) >= 0,
  );
}

export interface CourseUpdate {
  view: CourseView;
  effect?: CourseEffect;
}

export type CourseEffect = { effect: 'open'; id: string } | { effect: 'quit' };

/** The lesson to go on with: the one opened last if it is not finished, else the first that is not. */
function toGoOnWith(items: readonly LibraryItem[]): number {
  const open = items.filter((item) => !item.finished && !item.faulty);
  const latest = open.reduce<LibraryItem | undefined>(
    (best, item) => ((item.openedAt ?? 0) > (best?.openedAt ?? 0) ? item : best),
    undefined,
  );
  const chosen = latest ?? open[0];
  return chosen ? items.indexOf(chosen) : 0;
}

export function courseView(items: readonly LibraryItem[], last?: string): CourseView {
  const known = items.findIndex((item) => item.id === last);
  return { items, selected: known >= 0 ? known : toGoOnWith(items) };
}

/** The same lesson stays chosen, where the list still has it. */
function filtered(view: CourseView, filter: CourseView['filter']): CourseView {
  const { filter: _, ...rest } = view;
  const next: CourseView = filter ? { ...rest, filter } : rest;
  const chosen = shownItems(view)[view.selected];
  return { ...next, selected: Math.max(0, chosen ? shownItems(next).indexOf(chosen) : 0) };
}

const LONGEST = 200;

function typed(view: CourseView, press: KeyPress, text: string): CourseView | undefined {
  switch (chord(press)) {
    case 'escape':
    case 'ctrl-c':
    case 'ctrl-g':
      return filtered(view, undefined);
    case 'enter':
      return filtered(view, text.trim() === '' ? undefined : { text, typing: false });
    case 'backspace':
    case 'ctrl-h':
      if (text === '') return filtered(view, undefined);
      return filtered(view, { text: graphemes(text).slice(0, -1).join(''), typing: true });
    case 'ctrl-u':
      return filtered(view, { text: '', typing: true });
    default:
      if (press.name !== 'char' || press.ctrl || press.alt) return undefined;
      return filtered(view, { text: (text + press.char).slice(0, LONGEST), typing: true });
  }
}

/** The help scrolls as it does beside a lesson, and any other key leads out of it. */
function helped(view: CourseView, top: number, pressed: string, lastTop: () => number): CourseView {
  const { help: _, ...list } = view;
  const by = scrollMove(pressed, 10);
  return by === undefined ? list : { ...list, help: Math.max(0, Math.min(top + by, lastTop())) };
}

/** @param lastTop how far down the help may be scrolled */
export function pressInCourse(
  view: CourseView,
  press: KeyPress,
  lastTop: () => number = () => 0,
): CourseUpdate {
  const go = (to: number) => ({
    view: { ...view, selected: Math.max(0, Math.min(to, shownItems(view).length - 1)) },
  });
  const pressed = chord(press);
  if (view.help !== undefined && pressed !== 'ctrl-c')
    return { view: helped(view, view.help, pressed, lastTop) };
  if (view.filter?.typing) {
    const next = typed(view, press, view.filter.text);
    if (next) return { view: next };
  }
  switch (pressed) {
    case 'up':
    case 'k':
    case 'p':
    case 'shift-tab':
      return go(view.selected - 1);
    case 'down':
    case 'j':
    case 'n':
    case 'tab':
      return go(view.selected + 1);
    case 'pageup':
      return go(view.selected - 5);
    case 'pagedown':
      return go(view.selected + 5);
    case 'home':
    case 'g':
      return go(0);
    case 'end':
    case 'G':
      return go(shownItems(view).length - 1);
    case 'enter': {
      const item = shownItems(view)[view.selected];
      return item ? { view, effect: { effect: 'open', id: item.id } } : { view };
    }
    case '/':
      return { view: filtered(view, { text: '', typing: true }) };
    case '?':
      return { view: { ...view, help: 0 } };
    case 'escape':
      // Esc leads out of what is open, here nothing is: pressed once too often it must not end the program.
      return { view: view.filter ? filtered(view, undefined) : view };
    case 'q':
    case 'ctrl-c':
      return { view, effect: { effect: 'quit' } };
    default:
      return { view };
  }
}

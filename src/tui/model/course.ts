/** Keys on the list of lessons. */
import type { LibraryItem } from '../../page/library.ts';
import { chord, type KeyPress } from './keys.ts';

export interface CourseView {
  items: readonly LibraryItem[];
  selected: number;
  help: boolean;
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
  return { items, selected: known >= 0 ? known : toGoOnWith(items), help: false };
}

export function pressInCourse(
  view: CourseView,
  press: KeyPress,
): { view: CourseView; effect?: CourseEffect } {
  const go = (to: number) => ({
    view: { ...view, help: false, selected: Math.max(0, Math.min(to, view.items.length - 1)) },
  });
  const pressed = chord(press);
  if (view.help && pressed !== 'ctrl-c') return { view: { ...view, help: false } };
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
      return go(view.items.length - 1);
    case 'enter': {
      const item = view.items[view.selected];
      return item ? { view, effect: { effect: 'open', id: item.id } } : { view };
    }
    case '?':
      return { view: { ...view, help: true } };
    case 'q':
    case 'escape':
    case 'ctrl-c':
      return { view, effect: { effect: 'quit' } };
    default:
      return { view };
  }
}

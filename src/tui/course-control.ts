/** The list of lessons, from the keys to the one that is opened. */
import type { Style } from '../page/layout/style.ts';
import type { Library, LibraryItem } from '../page/library.ts';
import { lastHelpTop } from './chrome/course-screen.ts';
import { listLessons } from './known.ts';
import type { AppState, Screen } from './model/app.ts';
import { type CourseUpdate, courseView, pressInCourse } from './model/course.ts';
import type { KeyPress } from './model/keys.ts';
import type { MouseEvent } from './model/mouse.ts';
import { mouseInCourse } from './pointer.ts';

type CourseScreen = Extract<Screen, { name: 'course' }>;

export interface CourseControl {
  /** @param last the lesson to be chosen */
  show(last?: string): Promise<void>;
  press(screen: CourseScreen, press: KeyPress): void;
  mouse(screen: CourseScreen, event: MouseEvent): void;
}

export interface CourseControlOptions {
  library: Library | undefined;
  style: Style;
  state: () => AppState;
  show: (screen: CourseScreen) => void;
  open: (id: string, title: string) => void;
  quit: () => void;
  background: (work: Promise<void>) => void;
}

export function courseControl(options: CourseControlOptions): CourseControl {
  const { library, style, state, show, open, quit, background } = options;

  const update = ({ view, effect }: CourseUpdate) => {
    show({ name: 'course', view });
    if (!effect) return;
    if (effect.effect === 'quit') return quit();
    open(effect.id, view.items.find(({ id }) => id === effect.id)?.title ?? effect.id);
  };

  return {
    async show(last) {
      if (!library) return;
      let first = true;
      const list = (items: readonly LibraryItem[]) => {
        const { screen } = state();
        // What the reader has chosen meanwhile stays chosen; whoever has opened a lesson is not called back.
        const known = screen.name === 'course' && !first ? { ...screen.view, items } : undefined;
        if (first || known) show({ name: 'course', view: known ?? courseView(items, last) });
        first = false;
      };
      await listLessons(library, list, background);
    },
    press: ({ view }, press) => update(pressInCourse(view, press, () => lastHelpTop(state(), style))),
    mouse: (screen, event) => update(mouseInCourse(state(), screen, event, style)),
  };
}

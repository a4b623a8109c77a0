import type { Lesson } from '../../lesson/model.ts';
import { stopsOf } from './stops.ts';
import type { LessonView } from './view.ts';

/** The view on opening: where the learner was last. */
export function openView(lesson: Lesson, block: number): LessonView {
  const stops = stopsOf(lesson);
  // A lesson that has changed since has other blocks: the last place before is near enough.
  const known = block > 0 ? stops.findLast((stop) => stop > 0 && stop <= block) : undefined;
  return {
    anchor: {
      block: known === undefined ? -1 : Math.max(-1, known - 1),
      part: known === undefined ? 'title' : 'body',
      row: 0,
    },
    follow: known !== undefined,
    current: known ?? stops[0],
    mode: { name: 'read' },
    unfolded: new Set(),
    opened: new Set(),
    setAside: {},
  };
}

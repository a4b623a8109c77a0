/** What a key needs to know besides the view: the lesson, its state, and what is on the screen. */

import type { ClassroomState } from '../../board/classroom.ts';
import type { Handbook } from '../../lesson/handbook.ts';
import type { Lesson } from '../../lesson/model.ts';
import type { LaidOut } from '../../page/layout/lesson.ts';
import type { Words } from '../../page/words/choose.ts';
import type { SessionState } from '../../session/state.ts';
import type { Sheet } from '../printout/sheet.ts';
import type { Effect } from './effect.ts';
import type { MapPicture } from './map-view.ts';
import { moved } from './moves.ts';
import type { LessonView } from './view.ts';

export interface Context {
  lesson: Lesson;
  state: SessionState;
  laid: LaidOut;
  /** Rows of the window. */
  rows: number;
  words: Words;
  /** Of the course, once they are known. */
  lessons?: readonly { id: string; title: string }[];
  /** Words and commands of the course, once they are known. */
  handbook?: Handbook;
  /** The page as another view would have it. */
  lay?: (view: LessonView) => LaidOut;
  /** Of the terminal. */
  columns?: number;
  /** Rows of all that is neither header nor footer. */
  body?: number;
  /** All that a cell has printed, while it is looked at. */
  sheet?: Sheet | undefined;
  /** Rows of the window onto the map. */
  mapRows?: number;
  /** Rows of the whole map, when it is open. */
  mapHeight?: number;
  /** How far down what is looked up may be scrolled. */
  lastTop?: () => number;
  map?: MapPicture;
  /** The live class; absent outside of one. */
  classroom?: ClassroomState;
  /** The lesson is presented: its notes may be seen. */
  presenting?: boolean;
  /** Less motion is wanted: nothing moves by itself. */
  still?: boolean;
}

/** The next view, and what the world must do. */
export interface Update {
  view: LessonView;
  effects: readonly Effect[];
}

/** The first row shown after a move. */
export function scrolled(top: number, by: number, { lastTop }: Context): number {
  const last = lastTop?.() ?? Infinity;
  return moved(Math.min(last, top), by, last + 1);
}

export function only(view: LessonView): Update {
  return { view, effects: [] };
}

export function notice(view: LessonView, text: string): Update {
  return only({ ...view, notice: text });
}

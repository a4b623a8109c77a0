/** The lesson laid out for the screen as it is, and what a key needs to know of it. */

import { createLayout, type LaidOut } from '../page/layout/lesson.ts';
import type { Style } from '../page/layout/style.ts';
import type { Session } from '../session/session.ts';
import { lastTop } from './chrome/overlay.ts';
import type { ClassControl } from './class-control.ts';
import type { Knowledge } from './known.ts';
import type { AppState, Screen } from './model/app.ts';
import type { Context } from './model/context.ts';
import { frameOf, panesOf } from './model/frame.ts';
import { mapHeight } from './model/map.ts';
import { lessonAfter } from './model/stops.ts';
import type { LessonView } from './model/view.ts';

type LessonScreen = Extract<Screen, { name: 'lesson' }>;

export interface Laying {
  /** Another lesson: nothing of the one before is remembered. */
  fresh(): void;
  lay(session: Session, view: LessonView, now: number): LaidOut;
  contextOf(screen: LessonScreen): Context;
}

export interface LayingOptions {
  style: Style;
  knowledge: Knowledge;
  live: ClassControl | undefined;
  state: () => AppState;
  still: boolean;
}

export function createLaying({ style, knowledge, live, state, still }: LayingOptions): Laying {
  let layout = createLayout(style);

  const lay = (session: Session, view: LessonView, now: number) => {
    const { columns, rows } = state();
    return layout(
      session.lesson,
      session.getState(),
      {
        ...(live?.dressed(view, session.lesson) ?? view),
        ...(view.mode.name === 'write' ? { editing: view.mode } : {}),
        // Folded text is found all the same: it is shown for as long as the search lasts.
        unfolded: view.find ? new Set([...view.unfolded, ...view.find.unfolded]) : view.unfolded,
        next: lessonAfter(session.lesson, knowledge.now().lessons)?.title,
      },
      frameOf(columns, rows, panesOf(view)).page,
      now,
    );
  };

  return {
    fresh() {
      layout = createLayout(style);
    },
    lay,
    contextOf(screen) {
      const now = state();
      const { rows, mapRows, body } = frameOf(now.columns, now.rows, panesOf(screen.view));
      return {
        lesson: screen.session.lesson,
        // Not what was drawn last: a key may come before the frame that shows what the key before it did.
        state: screen.session.getState(),
        laid: screen.laid,
        rows,
        mapRows,
        body,
        sheet: screen.sheet,
        words: style.words,
        ...knowledge.now(),
        ...(live ? { classroom: live.state() } : {}),
        lay: (view) => lay(screen.session, view, now.now),
        columns: now.columns,
        mapHeight: mapHeight(screen, now, style),
        lastTop: () => lastTop(now, screen, style),
        map: screen.map,
        still,
        presenting: screen.session.presenting === true,
      };
    },
  };
}

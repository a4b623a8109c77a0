/**
 * A lesson that is opened anew while it is looked at: its author has saved it. What was seen stays until the new one is
 * there; what is typed meanwhile waits for it.
 */

import type { Lesson } from '../lesson/model.ts';
import type { LaidOut } from '../page/layout/lesson.ts';
import { anchorAt } from '../page/layout/page.ts';
import type { Session } from '../session/session.ts';
import type { AppState, Screen } from './model/app.ts';
import type { Update } from './model/context.ts';
import type { Effect } from './model/effect.ts';
import { frameOf, panesOf } from './model/frame.ts';
import { bodySpan, topRow } from './model/scroll.ts';
import { busyCell, cellAt, quizAt } from './model/stops.ts';
import type { LessonView } from './model/view.ts';

type LessonScreen = Extract<Screen, { name: 'lesson' }>;

/** What comes while it lasts is done when it is over. */
export interface Hold {
  begin(): void;
  /** True: it waits. */
  keeps(work: () => void): boolean;
  /** @param act false: nothing of it is to be done */
  end(act: boolean): void;
}

export function createHold(): Hold {
  let depth = 0;
  let waiting: (() => void)[] = [];
  return {
    begin() {
      depth += 1;
    },
    keeps(work) {
      if (depth > 0) waiting.push(work);
      return depth > 0;
    },
    end(act) {
      depth -= 1;
      if (!act) waiting = [];
      if (depth > 0) return;
      const all = waiting;
      waiting = [];
      for (const work of all) work();
    },
  };
}

/** The cell or question that keys act on, by its name. */
function nameAt(lesson: Lesson, block: number | undefined): string | undefined {
  return cellAt(lesson, block)?.id ?? quizAt(lesson, block)?.id;
}

const blockOf = ({ blocks }: Lesson, name: string): number =>
  blocks.findIndex((block) =>
    block.kind === 'cell' ? block.cell.id === name : block.kind === 'quiz' && block.quiz.id === name,
  );

export interface Renewed {
  next: Session;
  app: AppState;
  lay: (view: LessonView) => LaidOut;
  /** When the lesson was saved, in milliseconds since the epoch. */
  savedAt: number;
}

/** What is under way, or was begun after the file was saved and before anybody had noticed: meant was the new text. */
function justRun({ session, state }: LessonScreen, savedAt: number): string | undefined {
  const late = ({ id }: { id: string }) => {
    const { by, startedAt = 0 } = state.cells[id] ?? {};
    return by === 'learner' && startedAt >= savedAt;
  };
  return (busyCell(session.lesson, state) ?? session.lesson.cells.find(late))?.id;
}

/**
 * The view on the lesson as it is now: the same cell in the same row of the window, what was open is open, what was being
 * written is still being written, and a run that was cut short begins once more.
 * @param start where nothing of before is found
 */
export function viewAgain(
  before: LessonScreen,
  start: LessonView,
  { next, app, lay, savedAt }: Renewed,
): Update {
  const { view, laid, session, state } = before;
  const { lesson } = next;
  const known = next.getState();
  const name = nameAt(session.lesson, view.current);
  const block = name === undefined ? -1 : blockOf(lesson, name);
  const isThere = (cell: string) => lesson.cells.some(({ id }) => id === cell);
  const kept: LessonView = {
    ...start,
    unfolded: view.unfolded,
    opened: view.opened,
    setAside: view.setAside,
    ...(view.map ? { map: view.map } : {}),
    ...(view.mode.name === 'write' && isThere(view.mode.cell) ? { mode: view.mode } : {}),
  };
  const effects: Effect[] = view.map ? [{ effect: 'map', open: true }] : [];
  const cut = state.catchingUp ? undefined : (view.queued ?? justRun(before, savedAt));
  // What is done again in the new sandbox by itself is not done twice.
  if (cut !== undefined && isThere(cut) && known.cells[cut]?.status !== 'passed')
    effects.push({ effect: 'act', action: { do: 'run-cell', cell: cut } });
  if (block < 0 || view.current === undefined) return { view: kept, effects };
  const { rows } = frameOf(app.columns, app.rows, panesOf(view));
  const page = lay({ ...kept, current: block }).page;
  const inWindow = bodySpan(laid.page, view.current).start - topRow(view, laid, rows);
  const top = Math.max(0, bodySpan(page, block).start - inWindow);
  return { view: { ...kept, current: block, anchor: anchorAt(page, top), follow: view.follow }, effects };
}

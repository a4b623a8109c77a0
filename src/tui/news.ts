/** What the session itself has to say stands in the footer until the next key. */
import type { Words } from '../page/words/choose.ts';
import { underWay } from '../session/sandbox-changes.ts';
import type { Session } from '../session/session.ts';
import type { CellState, Notice, SessionState } from '../session/state.ts';
import type { LessonView } from './model/view.ts';

/** Adds to a view what was not said yet. */
export type News = (view: LessonView, session: Session) => LessonView;

type Watched = NonNullable<CellState['watched']>;

/** What the last look told, and whether the cell is done by it. */
function lastWatched({ cells }: SessionState): (Watched & { done: boolean }) | undefined {
  let last: (Watched & { done: boolean }) | undefined;
  for (const { watched, byHand = false } of Object.values(cells))
    if (watched && watched.at >= (last?.at ?? 0)) last = { ...watched, done: byHand };
  return last;
}

export function createNews({ told, say, notice }: Words): News {
  /** What was said of a running cell is not so any more once it has ended. */
  const stillSo = (view: LessonView, { cells }: SessionState): LessonView => {
    if (view.notice !== notice.busy && view.notice !== notice.checking) return view;
    if (Object.values(cells).some(({ status }) => underWay(status))) return view;
    const { notice: _, ...rest } = view;
    return rest;
  };

  const all = (one: Notice) => {
    const { message, next } = told(one);
    return [message, ...next].join(' ');
  };

  /** What was done in shells before the lesson was opened is no news. */
  let known: { session: Session; at: number } | undefined;
  let lastNotice: Notice | undefined;
  let lastLoss: SessionState['sandbox'] | undefined;

  /** Why there is no sandbox any more comes before everything else. */
  const newest = ({ notices = [], sandbox }: SessionState): readonly Notice[] => {
    if (sandbox.state === 'lost' && sandbox !== lastLoss) {
      lastLoss = sandbox;
      return [sandbox];
    }
    const fresh = notices.slice(lastNotice === undefined ? 0 : notices.indexOf(lastNotice) + 1);
    lastNotice = notices.at(-1);
    return fresh;
  };

  /** Checks that came to hold by what was done in a shell, or what was broken by it. */
  const holding = (session: Session): string | undefined => {
    const watched = lastWatched(session.getState());
    const before = known?.session === session ? known.at : undefined;
    known = { session, at: watched?.at ?? 0 };
    if (before === undefined || !watched || watched.at <= before) return undefined;
    if (watched.done) return notice.doneByHand;
    // what was broken is seen nowhere else while the shell covers the lesson
    const { titles, broken = [] } = watched;
    return broken.length > 0
      ? notice.nowBroken(say(broken[0]!), broken.length)
      : notice.nowHolds(say(titles[0]!), titles.length);
  };

  /** Cells that were not done at the last look. */
  let open: ReadonlySet<string> = new Set();
  /** Who has done a cell goes on: what was opened about it closes, once. */
  const closing = (view: LessonView, { cells }: SessionState): LessonView => {
    const done = Object.values(cells).filter(({ id, status }) => status === 'passed' && open.has(id));
    open = new Set(Object.values(cells).flatMap(({ id, status }) => (status === 'passed' ? [] : [id])));
    if (!done.some(({ id }) => view.opened.has(id))) return view;
    return {
      ...view,
      opened: new Set([...view.opened].filter((id) => !done.some((cell) => cell.id === id))),
    };
  };

  return (before, session) => {
    const view = stillSo(closing(before, session.getState()), session.getState());
    const held = holding(session);
    const news = newest(session.getState());
    if (news.length > 0) return { ...view, notice: news.map(all).join(' ') };
    return held === undefined ? view : { ...view, notice: held };
  };
}

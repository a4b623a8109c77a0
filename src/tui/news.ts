/** What the session itself has to say stands in the footer until the next key. */
import type { Words } from '../page/words/choose.ts';
import type { Session } from '../session/session.ts';
import type { Notice, SessionState } from '../session/state.ts';
import type { LessonView } from './model/view.ts';

/** Adds to a view what was not said yet. */
export type News = (view: LessonView, session: Session) => LessonView;

export function createNews({ say }: Words): News {
  let lastNotice: Notice | undefined;
  let lastLoss: SessionState['sandbox'] | undefined;

  /** Why there is no sandbox any more comes before everything else. */
  const newest = ({ notices, sandbox }: SessionState): Notice | undefined => {
    if (sandbox.state === 'lost' && sandbox !== lastLoss) {
      lastLoss = sandbox;
      return sandbox;
    }
    const last = notices?.at(-1);
    if (last === lastNotice) return undefined;
    lastNotice = last;
    return last;
  };

  return (view, session) => {
    const news = newest(session.getState());
    return news ? { ...view, notice: [news.message, ...news.next].map(say).join(' ') } : view;
  };
}

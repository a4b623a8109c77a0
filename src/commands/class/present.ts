/**
 * `wirebook class present URL [LESSON]`: the notebook for the projector. Where the presenter is in the lesson, the class is
 * told; the notes of the step stand behind a key, and on every board.
 */
import type { Link } from '../../board/link.ts';
import type { CoursePlace } from '../../board/outline.ts';
import { connectBoard, readBoardAddress } from '../../class/board/connect.ts';
import { stepAt } from '../../class/learner/telling.ts';
import { InputError } from '../../lib/errors.ts';
import type { Library } from '../../page/library.ts';
import { boardWords } from '../../page/words/board/choose.ts';
import { chooseWords, lessonLanguage } from '../../page/words/choose.ts';
import type { Session } from '../../session/session.ts';
import { wrapped } from '../../session/wrapped.ts';
import type { ExitCode, Io } from '../io.ts';
import { libraryOf } from '../library.ts';
import { openNotebook, openTarget } from '../notebook.ts';
import type { NotebookOptions } from '../options.ts';
import type { ClassGiven } from './arguments.ts';
import { knownPrint, linkTo } from './board.ts';
import { showing } from './showing.ts';

const PATIENCE_MS = 15_000;

/** Until the class has answered: who presents to nobody should know before they begin. */
async function welcomed(link: Link, io: Io, lang: string | undefined): Promise<void> {
  const words = boardWords((await chooseWords(lang, io.env)).name);
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => {
      const { why } = link.getState();
      stop();
      reject(
        new InputError(
          'host-not-reached',
          why ? `The class was not reached: ${why}` : 'The class was not reached.',
          ['Is `wirebook class host` running there?'],
        ),
      );
    }, PATIENCE_MS);
    const look = () => {
      const { connection, refused } = link.getState();
      if (connection !== 'open' && !refused) return;
      clearTimeout(late);
      stop();
      if (refused) reject(new InputError(`board-${refused.code}`, words.refused[refused.code], refused.next));
      else resolve();
    };
    const stop = link.subscribe(look);
    look();
  });
}

/** The session, and the class is told of each step that is come to; only of lessons that the class has. */
export function presented(session: Session, link: Pick<Link, 'getState' | 'say'>): Session {
  const { lesson } = session;
  let at: CoursePlace | undefined;
  const follow = () => {
    const step = stepAt(lesson, session.getState().block);
    const { course } = link.getState();
    if (at?.step === step || !course?.lessons.some(({ id }) => id === lesson.id)) return;
    at = { lesson: lesson.id, step };
    link.say({ type: 'where', place: at });
  };
  const stop = session.subscribe(follow);
  follow();
  return wrapped(session, {
    presenting: true,
    close() {
      stop();
      return session.close();
    },
  });
}

export async function classPresent(
  [url = '', target]: readonly string[],
  given: ClassGiven,
  options: NotebookOptions,
  io: Io,
): Promise<ExitCode> {
  const address = readBoardAddress(url);
  const print = await knownPrint(address, given, io);
  const link = linkTo(connectBoard(address, print), address.key);
  try {
    await welcomed(link, io, options.lang);
    const { course, lesson } = await openTarget(target, lessonLanguage(options.lang, io.env), io);
    const library = libraryOf(course, options, io);
    const presenting: Library = {
      ...library,
      open: async (id) => showing(presented(await library.open(id), link), link),
    };
    return await openNotebook(presenting, lesson, options, io);
  } finally {
    link.close();
  }
}

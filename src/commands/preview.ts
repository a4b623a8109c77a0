/**
 * `wirebook preview LESSON`: the notebook on a lesson that is being written. Each time the file is saved it is opened anew at
 * the same place, its cells replayed; a lesson with faults shows them until it is right again.
 */
import { dirname, join, relative } from 'node:path';
import { loadCourse } from '../lesson/course.ts';
import { originalOf } from '../lesson/files.ts';
import { identify } from '../lesson/identity.ts';
import { FaultyLesson, lessonFile } from '../lesson/load.ts';
import { InputError } from '../lib/errors.ts';
import { wirebookPaths } from '../lib/paths.ts';
import type { Library } from '../page/library.ts';
import { chooseWords, lessonLanguage } from '../page/words/choose.ts';
import type { Session } from '../session/session.ts';
import type { ExitCode, Io } from './io.ts';
import { lessonPath } from './lesson-path.ts';
import { libraryOf } from './library.ts';
import type { DriverOptions } from './options.ts';
import { watchContent } from './watch-file.ts';

/** @throws InputError `needs-terminal`, and those of a lesson that is not there */
export async function preview(target: string, options: DriverOptions, io: Io): Promise<ExitCode> {
  const tag = lessonLanguage(options.lang, io.env);
  const language = tag === undefined ? {} : { language: tag };
  const file = await lessonFile(lessonPath(target, io.cwd), language);
  const shown = relative(io.cwd, file) || file;
  if (!io.stdin.isTTY || !io.stdout.isTTY)
    throw new InputError('needs-terminal', 'A preview needs a terminal.', [
      `Its faults on lines: wirebook lint ${shown}`,
      `A walk on lines: wirebook ${shown} --plain`,
    ]);
  const course = await loadCourse(file);
  const { id } = identify(file);
  // A translation has its checks from another file, which may be saved too.
  const written = [file, originalOf(file) ?? []].flat();
  // An author's trials are no learner's progress: they are kept beside it.
  const env = { ...io.env, XDG_STATE_HOME: join(wirebookPaths(io.env).state, 'preview') };
  const library = reopening(
    libraryOf(course, { ...options, plain: false }, { ...io, env }, { author: true }),
    shown,
  );
  const { openScreen } = await import('../tui/open.ts');
  await openScreen({
    ...io,
    words: await chooseWords(options.lang, io.env),
    library,
    lesson: { id, title: relative(dirname(dirname(file)), file) },
    reload: (again) => {
      const watches = written.map((one) => watchContent(one, again));
      return () => {
        for (const end of watches) end();
      };
    },
  });
  return 0;
}

/**
 * One session at a time: the one before is closed first, as its journal holds the place. Faults are told by the file's name as
 * the author knows it.
 */
export function reopening(library: Library, shown: string): Library {
  let last: Promise<Session | undefined> = Promise.resolve(undefined);
  return {
    ...library,
    open(id) {
      const opened = last.then(async (session) => {
        await session?.close();
        return library.open(id);
      });
      last = opened.catch(() => undefined);
      return opened.catch((error: unknown) => {
        throw error instanceof FaultyLesson ? named(error, shown) : error;
      });
    },
  };
}

function named({ diagnostics }: FaultyLesson, file: string): FaultyLesson {
  return new FaultyLesson(
    file,
    diagnostics.map((fault) => ({ ...fault, place: { ...fault.place, file } })),
    'Mend the file: it is read anew as soon as it is saved.',
  );
}

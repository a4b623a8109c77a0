/** `wirebook [LESSON|COURSE]`: the terminal notebook; on lines without a terminal or with `--plain`. */
import { existsSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { vocabulary } from '../check/vocabulary.ts';
import { loadCourse, loadHandbook } from '../lesson/course.ts';
import { FaultyLesson, readLesson, requireLesson } from '../lesson/load.ts';
import type { Course } from '../lesson/model.ts';
import { PACKAGE_ROOT } from '../lib/package.ts';
import { wirebookPaths } from '../lib/paths.ts';
import { lessonText } from '../page/find/lesson-text.ts';
import type { Library, LibraryItem } from '../page/library.ts';
import { chooseWords, lessonLanguage } from '../page/words/choose.ts';
import { openJournal } from '../session/journal.ts';
import { type OpenOptions, openSession } from '../session/open.ts';
import { journalPath, readProgress, readSeed } from '../session/progress.ts';
import type { Session } from '../session/session.ts';
import { glanceAt } from './glance-at.ts';
import type { ExitCode, Io } from './io.ts';
import type { NotebookOptions } from './options.ts';

/** The course that is open, and the one lesson of it when the user named a lesson. */
interface Opened {
  course: Course;
  lesson?: { id: string; title: string };
}

async function openTarget(target: string | undefined, language: string | undefined, io: Io): Promise<Opened> {
  const options = language === undefined ? {} : { language };
  if (target === undefined) return { course: await loadCourse(join(PACKAGE_ROOT, 'lessons'), options) };
  const path = resolve(io.cwd, target);
  const course = await loadCourse(path, options);
  const only = course.lessons.length === 1 ? course.lessons[0] : undefined;
  // A course of one lesson in a folder of its own is a course all the same; a lesson's own folder or file is a lesson.
  if (!only || (only.file !== path && dirname(only.file) !== path)) return { course };
  // A lesson of a course keeps its place in it: the same progress, however it was opened.
  const around = dirname(dirname(only.file));
  const whole = existsSync(join(around, 'course.yaml')) ? await loadCourse(around, options) : course;
  return { course: whole, lesson: { id: only.id, title: course.title } };
}

/** When the journal was written last: when the lesson was last open. */
function modified(path: string): number | undefined {
  try {
    return statSync(path).mtimeMs;
  } catch {
    return undefined;
  }
}

/** @param more of the sessions that are opened from it */
export function libraryOf(
  course: Course,
  options: NotebookOptions,
  io: Io,
  more: Pick<OpenOptions, 'onEvent' | 'engine'> = {},
): Library {
  const { state } = wirebookPaths(io.env);
  const journal = (lesson: string) => journalPath({ state, course: course.path, lesson });
  const headings = new Map<string, Pick<LibraryItem, 'title' | 'summary' | 'faulty' | 'text'>>();

  /**
   * A lone learner without a wish has the numbers that everybody has: what a neighbour, a page on the net or the course's own text
   * says then fits. `--seed` gives others, to do an exercise once more; a lesson that was begun keeps its own.
   */
  const seedOf = (id: string) => {
    const seed = options.seed ?? readSeed(journal(id));
    return seed === undefined ? {} : { seed };
  };

  const heading = async (id: string, file: string) => {
    const known = headings.get(id);
    if (known) return known;
    const parsed = await readLesson(file, vocabulary, seedOf(id));
    const read = parsed.ok
      ? {
          title: parsed.lesson.title,
          summary: parsed.lesson.summary,
          text: lessonText(parsed.lesson),
          faulty: false,
        }
      : { title: id, summary: '', faulty: true };
    headings.set(id, read);
    return read;
  };

  type Heading = Awaited<ReturnType<typeof heading>>;
  const items = (headingOf: (id: string, file: string) => Promise<Heading>) =>
    Promise.all(
      course.lessons.map(async ({ id, file }): Promise<LibraryItem> => {
        const path = journal(id);
        const progress = readProgress(path);
        const openedAt = modified(path);
        return {
          id,
          ...(await headingOf(id, file)),
          finished: progress?.finished ?? false,
          ...(progress ? { cells: progress.cells, points: progress.points } : {}),
          ...(progress && openedAt !== undefined ? { openedAt } : {}),
        };
      }),
    );

  return {
    title: course.title,
    summary: course.summary ?? '',
    items: () => items(heading),
    glance: () =>
      items(async (id, file) => {
        const seen = headings.get(id) ?? (await glanceAt(file));
        return { title: id, summary: '', faulty: false, ...seen };
      }),
    handbook: () => loadHandbook(course.path, lessonLanguage(options.lang, io.env)),
    async open(id): Promise<Session> {
      const { file } = course.lessons.find((lesson) => lesson.id === id)!;
      const lesson = await requireLesson(file, vocabulary, seedOf(id));
      return openSession({
        lesson,
        driver: options.driver,
        journal: openJournal({ path: journal(id), lesson }),
        version: io.version,
        ...more,
      });
    },
  };
}

export async function notebook(
  target: string | undefined,
  options: NotebookOptions,
  io: Io,
): Promise<ExitCode> {
  const opened = await openTarget(target, lessonLanguage(options.lang, io.env), io);
  const library = libraryOf(opened.course, options, io);
  // A lesson with faults is refused on the learner's own screen, where all of them can be read.
  if (opened.lesson && !onLines(options, io)) await refuseFaulty(opened.course, opened.lesson.id);
  return openNotebook(library, opened.lesson, options, io);
}

const onLines = (options: NotebookOptions, io: Io) => options.plain || !io.stdin.isTTY || !io.stdout.isTTY;

/** The notebook on a library, at one of its lessons or at the list of them: the screen, or lines. */
export async function openNotebook(
  library: Library,
  lesson: { id: string; title: string } | undefined,
  options: NotebookOptions,
  io: Io,
): Promise<ExitCode> {
  const words = chooseWords(options.lang, io.env);
  if (onLines(options, io)) {
    const { shellOnTerminal } = await import('../tui/terminal/shell.ts');
    const { plainNotebook } = await import('../plain/notebook.ts');
    const { lost } = await plainNotebook({
      ...io,
      words,
      library,
      ...(lesson ? { lesson: lesson.id } : {}),
      shell: (session, host) => shellOnTerminal(io, session, host, words.shell),
    });
    return lost ? 3 : 0;
  }
  const { openScreen } = await import('../tui/start.tsx');
  await openScreen({ ...io, words, library, ...(lesson ? { lesson } : {}) });
  return 0;
}

async function refuseFaulty(course: Course, id: string): Promise<void> {
  const { file } = course.lessons.find((lesson) => lesson.id === id)!;
  const parsed = await readLesson(file, vocabulary);
  if (!parsed.ok) throw new FaultyLesson(file, parsed.diagnostics);
}

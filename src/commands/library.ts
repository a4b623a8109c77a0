/**
 * A course as the notebook sees it: its lessons with progress, and how one is opened. What parses lessons and what runs
 * sessions are loaded when a lesson needs them: the list, and a lesson that was kept, are there before.
 */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { loadHandbook } from '../lesson/course.ts';
import { keptLessons } from '../lesson/kept.ts';
import type { Course, Lesson } from '../lesson/model.ts';
import { WirebookError } from '../lib/errors.ts';
import { BUILD, PACKAGE_ROOT, SHIPPED_LESSONS } from '../lib/package.ts';
import { wirebookPaths } from '../lib/paths.ts';
import { isRefusal, whyRefused } from '../lib/refusal.ts';
import { lessonText } from '../page/find/lesson-text.ts';
import type { Library, LibraryItem } from '../page/library.ts';
import { lessonLanguage } from '../page/words/choose.ts';
import { glanceAtJournal } from '../session/journal/glance.ts';
import type { Journal } from '../session/journal.ts';
import type { OpenOptions } from '../session/open.ts';
import { journalPath, readProgress, readSeed } from '../session/progress.ts';
import type { Session } from '../session/session.ts';
import { glanceAt } from './glance-at.ts';
import type { Io } from './io.ts';
import type { NotebookOptions } from './options.ts';

/** Of a cell's output; as much as a sandbox lets a cell print. */
const SEAT_BYTES = 16 * 1024 * 1024;

/** When the journal was written last: when the lesson was last open. */
function modified(path: string): number | undefined {
  try {
    return statSync(path).mtimeMs;
  } catch {
    return undefined;
  }
}

/** @throws FaultyLesson and whatever else a file that is to be a lesson can be */
async function parsed(file: string, seed: { seed?: string }): Promise<Lesson> {
  const [{ vocabulary }, { requireLesson }] = await Promise.all([
    import('../check/vocabulary.ts'),
    import('../lesson/load.ts'),
  ]);
  return requireLesson(file, vocabulary, seed);
}

/** @param more of the sessions that are opened from it */
export function libraryOf(
  course: Course,
  options: NotebookOptions,
  io: Io,
  more: Pick<OpenOptions, 'onEvent' | 'engine' | 'author'> = {},
): Library {
  const { state, cache } = wirebookPaths(io.env);
  const kept = keptLessons(
    BUILD === undefined
      ? undefined
      : { folder: join(cache, 'lessons'), build: BUILD, root: PACKAGE_ROOT, shipped: SHIPPED_LESSONS },
  );
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

  /** As its file is now. */
  const lessonOf = async (id: string, file: string) => {
    const seed = seedOf(id);
    return kept.get(file, seed.seed, () => parsed(file, seed));
  };

  const fileOf = (id: string) => course.lessons.find((lesson) => lesson.id === id)!.file;

  const heading = async (id: string, file: string) => {
    const known = headings.get(id);
    if (known) return known;
    const read = await lessonOf(id, file).then(
      (lesson) => ({
        title: lesson.title,
        summary: lesson.summary,
        text: lessonText(lesson),
        faulty: false,
      }),
      (error: unknown) => {
        if (error instanceof WirebookError && error.code === 'lesson-faulty')
          return { title: id, summary: '', faulty: true };
        throw error;
      },
    );
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
    async begin(id) {
      const lesson = await lessonOf(id, fileOf(id));
      return { lesson, state: glanceAtJournal(journal(id), lesson, Date.now()) };
    },
    async open(id): Promise<Session> {
      const lesson = await lessonOf(id, fileOf(id));
      const [{ openSession }, { openJournal }] = await Promise.all([
        import('../session/open.ts'),
        import('../session/journal.ts'),
      ]);
      return openSession({
        lesson,
        driver: options.driver,
        ...keptIn(() => openJournal({ path: journal(id), lesson })),
        version: io.version,
        // A place that a class's host offers: its disk is shared by all of them.
        ...(io.env.WIREBOOK_SEAT && { printoutLimit: SEAT_BYTES }),
        ...more,
      });
    },
  };
}

/** Where the system lets nothing be kept (a full disk, no right), a lesson opens all the same, and says so. */
function keptIn(open: () => Journal): Pick<OpenOptions, 'journal' | 'notKept'> {
  try {
    return { journal: open() };
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return { notKept: whyRefused(error) };
  }
}

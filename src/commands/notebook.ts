/** `wirebook [LESSON|COURSE]`: the terminal notebook; on lines without a terminal or with `--plain`. */
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Classroom } from '../board/classroom.ts';
import { loadCourse } from '../lesson/course.ts';
import type { Course } from '../lesson/model.ts';
import { PACKAGE_ROOT } from '../lib/package.ts';
import type { Library } from '../page/library.ts';
import { chooseWords, lessonLanguage } from '../page/words/choose.ts';
import type { ExitCode, Io } from './io.ts';
import { libraryOf } from './library.ts';
import type { NotebookOptions } from './options.ts';

/** The course that is open, and the one lesson of it when the user named a lesson. */
interface Opened {
  course: Course;
  lesson?: { id: string; title: string };
}

export async function openTarget(
  target: string | undefined,
  language: string | undefined,
  io: Io,
): Promise<Opened> {
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

export async function notebook(
  target: string | undefined,
  options: NotebookOptions,
  io: Io,
): Promise<ExitCode> {
  const opened = await openTarget(target, lessonLanguage(options.lang, io.env), io);
  const library = libraryOf(opened.course, options, io);
  // A lesson with faults is refused on the learner's own screen, where all of them can be read.
  if (opened.lesson && !onLines(options, io)) await library.begin?.(opened.lesson.id);
  return openNotebook(library, opened.lesson, options, io);
}

const onLines = (options: NotebookOptions, io: Io) => options.plain || !io.stdin.isTTY || !io.stdout.isTTY;

/** The notebook on a library, at one of its lessons or at the list of them: the screen, or lines. */
export async function openNotebook(
  library: Library,
  lesson: { id: string; title: string } | undefined,
  options: NotebookOptions,
  io: Io,
  /** The live class that it is part of. */
  classroom?: Classroom,
): Promise<ExitCode> {
  const words = await chooseWords(options.lang, io.env);
  if (onLines(options, io)) {
    const { shellOnTerminal } = await import('../tui/terminal/shell.ts');
    const { plainNotebook } = await import('../plain/notebook.ts');
    const { lost } = await plainNotebook({
      ...io,
      words,
      library,
      ...(lesson ? { lesson: lesson.id } : {}),
      ...(classroom ? { classroom } : {}),
      shell: (session, host) => shellOnTerminal(io, session, host, words.shell),
    });
    return lost ? 3 : 0;
  }
  const { openScreen } = await import('../tui/open.ts');
  await openScreen({
    ...io,
    words,
    library,
    ...(lesson ? { lesson } : {}),
    ...(classroom ? { classroom } : {}),
  });
  return 0;
}

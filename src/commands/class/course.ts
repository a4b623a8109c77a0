/** The course of a class: its outline, and what the author has written for whoever presents it. */
import { join } from 'node:path';
import type { CourseNotes } from '../../board/notes.ts';
import { notesOf } from '../../board/notes.ts';
import { type CourseOutline, outlineOf } from '../../board/outline.ts';
import { vocabulary } from '../../check/vocabulary.ts';
import { loadCourse } from '../../lesson/course.ts';
import { FaultyLesson, readLesson } from '../../lesson/load.ts';
import { PACKAGE_ROOT } from '../../lib/package.ts';
import { lessonLanguage } from '../../page/words/choose.ts';
import type { Io } from '../io.ts';
import { lessonPath } from '../lesson-path.ts';

export interface ClassCourse {
  /** Where it lies. */
  path: string;
  outline: CourseOutline;
  notes: CourseNotes;
}

/** @throws FaultyLesson, for the first lesson that has faults; InputError as `loadCourse` */
export async function loadClassCourse(
  target: string | undefined,
  lang: string | undefined,
  io: Pick<Io, 'cwd' | 'env'>,
): Promise<ClassCourse> {
  const path = target === undefined ? join(PACKAGE_ROOT, 'lessons') : lessonPath(target, io.cwd);
  const language = lessonLanguage(lang, io.env);
  const course = await loadCourse(path, language === undefined ? {} : { language });
  const lessons = await Promise.all(
    course.lessons.map(async ({ file }) => {
      const parsed = await readLesson(file, vocabulary);
      if (!parsed.ok) throw new FaultyLesson(file, parsed.diagnostics);
      return parsed.lesson;
    }),
  );
  const [only] = lessons;
  return {
    path,
    outline: {
      // A lesson alone is called by its own name.
      title: lessons.length === 1 ? only!.title : course.title,
      lessons: lessons.map(outlineOf),
    },
    notes: Object.fromEntries(lessons.map((lesson) => [lesson.id, notesOf(lesson)])),
  };
}

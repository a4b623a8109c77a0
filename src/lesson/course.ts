/**
 * A course: a folder of lessons with an order, its name in course.yaml, in other languages in course.zh-CN.yaml. Who reads
 * YAML is loaded where it is needed: the list of a course does without.
 */
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { decodeText } from '../lib/text.ts';
import {
  chooseLanguage,
  courseFilesIn,
  findLessonFiles,
  type LessonFile,
  languagesIn,
  reading,
} from './files.ts';
import { type Handbook, parseHandbook } from './handbook.ts';
import { type Heading, headingOfCourse } from './heading.ts';
import type { LoadOptions } from './load.ts';
import type { Course } from './model.ts';

/** @throws FaultyLesson */
async function courseFields(folder: string, language: string | undefined): Promise<Heading | undefined> {
  const files = await courseFilesIn(folder);
  if (files.length === 0) return undefined;
  const { file } = chooseLanguage(files, language);
  const text = decodeText(await reading(file, () => readFileSync(file)));
  const heading = headingOfCourse(text);
  if (heading) return heading;
  const { parseCourse } = await import('./course-file.ts');
  const { fields, diagnostics } = parseCourse(file, text);
  if (fields) return fields;
  const { FaultyLesson } = await import('./load.ts');
  throw new FaultyLesson(file, diagnostics);
}

/** One file a lesson, in the wanted language. */
function inLanguage(files: readonly LessonFile[], wanted: string | undefined): LessonFile[] {
  const byId = Map.groupBy(files, (file) => file.id);
  return [...byId.values()].map((same) => chooseLanguage(same, wanted));
}

/**
 * The lessons of a folder in order. A lesson's own folder or file is a course of one.
 * The lessons themselves are not read.
 * @throws InputError as `findLessonFiles`; FaultyLesson for a course.yaml with faults
 */
export async function loadCourse(path: string, { language }: LoadOptions = {}): Promise<Course> {
  const files = await findLessonFiles(path);
  const single = (files.length === 1 && files[0]!.file === path) || (await isLesson(path));
  const fields = single ? undefined : await courseFields(path, language);
  const lessons = inLanguage(files, language).map((file) => ({
    id: file.id,
    file: file.file,
    language: file.language ?? 'en',
  }));
  const title = fields?.title ?? (single ? lessons[0]!.id : basename(resolve(path)) || path);
  const folder = files[0]!.file === path ? dirname(path) : path;
  return { path: folder, title, ...(fields?.summary ? { summary: fields.summary } : {}), lessons };
}

/** Glossary and cheat sheet of a course in a language, each in English where it is not there in that. */
export async function loadHandbook(folder: string, language: string | undefined): Promise<Handbook> {
  const parts = ['GLOSSARY', 'CHEATSHEET'].map(async (name) => {
    const [base] = language?.split('-') ?? [];
    for (const tag of [language, base, undefined]) {
      const file = join(folder, tag === undefined ? `${name}.md` : `${name}.${tag}.md`);
      const bytes = await readFile(file).catch(() => undefined);
      if (bytes) return parseHandbook(decodeText(bytes));
    }
    return [];
  });
  return (await Promise.all(parts)).flat();
}

async function isLesson(path: string): Promise<boolean> {
  return (await languagesIn(path)).length > 0;
}

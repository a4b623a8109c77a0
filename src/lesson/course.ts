/** A course: a folder of lessons with an order, its name in course.yaml, in other languages in course.zh-CN.yaml. */
import { readFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import { decodeText } from '../lib/text.ts';
import { Faults } from './faults.ts';
import {
  chooseLanguage,
  courseFilesIn,
  findLessonFiles,
  type LessonFile,
  languagesIn,
  reading,
} from './files.ts';
import { readFields } from './frontmatter.ts';
import { type Handbook, parseHandbook } from './handbook.ts';
import { FaultyLesson, type LoadOptions } from './load.ts';
import type { Course, Diagnostic } from './model.ts';
import { readYaml } from './yaml.ts';

export const courseSchema = z.strictObject({
  title: z
    .string()
    .trim()
    .min(1, 'Nothing but blanks.')
    .meta({ description: 'The course’s name.', examples: ['A packet’s way'] }),
  summary: z
    .string()
    .trim()
    .optional()
    .meta({
      description: 'What it teaches, in one or two sentences.',
      examples: ['From one cable to a cluster.'],
    }),
});

type CourseFields = z.output<typeof courseSchema>;

/** Pure: the text of a course.yaml to its fields, or to its faults. */
export function parseCourse(
  file: string,
  text: string,
): { fields?: CourseFields; diagnostics: Diagnostic[] } {
  const lines = text.replace(/^\ufeff/, '').split(/\r\n|\r|\n/);
  const faults = new Faults(file, lines);
  const tree = readYaml({ lines, line: 1 }, faults);
  const fields = tree && readFields(tree, courseSchema, faults, { line: 1, column: 1, length: 1 });
  return { ...(fields ? { fields } : {}), diagnostics: faults.inOrder() };
}

type CourseFile = { file: string } & ReturnType<typeof parseCourse>;

async function readCourseFile(file: string): Promise<CourseFile> {
  const bytes = await reading(file, () => readFile(file));
  return { file, ...parseCourse(file, decodeText(bytes)) };
}

/** course.yaml and its languages; none where the folder is no course by name. */
export async function readCourseFiles(folder: string): Promise<CourseFile[]> {
  return Promise.all((await courseFilesIn(folder)).map(({ file }) => readCourseFile(file)));
}

/** @throws FaultyLesson */
async function courseFields(folder: string, language: string | undefined): Promise<CourseFields | undefined> {
  const files = await courseFilesIn(folder);
  if (files.length === 0) return undefined;
  const course = await readCourseFile(chooseLanguage(files, language).file);
  if (!course.fields) throw new FaultyLesson(course.file, course.diagnostics);
  return course.fields;
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

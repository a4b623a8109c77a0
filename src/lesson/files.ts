/**
 * Finds lesson files on the disk. Nothing is read of them here. It is looked without giving way: a few folders are known sooner
 * than as many answers come back through a pool of threads, and the first page waits for them.
 */
import { readdirSync, type Stats, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { InputError } from '../lib/errors.ts';
import { nextForMissing } from '../lib/missing.ts';
import { whyRefused } from '../lib/refusal.ts';
import { sortedByName } from './by-name.ts';
import { identify, stemOf } from './identity.ts';

/** One lesson in one language. `language` is undefined when the file's name does not say it. */
export interface LessonFile {
  id: string;
  file: string;
  language?: string;
}

const LESSON = /^lesson(?:\.[a-z]{2}(?:-[A-Za-z0-9]{2,8})*)?\.md$/;

const COURSE = /^course(?:\.([a-z]{2}(?:-[A-Za-z0-9]{2,8})*))?\.yaml$/;

/** README.md, CONTRIBUTING.md and such lie beside lessons and are none. */
const HOUSE = /^[A-Z][A-Z_-]*(\.[a-z-]+)?\.md$/i;
const isHouse = (name: string): boolean =>
  HOUSE.test(name) && name.split('.')[0] === name.split('.')[0]!.toUpperCase();

/** The user's words for what the system refused. */
function asInputError(error: unknown, path: string): unknown {
  const { code } = error as NodeJS.ErrnoException;
  const options = { cause: error };
  switch (code) {
    case 'EACCES':
    case 'EPERM':
      return new InputError(
        'lesson-not-readable',
        `${path} may not be read.`,
        `Look at its rights: ls -ld ${path}`,
        options,
      );
    case 'ELOOP':
      return new InputError('lesson-not-found', `${path} is a link that leads to itself.`, [], options);
    case 'ENAMETOOLONG':
      return new InputError('lesson-not-found', `The path is too long: ${path.slice(0, 60)}…`, [], options);
    default:
      return typeof code === 'string'
        ? new InputError(
            'lesson-not-readable',
            `${path} could not be read: ${whyRefused(error)}.`,
            [],
            options,
          )
        : error;
  }
}

/** Runs something that reads `path`; what the system refuses becomes an InputError. */
export async function reading<T>(path: string, read: () => T | Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR')
      throw new InputError('lesson-not-found', `${path} is not there.`, nextForMissing(path));
    throw asInputError(error, path);
  }
}

/** Undefined where it cannot be read. */
function namesIn(folder: string): string[] | undefined {
  try {
    return readdirSync(folder);
  } catch {
    return undefined;
  }
}

function statOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

async function entries(folder: string): Promise<string[]> {
  const names = await reading(folder, () => readdirSync(folder));
  return sortedByName(names.filter((name) => !name.startsWith('.') && name !== 'node_modules'));
}

/** `lesson.md` and its languages in one folder. */
export async function languagesIn(folder: string): Promise<LessonFile[]> {
  const names = await entries(folder);
  return names
    .filter((name) => LESSON.test(name))
    .map((name) => ({ ...identify(join(folder, name)), file: join(folder, name) }));
}

/** `course.yaml` and its languages. */
export async function courseFilesIn(folder: string): Promise<LessonFile[]> {
  const names = await entries(folder);
  return names.flatMap((name) => {
    const [, language] = COURSE.exec(name) ?? [];
    if (!COURSE.test(name)) return [];
    return [{ id: 'course', file: join(folder, name), ...(language === undefined ? {} : { language }) }];
  });
}

/** Every lesson file of a course folder, in order; one of a folder `lesson.*`, or a Markdown file beside them. */
export async function lessonsIn(folder: string): Promise<LessonFile[]> {
  const found: LessonFile[] = [];
  for (const name of await entries(folder)) {
    const path = join(folder, name);
    if (statOf(path)?.isDirectory()) found.push(...(await languagesIn(path)));
    else if (/\.(md|markdown)$/.test(name) && !isHouse(name)) found.push({ ...identify(path), file: path });
  }
  return found;
}

/**
 * Every lesson file that a path stands for, in all languages: a file, a lesson's folder, or a course.
 * @throws InputError `lesson-not-found`, `lesson-not-readable`, `no-lessons`, `not-a-file`
 */
export async function findLessonFiles(path: string): Promise<LessonFile[]> {
  const found = await reading(path, () => statSync(path));
  if (found.isFile()) return [{ ...identify(path), file: path }];
  if (!found.isDirectory())
    throw new InputError(
      'not-a-file',
      `${path} is neither a file nor a folder.`,
      'Give the .md file of a lesson, or a folder of lessons.',
    );
  const own = await languagesIn(path);
  const files = own.length > 0 ? own : await lessonsIn(path);
  if (files.length > 0) return files;
  throw new InputError('no-lessons', `The folder ${path} holds no lessons.`, [
    'A lesson is <name>/lesson.md or <name>.md.',
    `Begin one: wirebook new ${join(path, '01-first')}`,
  ]);
}

/**
 * What a file is a translation of: `lesson.md` is the original of `lesson.zh-CN.md`; where every file names its language,
 * the English one is. Undefined for an original.
 */
export function originalOf(file: string): string | undefined {
  const { language } = identify(file);
  if (language === undefined) return undefined;
  const stem = stemOf(file);
  const folder = dirname(file);
  const names = new Set(namesIn(folder));
  const plain = [`${stem}.md`, `${stem}.markdown`, ...(language === 'en' ? [] : [`${stem}.en.md`])];
  const name = plain.find((candidate) => names.has(candidate));
  return name === undefined ? undefined : join(folder, name);
}

const baseOf = (tag: string): string => tag.split('-')[0]!.toLowerCase();

/** Whether a file is in this language: `zh` and `zh-TW` are met by `zh-CN` too, as nothing nearer is written. */
export function speaks(file: Pick<LessonFile, 'language'>, wanted: string): boolean {
  return baseOf(file.language ?? 'en') === baseOf(wanted);
}

/** The file of a lesson in the wanted language: exactly that one, its base (`zh` for `zh-CN`), else the plain one. */
export function chooseLanguage(files: readonly LessonFile[], wanted: string | undefined): LessonFile {
  const find = (tag: string | undefined) =>
    files.find((file) => file.language?.toLowerCase() === tag?.toLowerCase());
  const base = wanted?.split('-')[0];
  const kin = base && files.find((file) => file.language?.split('-')[0] === base);
  return (wanted && find(wanted)) || kin || find(undefined) || find('en') || files[0]!;
}

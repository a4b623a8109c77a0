/** Reads a lesson from the disk. The only place where a lesson meets the file system; `parse.ts` does the rest. */
import { open, stat } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { InputError } from '../lib/errors.ts';
import { formatDiagnostics } from './diagnostic.ts';
import { chooseLanguage, findLessonFiles, languagesIn, originalOf, reading } from './files.ts';
import { identify, stemOf } from './identity.ts';
import { parseKey, withKey } from './key.ts';
import type { CheckVocabulary, Diagnostic, Lesson, LessonKey, ParsedKey, ParsedLesson } from './model.ts';
import { type ParseOptions, parseLesson } from './parse.ts';
import { SIZE_LIMIT, tooBig } from './source.ts';
import { type ParsedKeyWords, parseKeyWords } from './translation/key-words.ts';
import { parseTranslation } from './translation/parse.ts';

export interface LoadOptions extends ParseOptions {
  /** BCP 47; a lesson without it is read in its plain language. */
  language?: string;
}

/** The files' own faults, as an error for those who need a lesson and nothing else. */
export class FaultyLesson extends InputError {
  readonly diagnostics: readonly Diagnostic[];
  readonly #head: string;

  constructor(file: string, diagnostics: readonly Diagnostic[], next: string | readonly string[] = []) {
    const errors = diagnostics.filter((fault) => fault.severity === 'error').length;
    const count = errors === 1 ? 'a fault' : `${errors} faults`;
    const head = `${file} has ${count}, so nothing of it is run.`;
    super('lesson-faulty', `${head}\n\n${formatDiagnostics(diagnostics)}`, next);
    this.diagnostics = diagnostics;
    this.#head = head;
  }

  override told(say: (sentence: string) => string): string {
    return `${say(this.#head)}\n\n${formatDiagnostics(this.diagnostics, { say })}`;
  }
}

/** At most one byte more than the limit, however big the file is or grows. */
async function readBounded(file: string): Promise<Uint8Array | { size: number }> {
  await using handle = await open(file);
  const { size } = await handle.stat();
  if (size > SIZE_LIMIT) return { size };
  const chunks: Uint8Array[] = [];
  let total = 0;
  for await (const chunk of handle.createReadStream({ end: SIZE_LIMIT, autoClose: false })) {
    chunks.push(chunk as Uint8Array);
    total += (chunk as Uint8Array).length;
  }
  return total > SIZE_LIMIT ? { size: total } : Buffer.concat(chunks);
}

const OTHER_SEEDS = ['one', 'other', 'third'] as const;

async function parseFile(file: string, parse: (bytes: Uint8Array) => ParsedLesson): Promise<ParsedLesson> {
  const bytes = await reading(file, () => readBounded(file));
  return bytes instanceof Uint8Array ? parse(bytes) : { ok: false, diagnostics: [tooBig(file, bytes.size)] };
}

/**
 * Reads and parses exactly this file, a translation together with its original. Faults are data, in the original as well;
 * a file that cannot be read is an InputError.
 */
export async function readLesson(
  file: string,
  vocabulary: CheckVocabulary,
  options: ParseOptions = {},
): Promise<ParsedLesson> {
  const beside = originalOf(file);
  if (beside === undefined) return parseFile(file, (bytes) => parseLesson(file, bytes, vocabulary, options));
  const read = async (seed: string | undefined): Promise<ParsedLesson> => {
    let source = '';
    const original = await parseFile(beside, (bytes) => {
      source = Buffer.from(bytes).toString('utf8');
      return parseLesson(beside, bytes, vocabulary, seed === undefined ? {} : { seed });
    });
    return original.ok
      ? parseFile(file, (bytes) => parseTranslation(file, bytes, original.lesson, source))
      : original;
  };
  const parsed = await read(options.seed);
  if (!parsed.ok || !parsed.lesson.params) return parsed;
  // A value written out where the original has its param is right for one seed, and wrong for the next.
  const others = await Promise.all(OTHER_SEEDS.map((seed) => read(seed)));
  return others.find((other) => !other.ok) ?? parsed;
}

/** Where the hidden checks of a lesson's file lie, for all its languages. */
export function keyPath(file: string): string {
  return join(dirname(file), `${stemOf(file)}.key.yaml`);
}

/** What may not be read is there all the same: reading it says why. */
function isThere(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    (error: NodeJS.ErrnoException) => error.code !== 'ENOENT' && error.code !== 'ENOTDIR',
  );
}

/** The hidden checks of a lesson; undefined when it has none. Faults are data. */
export async function readKey(lesson: Lesson, vocabulary: CheckVocabulary): Promise<ParsedKey | undefined> {
  const file = keyPath(lesson.file);
  if (!(await isThere(file))) return undefined;
  const bytes = await reading(file, () => readBounded(file));
  if (!(bytes instanceof Uint8Array)) return { ok: false, diagnostics: [tooBig(file, bytes.size)] };
  return parseKey(file, bytes, lesson, vocabulary);
}

/** The words of a key for a translation; undefined for an original. */
export function keyWordsPath(file: string): string | undefined {
  const { language } = identify(file);
  return language === undefined ? undefined : join(dirname(file), `${stemOf(file)}.key.${language}.yaml`);
}

/** The key in the lesson's own language, where somebody has written its words. */
async function inItsWords(key: LessonKey, lesson: Lesson): Promise<ParsedKeyWords> {
  const file = keyWordsPath(lesson.file);
  if (file === undefined || !(await isThere(file))) return { ok: true, key };
  const bytes = await reading(file, () => readBounded(file));
  if (!(bytes instanceof Uint8Array)) return { ok: false, diagnostics: [tooBig(file, bytes.size)] };
  return parseKeyWords(file, bytes, key, lesson);
}

/** As `readLesson`, the hidden checks with the lesson's own: for tests and graders, never for a learner's notebook. */
export async function readKeyed(
  file: string,
  vocabulary: CheckVocabulary,
  options: ParseOptions = {},
): Promise<ParsedLesson> {
  const parsed = await readLesson(file, vocabulary, options);
  const key = parsed.ok ? await readKey(parsed.lesson, vocabulary) : undefined;
  if (!parsed.ok || !key) return parsed;
  if (!key.ok) return { ok: false, diagnostics: [...parsed.warnings, ...key.diagnostics] };
  const own = await inItsWords(key.key, parsed.lesson);
  if (!own.ok) return { ok: false, diagnostics: [...parsed.warnings, ...own.diagnostics] };
  return {
    ok: true,
    lesson: withKey(parsed.lesson, own.key),
    warnings: [...parsed.warnings, ...key.warnings],
  };
}

/** As the user would write it, who stands in this folder. */
const shown = (path: string): string => {
  const here = relative(process.cwd(), path);
  return here === '' || here.startsWith('..') ? path : here;
};

/** The one file that a path stands for. */
export async function lessonFile(path: string, { language }: LoadOptions = {}): Promise<string> {
  const files = await findLessonFiles(path);
  if (files.length === 1 && files[0]!.file === path) return path;
  if ((await languagesIn(path)).length > 0) return chooseLanguage(files, language).file;
  const names = [...new Set(files.map((file) => shown(file.file)))];
  throw new InputError(
    'lesson-is-course',
    `${shown(path)} is a folder of lessons; here one lesson is wanted.`,
    [
      'Name one of them:',
      ...names.slice(0, 12),
      ...(names.length > 12 ? [`and ${names.length - 12} more`] : []),
    ],
  );
}

/**
 * A lesson by its file, or by its folder (`lesson.<language>.md`, else `lesson.md`).
 * @throws InputError `lesson-not-found`, `lesson-not-readable`, `no-lessons`, `lesson-is-course`, `not-a-file`
 */
export async function loadLesson(
  path: string,
  vocabulary: CheckVocabulary,
  options: LoadOptions = {},
): Promise<ParsedLesson> {
  return readLesson(await lessonFile(path, options), vocabulary, options);
}

/** As `loadLesson`, for those who can do nothing with a faulty one. @throws FaultyLesson as well */
export async function requireLesson(
  path: string,
  vocabulary: CheckVocabulary,
  options: LoadOptions = {},
): Promise<Lesson> {
  const file = await lessonFile(path, options);
  const parsed = await readLesson(file, vocabulary, options);
  if (parsed.ok) return parsed.lesson;
  throw new FaultyLesson(file, parsed.diagnostics);
}

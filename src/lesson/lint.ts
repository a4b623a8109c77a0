/** All faults of all lessons under some paths, without running anything. */
import { readdir, readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { InputError } from '../lib/errors.ts';
import { decodeText } from '../lib/text.ts';
import { parseCourse } from './course-file.ts';
import { courseFilesIn, findLessonFiles, reading } from './files.ts';
import { keyPath, keyWordsPath, readKeyed } from './load.ts';
import type { CheckVocabulary, Diagnostic } from './model.ts';

export interface LintResult {
  /** Lesson files that were read. */
  files: number;
  diagnostics: readonly Diagnostic[];
}

/** A path that holds no lesson is a fault among the others, so that one wrong path does not hide the rest. */
function pathFault(path: string, error: InputError): Diagnostic {
  const place = { file: path, line: 1, column: 1 };
  const instead = error.next.length > 0 ? { instead: error.next.join(' ') } : {};
  return {
    code: error.code,
    severity: 'error',
    message: error.message,
    place,
    length: 1,
    source: '',
    ...instead,
  };
}

/** Of course.yaml and its languages; none where the folder is no course by name. */
async function courseFaults(folder: string): Promise<Diagnostic[]> {
  const faults = (await courseFilesIn(folder)).map(async ({ file }) => {
    const text = decodeText(await reading(file, () => readFile(file)));
    return parseCourse(file, text).diagnostics;
  });
  return (await Promise.all(faults)).flat();
}

async function lintPath(path: string, vocabulary: CheckVocabulary): Promise<LintResult> {
  const files = await findLessonFiles(path);
  const diagnostics: Diagnostic[] = [];
  if ((await stat(path)).isDirectory()) diagnostics.push(...(await courseFaults(path)));
  for (const { file } of files) {
    const parsed = await readKeyed(file, vocabulary);
    diagnostics.push(...(parsed.ok ? parsed.warnings : parsed.diagnostics));
  }
  diagnostics.push(...(await keysAlone(files.map(({ file }) => file))));
  return { files: files.length, diagnostics: once(diagnostics) };
}

/** A lesson's languages have one key: its faults are told once. */
function once(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const id = ({ code, message, place }: Diagnostic) => JSON.stringify([code, message, place]);
  return [...new Map(diagnostics.map((fault) => [id(fault), fault])).values()];
}

/** A key that is beside no lesson of its name is read by nobody. */
async function keysAlone(files: readonly string[]): Promise<Diagnostic[]> {
  const used = new Set(files.flatMap((file) => [keyPath(file), keyWordsPath(file)]));
  const folders = [...new Set(files.map((file) => dirname(file)))];
  const found = await Promise.all(
    folders.map(async (folder) => (await readdir(folder)).map((name) => join(folder, name))),
  );
  return found
    .flat()
    .filter((file) => /\.key(\.[A-Za-z-]+)?\.ya?ml$/.test(file) && !used.has(file))
    .map((file) => ({
      code: 'key-without-lesson',
      severity: 'warning' as const,
      message: 'No lesson has this key, so nobody reads it.',
      place: { file, line: 1, column: 1 },
      length: 1,
      source: '',
      instead: 'a key is called after its lesson: `lesson.key.yaml` beside `lesson.md`',
    }));
}

export async function lintPaths(paths: readonly string[], vocabulary: CheckVocabulary): Promise<LintResult> {
  const results: LintResult[] = [];
  for (const path of new Set(paths)) {
    try {
      results.push(await lintPath(path, vocabulary));
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      results.push({ files: 0, diagnostics: [pathFault(path, error)] });
    }
  }
  return {
    files: results.reduce((sum, result) => sum + result.files, 0),
    diagnostics: results.flatMap((result) => result.diagnostics),
  };
}

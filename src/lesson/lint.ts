/** All faults of all lessons under some paths, without running anything. */
import { stat } from 'node:fs/promises';
import { InputError } from '../lib/errors.ts';
import { readCourseFile } from './course.ts';
import { findLessonFiles } from './files.ts';
import { readLesson } from './load.ts';
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

async function lintPath(path: string, vocabulary: CheckVocabulary): Promise<LintResult> {
  const files = await findLessonFiles(path);
  const diagnostics: Diagnostic[] = [];
  if ((await stat(path)).isDirectory())
    diagnostics.push(...((await readCourseFile(path))?.diagnostics ?? []));
  for (const { file } of files) {
    const parsed = await readLesson(file, vocabulary);
    diagnostics.push(...(parsed.ok ? parsed.warnings : parsed.diagnostics));
  }
  return { files: files.length, diagnostics };
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

/** Where the results of a lesson are kept when nobody says: the same folder each time, so that grading goes on. */
import { createHash } from 'node:crypto';
import { join, resolve } from 'node:path';
import type { Lesson } from '../../lesson/model.ts';
import { wirebookPaths } from '../../lib/paths.ts';
import type { Io } from '../io.ts';

export function resultsFolder(
  lesson: Lesson,
  given: string | undefined,
  io: Pick<Io, 'env' | 'cwd'>,
): string {
  if (given !== undefined) return resolve(io.cwd, given);
  const digest = createHash('sha256').update(resolve(io.cwd, lesson.file)).digest('hex').slice(0, 8);
  return join(wirebookPaths(io.env).state, 'grades', `${lesson.id}-${digest}`);
}

/** A lesson as the user names it: a path, or the id of a lesson of the course that Wirebook brings. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { PACKAGE_ROOT } from '../lib/package.ts';

export function lessonPath(target: string, cwd: string): string {
  const path = resolve(cwd, target);
  const brought = join(PACKAGE_ROOT, 'lessons', target);
  return !existsSync(path) && /^[\w.-]+$/.test(target) && existsSync(brought) ? brought : path;
}

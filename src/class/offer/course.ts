/** The course as learners on the host may see it: a copy without what answers are checked by. */
import { cpSync, existsSync, lstatSync, readdirSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { makeFolder } from '../../lib/folders.ts';

/** Keys of lessons, what belongs to a checkout, and what is hidden. */
const isKept = (name: string): boolean =>
  /\.key(\.[\w-]+)?\.ya?ml$/.test(name) || /^\.|^node_modules$/.test(name);

/**
 * @param path of a course, of a lesson's folder, or of its file
 * @returns what stands for it in the copy, relative to it
 */
export function copyCourse(path: string, into: string): string {
  const isFile = statSync(path).isFile();
  const own = isFile ? dirname(path) : path;
  // A lesson of a course stays in it: its place is known by the course around it.
  const around = dirname(own);
  const isOfCourse = !existsSync(join(own, 'course.yaml')) && existsSync(join(around, 'course.yaml'));
  const from = isOfCourse ? around : own;
  rmSync(into, { recursive: true, force: true });
  makeFolder(into, 0o755);
  for (const name of readdirSync(from).filter((name) => !isKept(name)))
    cpSync(join(from, name), join(into, name), {
      recursive: true,
      // What a link leads to need not be of the course.
      filter: (source) => !isKept(basename(source)) && !lstatSync(source).isSymbolicLink(),
    });
  return join(isOfCourse ? basename(own) : '', isFile ? basename(path) : '');
}

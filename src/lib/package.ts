/** Where Wirebook's own files lie: the same from src/, from dist/ and from an installed package. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

function findRoot(): string {
  const here = dirname(fileURLToPath(import.meta.url));
  for (let folder = here; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json')) && existsSync(join(folder, 'bin', 'wirebook.js')))
      return folder;
    if (folder === dirname(folder)) throw new Error(`no package.json of Wirebook above ${here}`);
  }
}

/** The folder that holds package.json, lessons/ and sandbox/. */
export const PACKAGE_ROOT: string = findRoot();

/** The lessons that Wirebook brings, as its build has parsed them. */
export const SHIPPED_LESSONS: string = join(PACKAGE_ROOT, 'dist', 'lessons');

export function packageVersion(): string {
  const text = readFileSync(join(PACKAGE_ROOT, 'package.json'), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

/** Put in by the bundler; there is none where the sources run as they are. */
declare const WIREBOOK_BUILD: string;

/** Tells one build from every other, also of the same version: what a build keeps for itself is named by it. */
export const BUILD: string | undefined = typeof WIREBOOK_BUILD === 'undefined' ? undefined : WIREBOOK_BUILD;

/** What to do where a path leads to nothing. */
import { readdirSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { suggest } from './suggest.ts';

/** The nearest name of what is there instead, at the first part of the path that is wrong; else where to look. */
export function nextForMissing(path: string): string[] {
  const folder = dirname(path);
  const names = namesIn(folder);
  if (names === undefined) return folder === path || isThere(folder) ? [] : nextForMissing(folder);
  const near = suggest(basename(path), names);
  return [near === undefined ? `Look at what is there: ls ${folder}` : `Did you mean ${join(folder, near)}?`];
}

function namesIn(folder: string): string[] | undefined {
  try {
    return readdirSync(folder);
  } catch {
    return undefined;
  }
}

/** A file, or a folder that may not be looked into. */
function isThere(path: string): boolean {
  try {
    statSync(path);
    return true;
  } catch {
    return false;
  }
}

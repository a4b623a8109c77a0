/** What Wirebook keeps in a folder of its own: where the system refuses, it says which folder, why, and how to choose another. */
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { InputError } from './errors.ts';
import { isRefusal, whyRefused } from './refusal.ts';

export interface Kept {
  /** As a sentence begins: `The class`, `The sandbox's files`. */
  what: string;
  /** Wirebook's own one within the folder that `variable` names. */
  folder: string;
  variable: 'XDG_STATE_HOME' | 'XDG_CACHE_HOME' | 'XDG_RUNTIME_DIR';
}

/** @throws InputError `not-kept` */
export function keeping<T>(kept: Kept, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw isRefusal(error) ? notKept(kept, error) : error;
  }
}

export function notKept({ what, folder, variable }: Kept, error: unknown): InputError {
  return new InputError(
    'not-kept',
    `${what} cannot be kept in ${folder}: ${whyRefused(error)}.`,
    [
      `Look at the folder: ls -ld ${nearest(folder)}`,
      `Or choose another one: ${variable}=FOLDER wirebook ...`,
    ],
    { cause: error },
  );
}

/** Of the folders on the way the last one that is there. */
const nearest = (path: string): string =>
  existsSync(path) || dirname(path) === path ? path : nearest(dirname(path));

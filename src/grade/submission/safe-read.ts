/**
 * Reads what learners have handed in. Nothing is followed (a link may lead anywhere), nothing waits (a FIFO), nothing is
 * read without a bound.
 */
import { closeSync, constants, fstatSync, lstatSync, openSync, readdirSync, readSync } from 'node:fs';
import { whyRefused } from '../../lib/refusal.ts';

export const ANSWERS_BYTES = 1024 * 1024;
export const BUNDLE_BYTES = 16 * 1024 * 1024;

/** Why a file is not read, in words for the instructor. */
export class Unreadable extends Error {}

export function readSafely(path: string, most: number): Buffer {
  let fd: number;
  try {
    fd = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ELOOP') throw new Unreadable('it is a symbolic link, which is not followed');
    throw unreadable(error);
  }
  try {
    const stat = fstatSync(fd);
    if (!stat.isFile()) throw new Unreadable('it is no regular file');
    if (stat.size > most) throw new Unreadable(`it has ${stat.size} bytes; at most ${most} are read`);
    const bytes = Buffer.alloc(most + 1);
    let size = 0;
    for (let n = -1; n !== 0 && size <= most; size += n)
      n = readSync(fd, bytes, size, bytes.length - size, null);
    if (size > most) throw new Unreadable(`it has more than ${most} bytes`);
    return Buffer.from(bytes.subarray(0, size));
  } finally {
    closeSync(fd);
  }
}

const unreadable = (error: unknown): Unreadable =>
  new Unreadable(
    (error as NodeJS.ErrnoException).code === 'EACCES' ? 'you may not read it' : whyRefused(error),
  );

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    throw unreadable(error);
  }
}

export type Entry = { name: string; kind: 'file' | 'folder' | 'link' | 'other' };

/** What is in a folder, by name; hidden files and the droppings of archivers are left out. @throws Unreadable */
export function entriesOf(folder: string): Entry[] {
  return namesIn(folder)
    .filter((name) => !name.startsWith('.') && name !== '__MACOSX')
    .sort(new Intl.Collator('en', { numeric: true }).compare)
    .map((name) => ({ name, kind: kindOf(`${folder}/${name}`) }));
}

export function kindOf(path: string): Entry['kind'] {
  const stat = lstatSync(path);
  if (stat.isSymbolicLink()) return 'link';
  return stat.isFile() ? 'file' : stat.isDirectory() ? 'folder' : 'other';
}

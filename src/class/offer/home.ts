/** A learner's folder on the host: theirs in their seat, and the only place there that stays. */
import { randomBytes } from 'node:crypto';
import { chmodSync, lchownSync, lstatSync, readdirSync, renameSync, unlinkSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder } from '../../lib/folders.ts';

/** More than a notebook has, and few enough to be looked through while a class is held. */
const MOST_ENTRIES = 3000;

/** Calls back for each file and folder, without ever following a link; false when there are too many. */
function walk(folder: string, see: (path: string, size: number, isFolder: boolean) => void): boolean {
  let count = 0;
  const into = (at: string): boolean => {
    let names: string[];
    try {
      names = readdirSync(at);
    } catch {
      return true;
    }
    for (const name of names) {
      if (++count > MOST_ENTRIES) return false;
      const path = join(at, name);
      const found = lstatSync(path, { throwIfNoEntry: false });
      if (found === undefined) continue;
      see(path, Math.max(found.size, found.blocks * 512), found.isDirectory());
      if (found.isDirectory() && !into(path)) return false;
    }
    return true;
  };
  return into(folder);
}

/** A process of a seat that has ended is not there any more, though its mark may be: pids of another seat mean nothing in it. */
const LOCK = /\.lock\.\d+\.\d*\.[0-9a-f]*\.\d*$/;

/**
 * Ready for a seat whose program has this id; nobody may be in it.
 * @param id absent where it is the user's own
 */
export function readyHome(folder: string, id: number | undefined): void {
  makeFolder(folder, 0o700);
  chmodSync(folder, 0o700);
  const isWhole = walk(folder, (path) => {
    if (LOCK.test(path)) unlinkSync(path);
    else if (id !== undefined) lchownSync(path, id, id);
  });
  // Nothing of ours makes so many files.
  if (!isWhole) dropHome(folder);
  makeFolder(folder, 0o700);
  if (id !== undefined) lchownSync(folder, id, id);
}

/** Out of the way at once, and gone after a while: there may be any number of files in it. */
export function dropHome(folder: string): void {
  const aside = `${folder}.${randomBytes(6).toString('hex')}`;
  try {
    renameSync(folder, aside);
  } catch {
    return;
  }
  void rm(aside, { recursive: true, force: true }).catch(() => undefined);
}

/** Bytes in it; Infinity when there are more files than can be. */
export function sizeOfHome(folder: string): number {
  let bytes = 0;
  const isWhole = walk(folder, (_path, size) => {
    bytes += size;
  });
  return isWhole ? bytes : Number.POSITIVE_INFINITY;
}

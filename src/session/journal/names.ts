/** Where a lesson's journal lies, and the files beside it. */
import { realpathSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { sha256 } from '../../lib/sha256.ts';

/** A name that is safe as a file's; another name never gives the same one. */
export function safeName(name: string): string {
  const plain = name.replace(/[^A-Za-z0-9._-]/g, '_').slice(0, 80);
  const digest = sha256(name).slice(0, 8);
  return plain === name && !plain.startsWith('.') && plain !== ''
    ? plain
    : `${plain.replace(/^\.+/, '_')}-${digest}`;
}

/** A course by its folder: two courses of one name are two. */
export function courseKey(folder: string): string {
  const path = resolve(folder);
  let real = path;
  try {
    real = realpathSync(path);
  } catch {
    // Not there (any more): its name serves.
  }
  const digest = sha256(real).slice(0, 8);
  return `${safeName(basename(real)) || 'course'}-${digest}`;
}

/** `<state>/sessions/<course>/<lesson>.ndjson`; `course` is the course's folder, `lesson` the lesson's id. */
export function journalPath(at: { state: string; course: string; lesson: string }): string {
  return join(at.state, 'sessions', courseKey(at.course), `${safeName(at.lesson)}.ndjson`);
}

const beside = (journal: string, ending: string): string => journal.replace(/\.ndjson$/, '') + ending;

export const answersPath = (journal: string): string => beside(journal, '.answers.md');
export const progressPath = (journal: string): string => beside(journal, '.progress.json');
/** A folder. */
export const printoutsPath = (journal: string): string => beside(journal, '.printouts');
export const badPath = (journal: string): string => beside(journal, '.bad');

/** What a lesson is called and which language it is in, by its path alone: `02-bridge/lesson.zh-CN.md`. */
import { basename, dirname, resolve } from 'node:path';

export interface Identity {
  id: string;
  /** BCP 47, where the file's name says it. */
  language?: string;
}

const NAMED = /^(.+?)(?:\.([a-z]{2}(?:-[A-Za-z0-9]{2,8})*))?\.(?:md|markdown)$/;

/** The name without its language and ending: `lesson` of `lesson.zh-CN.md`. */
export function stemOf(file: string): string {
  const name = basename(file);
  return NAMED.exec(name)?.[1] ?? name;
}

export function identify(file: string): Identity {
  const name = basename(file);
  const found = NAMED.exec(name);
  const stem = found?.[1] ?? name;
  const id = stem === 'lesson' ? basename(dirname(resolve(file))) || stem : stem;
  return { id, ...(found?.[2] ? { language: found[2] } : {}) };
}

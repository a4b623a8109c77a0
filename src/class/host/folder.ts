/** What a host keeps of a class beside its log: what it needs to go on after it was stopped. A folder a class, of the user alone. */
import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { CourseOutline } from '../../board/outline.ts';
import { InputError } from '../../lib/errors.ts';
import { makeFolder } from '../../lib/folders.ts';
import { whyRefused } from '../../lib/refusal.ts';
import { replaceFile } from '../../session/journal/files.ts';
import { newSecret } from '../code.ts';
import { type Certificate, makeCertificate } from './certificate/make.ts';
import { hashOf } from './door.ts';

const FILE = 'class.json';
const CERT = 'certificate.pem';
const KEY = 'key.pem';
/** Boards that are open go on with the key that they have, however often the host starts again. */
const MOST_KEYS = 20;

const classSchema = z.object({
  format: z.literal(1),
  id: z.string(),
  title: z.string(),
  /** Where the course lies on this machine. */
  path: z.string(),
  /** As the class was last held; the log is read by it. */
  course: z.custom<CourseOutline>((value) => typeof value === 'object' && value !== null),
  /** Of the code. */
  secret: z.string(),
  /** SHA-256 of keys of boards; the keys themselves are nowhere. */
  keyHashes: z.array(z.string()),
  /** Milliseconds since the epoch. */
  startedAt: z.number(),
  endedAt: z.number().optional(),
  roster: z.array(z.object({ id: z.string(), name: z.string().optional() })).optional(),
});
export type ClassFile = z.infer<typeof classSchema>;

export const classesIn = (state: string): string => join(state, 'class');

/** All that can be read, the one that began last first. */
export function findClasses(state: string): { folder: string; file: ClassFile }[] {
  const all = classesIn(state);
  const names = existsSync(all) ? readdirSync(all) : [];
  return names
    .flatMap((name) => {
      const folder = join(all, name);
      const file = readClass(folder);
      return file === undefined ? [] : [{ folder, file }];
    })
    .sort((a, b) => b.file.startedAt - a.file.startedAt);
}

/** Undefined when there is none, or it is of another version. */
export function readClass(folder: string): ClassFile | undefined {
  try {
    return classSchema.parse(JSON.parse(readFileSync(join(folder, FILE), 'utf8')));
  } catch {
    // Not one of ours, or of another version.
    return undefined;
  }
}

/** @throws InputError `class-store-not-writable` */
export function writeClass(folder: string, file: ClassFile): void {
  try {
    makeFolder(folder, 0o700);
    replaceFile(join(folder, FILE), `${JSON.stringify(file)}\n`);
  } catch (error) {
    throw new InputError(
      'class-store-not-writable',
      `The class cannot be kept in ${folder}: ${whyRefused(error)}.`,
      ['Free some room, or choose another folder: XDG_STATE_HOME=FOLDER wirebook class host ...'],
    );
  }
}

export interface NewClass {
  title: string;
  path: string;
  course: CourseOutline;
  now: number;
}

export function newClass(state: string, { title, path, course, now }: NewClass) {
  const day = new Date(now).toISOString().slice(0, 10);
  const id = `${day}-${randomBytes(4).toString('hex')}`;
  const file: ClassFile = {
    format: 1,
    id,
    title,
    path,
    course,
    secret: newSecret(),
    keyHashes: [],
    startedAt: now,
  };
  return { folder: join(classesIn(state), id), file };
}

/** For the boards that are opened from now on. */
export function newKey(file: ClassFile): { key: string; file: ClassFile } {
  const key = randomBytes(32).toString('base64url');
  return { key, file: { ...file, keyHashes: [...file.keyHashes, hashOf(key)].slice(-MOST_KEYS) } };
}

/** The same for as long as there is the class: learners know it by its print. */
export function certificateIn(folder: string, names: readonly string[], now: number): Certificate {
  const [cert, key] = [join(folder, CERT), join(folder, KEY)];
  if (existsSync(cert) && existsSync(key))
    return { cert: readFileSync(cert, 'utf8'), key: readFileSync(key, 'utf8') };
  const made = makeCertificate(names, now);
  makeFolder(folder, 0o700);
  // A key without its certificate is made anew; the other way round it would be another one.
  replaceFile(key, made.key);
  replaceFile(cert, made.cert);
  return made;
}

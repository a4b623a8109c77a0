/**
 * Lessons as they were parsed, kept in the cache by all that they were made of: the bytes of their files, the seed, and the
 * program that parsed them. So a lesson opens again before the parser and the kinds of check are loaded; those of the course
 * that Wirebook brings come so with the build. What is not whole, not ours or of another build is as if it were not there; a
 * folder that cannot be written costs nothing but time.
 */
import { createHash } from 'node:crypto';
import { open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { makeFolder } from '../lib/folders.ts';
import { originalOf } from './files.ts';
import type { Lesson } from './model.ts';

export interface Keep {
  folder: string;
  /** Tells one build of Wirebook from every other. */
  build: string;
  /** What lies in it is called by where it lies there, and is the same wherever that is. */
  root: string;
  /** Comes with the build; nothing is written to it. */
  shipped?: string;
}

const DIGEST_BYTES = 32;
/** Two courses in two languages, with some seeds; more is cleared up. */
const MOST = 300;

const digest = (bytes: Uint8Array | string): Buffer => createHash('sha256').update(bytes).digest();

/** The name under which the lesson is kept as its files are now; undefined when they cannot be read. */
async function nameOf(
  file: string,
  seed: string | undefined,
  { build, root }: Pick<Keep, 'build' | 'root'>,
): Promise<string | undefined> {
  try {
    const beside = await originalOf(file);
    const files = beside === undefined ? [file] : [file, beside];
    const parts = await Promise.all(
      files.map(async (path) => [within(root, path), digest(await readFile(path)).toString('hex')]),
    );
    return digest(JSON.stringify([build, seed ?? null, parts])).toString('hex');
  } catch {
    return undefined;
  }
}

/** A path below `root` with a mark in the place of that. */
const within = (root: string, path: string): string =>
  path.startsWith(`${root}/`) ? `${BELOW}${path.slice(root.length)}` : path;

const BELOW = '\0root';

/** All of it, in place, every text changed; what stands there twice stays one thing. */
function mapTexts<T>(value: T, change: (text: string) => string, seen = new Set<unknown>()): T {
  if (typeof value !== 'object' || value === null || seen.has(value)) return value;
  seen.add(value);
  const fields = value as Record<string, unknown>;
  for (const [name, field] of Object.entries(fields)) {
    if (typeof field === 'string') fields[name] = change(field);
    else mapTexts(field, change, seen);
  }
  return value;
}

/** @param owner who must have written it; undefined: anybody may */
async function read(path: string, root: string, owner: number | undefined): Promise<Lesson | undefined> {
  try {
    await using handle = await open(path);
    if (owner !== undefined && (await handle.stat()).uid !== owner) return undefined;
    const bytes = await handle.readFile();
    const body = bytes.subarray(DIGEST_BYTES);
    if (!digest(body).equals(bytes.subarray(0, DIGEST_BYTES))) return undefined;
    return mapTexts(deserialize(body) as Lesson, (text) =>
      text.startsWith(BELOW) ? root + text.slice(BELOW.length) : text,
    );
  } catch {
    return undefined;
  }
}

async function write({ folder, root }: Keep, name: string, lesson: Lesson): Promise<void> {
  const draft = join(folder, `${name}.${process.pid}.new`);
  try {
    makeFolder(folder, 0o700);
    const body = serialize(mapTexts(structuredClone(lesson), (text) => within(root, text)));
    await writeFile(draft, Buffer.concat([digest(body), body]), { mode: 0o600 });
    await rename(draft, join(folder, name));
    await clearUp(folder);
  } catch {
    await rm(draft, { force: true }).catch(() => {});
  }
}

/** The older half goes when there are too many. */
async function clearUp(folder: string): Promise<void> {
  const names = await readdir(folder);
  if (names.length <= MOST) return;
  const dated = await Promise.all(
    names.map(async (name) => ({ name, at: (await stat(join(folder, name))).mtimeMs })),
  );
  const old = dated.sort((a, b) => a.at - b.at).slice(0, MOST / 2);
  await Promise.all(old.map(({ name }) => rm(join(folder, name), { force: true })));
}

export interface KeptLessons {
  /** The lesson of a file as it is now: as it was kept, or else as `parse` reads it, which is kept then. */
  get(file: string, seed: string | undefined, parse: () => Promise<Lesson>): Promise<Lesson>;
  /** What is being kept is on the disk, or could not be. */
  settled(): Promise<void>;
}

async function readKept({ folder, shipped, root }: Keep, name: string): Promise<Lesson | undefined> {
  const own = await read(join(folder, name), root, process.getuid?.());
  return own ?? (shipped === undefined ? undefined : read(join(shipped, name), root, undefined));
}

/** @param keep absent: only what was read last is remembered, in memory */
export function keptLessons(keep: Keep | undefined): KeptLessons {
  let last: { name: string; lesson: Lesson } | undefined;
  let writing: Promise<void> = Promise.resolve();
  const named = (file: string, seed: string | undefined) =>
    nameOf(file, seed, keep ?? { build: '', root: '/' });
  return {
    settled: () => writing,
    async get(file, seed, parse) {
      const name = await named(file, seed);
      if (name === undefined) return parse();
      if (last?.name === name) return last.lesson;
      const kept = keep && (await readKept(keep, name));
      const lesson = kept ?? (await parse());
      // A file that was saved meanwhile is not what was parsed, or is not what will be there the next time.
      if (!kept && (await named(file, seed)) !== name) return lesson;
      last = { name, lesson };
      // Whoever wants the lesson does not wait for it.
      if (keep && !kept) writing = Promise.all([writing, write(keep, name, lesson)]).then(() => {});
      return lesson;
    },
  };
}

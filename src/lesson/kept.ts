/**
 * Lessons as they were parsed, kept in the cache by all that they were made of: the bytes of their files, the seed, and the
 * program that parsed them. So a lesson opens again before the parser and the kinds of check are loaded. What is not whole,
 * not ours or of another build is as if it were not there; a folder that cannot be written costs nothing but time.
 */
import { createHash } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { originalOf } from './files.ts';
import type { Lesson } from './model.ts';

export interface Keep {
  folder: string;
  /** Tells one build of Wirebook from every other. */
  build: string;
}

const DIGEST_BYTES = 32;
/** Two courses in two languages, with some seeds; more is cleared up. */
const MOST = 300;

const digest = (bytes: Uint8Array | string): Buffer => createHash('sha256').update(bytes).digest();

/** The name under which the lesson is kept as its files are now; undefined when they cannot be read. */
async function nameOf(file: string, seed: string | undefined, build: string): Promise<string | undefined> {
  try {
    const beside = await originalOf(file);
    const files = beside === undefined ? [file] : [file, beside];
    const parts = await Promise.all(
      files.map(async (path) => [path, digest(await readFile(path)).toString('hex')]),
    );
    return digest(JSON.stringify([build, process.versions.v8, seed ?? null, parts])).toString('hex');
  } catch {
    return undefined;
  }
}

async function read(path: string): Promise<Lesson | undefined> {
  try {
    await using handle = await open(path);
    if ((await handle.stat()).uid !== process.getuid?.()) return undefined;
    const bytes = await handle.readFile();
    const body = bytes.subarray(DIGEST_BYTES);
    return digest(body).equals(bytes.subarray(0, DIGEST_BYTES)) ? (deserialize(body) as Lesson) : undefined;
  } catch {
    return undefined;
  }
}

async function write(folder: string, name: string, lesson: Lesson): Promise<void> {
  const draft = join(folder, `${name}.${process.pid}.new`);
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const body = serialize(lesson);
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

/** @param keep absent: only what was read last is remembered, in memory */
export function keptLessons(keep: Keep | undefined): KeptLessons {
  let last: { name: string; lesson: Lesson } | undefined;
  let writing: Promise<void> = Promise.resolve();
  return {
    settled: () => writing,
    async get(file, seed, parse) {
      const name = await nameOf(file, seed, keep?.build ?? '');
      if (name === undefined) return parse();
      if (last?.name === name) return last.lesson;
      const kept = keep && (await read(join(keep.folder, name)));
      const lesson = kept ?? (await parse());
      // A file that was saved meanwhile is not what was parsed, or is not what will be there the next time.
      if (!kept && (await nameOf(file, seed, keep?.build ?? '')) !== name) return lesson;
      last = { name, lesson };
      // Whoever wants the lesson does not wait for it.
      if (keep && !kept) writing = Promise.all([writing, write(keep.folder, name, lesson)]).then(() => {});
      return lesson;
    },
  };
}

/**
 * Lessons as they were parsed, kept in the cache with all that they were made of: the bytes of their files, the seed, and the
 * program that parsed them. So a lesson opens again before the parser and the kinds of check are loaded; those of the course
 * that Wirebook brings come so with the build. What is not whole, not ours or of another build is as if it were not there; a
 * folder that cannot be written costs nothing but time.
 *
 * The bytes are compared as they are, and files are read without giving way: all of it is there sooner than what makes digests
 * is loaded, and the first page waits for it.
 */
import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs';
import { readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { makeFolder } from '../lib/folders.ts';
import { checksum } from './checksum.ts';
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

/** Two courses in two languages, with some seeds; more is cleared up. */
const MOST = 300;

/** What a lesson is made of. */
interface Source {
  /** Of the file of the cache; another lesson may have the same. */
  name: string;
  /** Build, seed and files; the same for no other lesson. */
  key: string;
  /** Of its files, one after the other. */
  bytes: Buffer;
}

const isSame = (one: Source, other: Source): boolean =>
  one.key === other.key && one.bytes.equals(other.bytes);

/** The lesson's files as they are now; undefined when they cannot be read. */
function sourceOf(
  file: string,
  seed: string | undefined,
  { build, root }: Pick<Keep, 'build' | 'root'>,
): Source | undefined {
  try {
    const beside = originalOf(file);
    const files = beside === undefined ? [file] : [file, beside];
    const bytes = files.map((path) => readFileSync(path));
    const made = [build, seed ?? null, ...files.map((path) => within(root, path))];
    const key = JSON.stringify([...made, ...bytes.map(({ length }) => length)]);
    const name = [made, [...made].reverse()].map((some) => checksum(Buffer.from(JSON.stringify(some))));
    return {
      name: name.map((sum) => sum.toString(16).padStart(8, '0')).join(''),
      key,
      bytes: bytes.length === 1 ? bytes[0]! : Buffer.concat(bytes),
    };
  } catch {
    return undefined;
  }
}

/** A path below `root` with a mark in the place of that. */
const within = (root: string, path: string): string =>
  path.startsWith(`${root}/`) ? `${BELOW}${path.slice(root.length)}` : path;

const BELOW = '\0root';

/** A lesson apart from where it lies. */
interface Packed {
  lesson: Lesson;
  /** Where in it the paths below the root stand: the fields that lead there. */
  paths: readonly (readonly string[])[];
}

type Fields = Record<string, unknown>;

/** Takes the root out of every text of it that is a path; what stands there twice stays one thing. */
function pack(lesson: Lesson, root: string): Packed {
  const paths: string[][] = [];
  const seen = new Set<unknown>();
  const visit = (value: unknown, way: readonly string[]): void => {
    if (typeof value !== 'object' || value === null || seen.has(value)) return;
    seen.add(value);
    for (const [name, field] of Object.entries(value as Fields)) {
      if (typeof field === 'string' && field.startsWith(`${root}/`)) {
        (value as Fields)[name] = within(root, field);
        paths.push([...way, name]);
      } else visit(field, [...way, name]);
    }
  };
  const copy = structuredClone(lesson);
  visit(copy, []);
  return { lesson: copy, paths };
}

function unpack({ lesson, paths }: Packed, root: string): Lesson {
  for (const way of paths) {
    let at = lesson as unknown as Fields;
    for (const name of way.slice(0, -1)) at = at[name] as Fields;
    const name = way.at(-1)!;
    at[name] = root + (at[name] as string).slice(BELOW.length);
  }
  return lesson;
}

/** Before all else: how much of what there is, and the sum of that. */
const HEAD_BYTES = 16;

function encode({ key, bytes }: Source, packed: Packed): Buffer {
  const body = Buffer.concat([Buffer.from(key), bytes, serialize(packed)]);
  const head = Buffer.alloc(HEAD_BYTES);
  head.writeUInt32LE(Buffer.byteLength(key), 0);
  head.writeUInt32LE(bytes.length, 4);
  head.writeUInt32LE(body.length, 8);
  head.writeUInt32LE(checksum(body), 12);
  return Buffer.concat([head, body]);
}

/** Undefined where that is not what was made of this source. */
function decode(file: Buffer, source: Source): Packed | undefined {
  if (file.length < HEAD_BYTES) return undefined;
  const body = file.subarray(HEAD_BYTES);
  const keyEnd = file.readUInt32LE(0);
  const end = keyEnd + file.readUInt32LE(4);
  if (body.length !== file.readUInt32LE(8)) return undefined;
  if (body.toString('utf8', 0, keyEnd) !== source.key || !body.subarray(keyEnd, end).equals(source.bytes))
    return undefined;
  return checksum(body) === file.readUInt32LE(12) ? (deserialize(body.subarray(end)) as Packed) : undefined;
}

/** @param owner who must have written it; undefined: anybody may */
function read(path: string, source: Source, root: string, owner: number | undefined): Lesson | undefined {
  let file: number | undefined;
  try {
    file = openSync(path, 'r');
    if (owner !== undefined && fstatSync(file).uid !== owner) return undefined;
    const packed = decode(readFileSync(file), source);
    return packed && unpack(packed, root);
  } catch {
    return undefined;
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

async function write({ folder, root }: Keep, source: Source, lesson: Lesson): Promise<void> {
  const draft = join(folder, `${source.name}.${process.pid}.new`);
  try {
    makeFolder(folder, 0o700);
    await writeFile(draft, encode(source, pack(lesson, root)), { mode: 0o600 });
    await rename(draft, join(folder, source.name));
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

function readKept({ folder, shipped, root }: Keep, source: Source): Lesson | undefined {
  const own = read(join(folder, source.name), source, root, process.getuid?.());
  return (
    own ?? (shipped === undefined ? undefined : read(join(shipped, source.name), source, root, undefined))
  );
}

/** @param keep absent: only what was read last is remembered, in memory */
export function keptLessons(keep: Keep | undefined): KeptLessons {
  let last: { source: Source; lesson: Lesson } | undefined;
  let writing: Promise<void> = Promise.resolve();
  const made = keep ?? { build: '', root: '/' };
  return {
    settled: () => writing,
    async get(file, seed, parse) {
      const source = sourceOf(file, seed, made);
      if (source === undefined) return parse();
      if (last && isSame(last.source, source)) return last.lesson;
      const kept = keep && readKept(keep, source);
      const lesson = kept ?? (await parse());
      if (!kept) {
        // A file that was saved meanwhile is not what was parsed, or is not what will be there the next time.
        const now = sourceOf(file, seed, made);
        if (!now || !isSame(now, source)) return lesson;
      }
      last = { source, lesson };
      // Whoever wants the lesson does not wait for it.
      if (keep && !kept) writing = Promise.all([writing, write(keep, source, lesson)]).then(() => {});
      return lesson;
    },
  };
}

/**
 * Submissions as an instructor has them: a file, a learner's folder, or a folder of either, one a learner. Which learner
 * it is says the roster, else the folder's or the file's name.
 */
import { basename, join, resolve } from 'node:path';
import type { Lesson } from '../../lesson/model.ts';
import { InputError } from '../../lib/errors.ts';
import { nextForMissing } from '../../lib/missing.ts';
import { isRefusal, whyRefused } from '../../lib/refusal.ts';
import type { Roster } from '../../lib/roster.ts';
import { isBundle, readBundle } from '../bundle/read.ts';
import type { Refused, Submission } from '../model.ts';
import { readArchive } from './archive.ts';
import { ANSWERS_BYTES, BUNDLE_BYTES, entriesOf, kindOf, readSafely, Unreadable } from './safe-read.ts';
import { answersIn } from './text-file.ts';

/** The learner's own lesson: their numbers are in it. */
export type LessonOf = (learner: string) => Promise<Lesson>;

/** Where one submission lies, and whose it is; nothing of it has been read yet. */
export interface Place {
  learner: string;
  name?: string;
  source: string;
  path: string;
  kind: 'file' | 'folder' | 'link' | 'other';
}

const ANSWERS = /\.(md|markdown|sh|bash|txt)$/i;
const ARCHIVE = /\.(zip|wirebook)$/i;
const isOne = (name: string): boolean => ANSWERS.test(name) || ARCHIVE.test(name);
/** `02-cable.answers.md`, as the notebook names it. */
const STEM = /(\.answers)?\.[^.]+$/;

/**
 * Every submission below the given paths, in their order.
 * @throws InputError `no-submissions`, `submission-not-found`, `two-submissions`
 */
export function findSubmissions(
  paths: readonly string[],
  lesson: string,
  cwd: string,
  roster?: Roster,
): Place[] {
  const places = paths.flatMap((path) => placesIn(resolve(cwd, path), path, lesson));
  if (places.length === 0)
    throw new InputError('no-submissions', `No submission was found in ${paths.join(', ')}.`, [
      'A submission is NAME.md, NAME.sh, NAME.zip or NAME.wirebook, or a folder NAME with one of these in it.',
    ]);
  const named = places.map((place) => withRoster(place, roster));
  const first = new Map<string, Place>();
  for (const place of named) {
    const other = first.get(place.learner);
    if (other !== undefined)
      throw new InputError(
        'two-submissions',
        `${place.learner} has two submissions: ${other.source} and ${place.source}.`,
        ['Leave the one that counts.'],
      );
    first.set(place.learner, place);
  }
  return named;
}

function withRoster(place: Place, roster: Roster | undefined): Place {
  const found = roster?.find(place.learner);
  if (found === undefined) return place;
  return { ...place, learner: found.id, ...(found.name === undefined ? {} : { name: found.name }) };
}

/** @throws InputError `submission-not-found` */
function placesIn(path: string, shown: string, lesson: string): Place[] {
  try {
    return placesAt(path, shown, lesson);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT')
      throw new InputError('submission-not-found', `${shown} is not there.`, [
        'Name what a learner handed in: a file, or a folder with one file or folder a learner.',
        ...nextForMissing(path),
      ]);
    if (!isRefusal(error) && !(error instanceof Unreadable)) throw error;
    throw new InputError('submission-not-found', `${shown} cannot be read: ${whyRefused(error)}.`, [
      `Look at its rights: ls -ld ${path}`,
    ]);
  }
}

function placesAt(path: string, shown: string, lesson: string): Place[] {
  const kind = kindOf(path);
  const own = (): Place => ({
    learner: basename(path).replace(STEM, '') || basename(path),
    source: shown,
    path,
    kind,
  });
  if (kind === 'link')
    throw new InputError('submission-not-found', `${shown} is a symbolic link; name what it leads to.`);
  if (kind !== 'folder') return [own()];
  // A learner's own folder: the answers lie in it under a name that is not a learner's.
  if (chosen(path, lesson).length === 1) return [{ ...own(), learner: basename(path) }];
  return entriesOf(path)
    .filter((entry) => entry.kind !== 'file' || isOne(entry.name))
    .map((entry) => ({
      learner: entry.kind === 'folder' ? entry.name : entry.name.replace(STEM, ''),
      source: join(shown, entry.name),
      path: join(path, entry.name),
      kind: entry.kind,
    }));
}

/** Files that are a submission by their name alone, whoever's folder they lie in. */
function chosen(folder: string, lesson: string): string[] {
  const names = new Set(
    ['md', 'sh', 'zip', 'wirebook'].flatMap((ending) =>
      ['answers', 'submission', `${lesson}.answers`, lesson].map((stem) => `${stem}.${ending}`),
    ),
  );
  return entriesOf(folder)
    .filter((entry) => entry.kind === 'file' && names.has(entry.name))
    .map((entry) => entry.name);
}

/** Reads one. What is wrong with it is data: the others are graded all the same. */
export async function readSubmission(
  place: Place,
  lessonOf: LessonOf,
  publicKey?: string,
): Promise<Submission | Refused> {
  const who = {
    learner: place.learner,
    ...(place.name === undefined ? {} : { name: place.name }),
    source: place.source,
  };
  try {
    const lesson = await lessonOf(place.learner);
    if (place.kind === 'link') throw new Unreadable('it is a symbolic link, which is not followed');
    if (place.kind === 'other') throw new Unreadable('it is neither a file nor a folder');
    const path = place.kind === 'folder' ? inFolder(place.path, lesson.id) : place.path;
    return {
      ...who,
      ...(ARCHIVE.test(path) ? fromArchive(path, lesson, place.learner, publicKey) : fromText(path, lesson)),
    };
  } catch (error) {
    if (error instanceof Unreadable) return { ...who, refused: sentence(error.message) };
    if (isRefusal(error)) return { ...who, refused: sentence(whyRefused(error)) };
    throw error;
  }
}

/** A file's name keeps its small letter. */
const sentence = (text: string): string =>
  `${/^\S*[./\d]/.test(text) ? text : text[0]!.toUpperCase() + text.slice(1)}${/[.?!]$/.test(text) ? '' : '.'}`;

function inFolder(folder: string, lesson: string): string {
  const byName = chosen(folder, lesson);
  const entries = entriesOf(folder);
  const files =
    byName.length > 0
      ? byName
      : entries.filter((one) => one.kind === 'file' && isOne(one.name)).map((one) => one.name);
  if (files.length === 1) return join(folder, files[0]!);
  const link = entries.find((one) => one.kind === 'link');
  if (files.length === 0)
    throw new Unreadable(
      link === undefined
        ? 'the folder holds no .md, .sh, .zip or .wirebook file'
        : `${link.name} is a symbolic link, which is not followed`,
    );
  throw new Unreadable(`the folder holds several submissions: ${files.slice(0, 5).join(', ')}`);
}

type Content = Pick<Submission, 'answers' | 'help' | 'notes'>;

function fromText(path: string, lesson: Lesson): Content {
  const bytes = readSafely(path, ANSWERS_BYTES);
  return { answers: answersIn(basename(path), bytes, lesson), help: {}, notes: [] };
}

function fromArchive(path: string, lesson: Lesson, learner: string, publicKey?: string): Content {
  const files = readArchive(readSafely(path, BUNDLE_BYTES));
  if (isBundle(files)) return readBundle(files, lesson, learner, publicKey);
  const texts = [...files].filter(([name]) => ANSWERS.test(name) && !/(^|\/)(\.|__MACOSX\/)/.test(name));
  if (texts.length !== 1)
    throw new Unreadable(`the archive holds ${texts.length} answer files (.md or .sh); there must be one`);
  const [name, bytes] = texts[0]!;
  if (bytes.length > ANSWERS_BYTES) throw new Unreadable(`${name} is too big`);
  return { answers: answersIn(name, bytes, lesson), help: {}, notes: [] };
}

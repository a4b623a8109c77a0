/** A learner's own work as one file to hand in. Pure. */
import type { Lesson } from '../../lesson/model.ts';
import { InputError } from '../../lib/errors.ts';
import { answersMarkdown } from '../../session/journal/answers.ts';
import { readJournal } from '../../session/journal/read.ts';
import { restore } from '../../session/journal/restore.ts';
import { writeArchive } from '../submission/archive.ts';
import { handedIn } from './handed-in.ts';
import {
  ANSWERS,
  chainOf,
  JOURNAL,
  linesOf,
  MANIFEST,
  type Manifest,
  sha256,
  signManifest,
} from './manifest.ts';

export interface BundleOptions {
  lesson: Lesson;
  learner: string;
  /** As it stands on the disk. */
  journal: string;
  createdAt: string;
  /** The class's private key, PEM. */
  key?: string;
}

/** @throws InputError `nothing-answered`, `bad-key` */
export function writeBundle({ lesson, learner, journal, createdAt, key }: BundleOptions): Buffer {
  const content = readJournal(Buffer.from(journal));
  const state = restore(content, lesson, 0)?.state;
  const answers = state && answersMarkdown(lesson, state);
  if (answers === undefined)
    throw new InputError('nothing-answered', `No task of ${lesson.id} has been answered yet.`, [
      `Go on with it: wirebook ${lesson.file}`,
    ]);
  // What a crash has torn off at the end is no line.
  const whole = linesOf(journal)
    .filter((line) => line !== '')
    .flatMap(handedIn);
  const text = whole.map((line) => `${line}\n`).join('');
  const chain = chainOf({ lesson: lesson.id, learner }, whole);
  const seed = content.header?.seed;
  const manifest: Manifest = {
    wirebook: 'submission',
    version: 1,
    lesson: lesson.id,
    title: lesson.title,
    hash: lesson.hash,
    learner,
    ...(seed === undefined ? {} : { seed }),
    createdAt,
    files: { [ANSWERS]: sha256(answers), [JOURNAL]: sha256(text) },
    chain: chain.map((link) => link.slice(0, 32)),
    head: chain.at(-1) ?? sha256(''),
  };
  const signed = key === undefined ? manifest : signManifest(manifest, key);
  return writeArchive(
    new Map([
      [MANIFEST, Buffer.from(`${JSON.stringify(signed, null, 1)}\n`)],
      [ANSWERS, Buffer.from(answers)],
      [JOURNAL, Buffer.from(text)],
    ]),
  );
}

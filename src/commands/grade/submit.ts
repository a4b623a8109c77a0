/** `wirebook submit LESSON`: a learner's own walk as one file to hand in. `wirebook verify FILE...`: whether it is as made. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { vocabulary } from '../../check/vocabulary.ts';
import { isBundle } from '../../grade/bundle/read.ts';
import { verifyBundle } from '../../grade/bundle/verify.ts';
import { writeBundle } from '../../grade/bundle/write.ts';
import { readArchive } from '../../grade/submission/archive.ts';
import { BUNDLE_BYTES, readSafely, Unreadable } from '../../grade/submission/safe-read.ts';
import { requireLesson } from '../../lesson/load.ts';
import type { Lesson } from '../../lesson/model.ts';
import { InputError } from '../../lib/errors.ts';
import { wirebookPaths } from '../../lib/paths.ts';
import { ownName } from '../../lib/user.ts';
import { commandSay } from '../../page/said/command.ts';
import type { Say } from '../../page/said/translate.ts';
import { oneLine } from '../../report/safe.ts';
import { readSeed } from '../../session/journal/progress.ts';
import { journalPath } from '../../session/journal.ts';
import { privateKeyIn, publicKeyIn } from '../given.ts';
import type { ExitCode, Io } from '../io.ts';
import { lessonPath } from '../lesson-path.ts';
import { writeOutput } from '../write-output.ts';
import type { GradeGiven } from './arguments.ts';

export type SubmitIo = Pick<Io, 'env' | 'cwd'> & {
  stdout: { write(text: string | Uint8Array): unknown };
  stderr: { write(text: string): unknown };
};

export async function submit(target: string, given: GradeGiven, io: SubmitIo): Promise<ExitCode> {
  const path = lessonPath(target, io.cwd);
  const language = given.lang === undefined ? {} : { language: given.lang };
  const plain = await requireLesson(path, vocabulary, language);
  const journal = journalOf(plain, io);
  if (journal === undefined)
    throw new InputError(
      'no-session',
      `You have not walked through ${plain.id} yet, so there is nothing to hand in.`,
      [`Walk through it: wirebook ${target}`],
    );
  const seed = readSeed(journal);
  const lesson = seed === undefined ? plain : await requireLesson(path, vocabulary, { ...language, seed });
  const learner = given.as ?? ownName();
  if (learner === undefined)
    throw new InputError('nameless', 'This machine knows no name of yours.', ['Say who you are: --as NAME']);
  const bytes = writeBundle({
    lesson,
    learner,
    journal: readFileSync(journal, 'utf8'),
    createdAt: new Date().toISOString(),
    ...(given.key === undefined ? {} : { key: privateKeyIn(given.key, io.cwd) }),
  });
  const file = given.output ?? `${learner.replace(/[^\p{L}\p{N}._@+-]/gu, '_')}.wirebook`;
  writeOutput(bytes, file, io);
  const say = await commandSay(given.lang, io.env);
  if (file !== '-')
    io.stderr.write(
      `${say(`${file}: your answers to ${lesson.id}, what was seen of them and when, as ${learner}.`)}\n`,
    );
  return 0;
}

/** A lesson is kept apart by the course that it was opened from: its own folder, or the one above. */
function journalOf(lesson: Lesson, io: SubmitIo): string | undefined {
  const { state } = wirebookPaths(io.env);
  const own = resolve(io.cwd, dirname(lesson.file));
  return [own, dirname(own)]
    .map((course) => journalPath({ state, course, lesson: lesson.id }))
    .filter((path) => existsSync(path))
    .sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs)[0];
}

/** 0: all are as they were made; 1: something was changed; 2: no bundle. */
export async function verify(files: readonly string[], given: GradeGiven, io: SubmitIo): Promise<ExitCode> {
  const publicKey = given.publicKey === undefined ? undefined : publicKeyIn(given.publicKey, io.cwd);
  const lesson =
    given.lesson?.[0] === undefined
      ? undefined
      : (seed: string | undefined) =>
          requireLesson(
            lessonPath(given.lesson![0]!, io.cwd),
            vocabulary,
            seed === undefined ? {} : { seed },
          );
  const say = await commandSay(given.lang, io.env);
  let code: ExitCode = 0;
  for (const file of files) {
    const said = await verifyOne(file, { publicKey, lesson, say }, io);
    io.stdout.write(`${said.lines.map(oneLine).join('\n  ')}\n`);
    if (said.code > code) code = said.code;
  }
  return code;
}

const SIGNATURES = {
  valid: 'signed by the class',
  invalid: 'NOT signed by this key',
  none: 'not signed: who makes a bundle anew can make its chain anew as well',
  unchecked: 'signed; --public-key FILE says by whom',
} as const;

async function verifyOne(
  file: string,
  options: { publicKey?: string; lesson?: (seed: string | undefined) => Promise<Lesson>; say: Say },
  io: SubmitIo,
): Promise<{ lines: string[]; code: 0 | 1 | 2 }> {
  const { say } = options;
  try {
    const files = readArchive(readSafely(resolve(io.cwd, file), BUNDLE_BYTES));
    if (!isBundle(files))
      return { lines: [`${file}: ${say('an archive, but no bundle of wirebook submit.')}`], code: 2 };
    const { publicKey } = options;
    const seed = verifyBundle(files).manifest?.seed;
    const lesson = await options.lesson?.(seed);
    const { manifest, findings, signature } = verifyBundle(files, {
      ...(publicKey === undefined ? {} : { publicKey }),
      ...(lesson === undefined ? {} : { lesson }),
    });
    const who =
      manifest === undefined
        ? ''
        : `${say(`${manifest.lesson} by ${manifest.learner}, ${manifest.createdAt}`)}; `;
    const changed = findings.some(({ kind }) => kind === 'changed');
    const head = `${file}: ${who}${say(SIGNATURES[signature])}; ${say(changed ? 'CHANGED' : 'as it was made')}`;
    return { lines: [head, ...findings.map(({ text }) => say(text))], code: changed ? 1 : 0 };
  } catch (error) {
    if (error instanceof Unreadable) return { lines: [`${file}: ${say(`${error.message}.`)}`], code: 2 };
    throw error;
  }
}

/** What a grading is of: the lesson, as each learner had it, and who they are; and on what it may run. */
import { vocabulary } from '../../check/vocabulary.ts';
import { seedOf } from '../../grade/seeds.ts';
import { FaultyLesson, lessonFile, readKeyed } from '../../lesson/load.ts';
import type { Lesson } from '../../lesson/model.ts';
import { InputError } from '../../lib/errors.ts';
import { parseRoster, type Roster } from '../../lib/roster.ts';
import type { SandboxDriver } from '../../sandbox/contract.ts';
import { rosterIn, secretIn } from '../given.ts';
import type { Io } from '../io.ts';
import { lessonPath } from '../lesson-path.ts';
import type { DriverOptions } from '../options.ts';
import type { GradeGiven } from './arguments.ts';

export type GradeOptions = GradeGiven & DriverOptions;

/** What these commands use of `Io`. */
export type GradeIo = Pick<Io, 'env' | 'cwd' | 'color' | 'signal' | 'version'> & {
  stdout: { write(text: string | Uint8Array): unknown };
  stderr: { write(text: string): unknown; isTTY?: boolean };
};

export interface OpenClass {
  /** With the numbers of nobody in particular. */
  lesson: Lesson;
  lessonOf: (learner: string) => Promise<Lesson>;
  roster?: Roster;
}

export async function openClass(target: string, options: GradeOptions, io: GradeIo): Promise<OpenClass> {
  const file = await lessonFile(
    lessonPath(target, io.cwd),
    options.lang === undefined ? {} : { language: options.lang },
  );
  const read = async (seed: string | undefined): Promise<Lesson> => {
    const parsed = await readKeyed(file, vocabulary, seed === undefined ? {} : { seed });
    if (parsed.ok) return parsed.lesson;
    throw new FaultyLesson(file, parsed.diagnostics);
  };
  const lesson = await read(options.seed);
  if (!lesson.cells.some((cell) => cell.role === 'task'))
    throw new InputError('no-tasks', `${file} has no task, so there is nothing to grade.`);
  const secret = options.secret === undefined ? undefined : courseSecretIn(options.secret, io);
  const isOwn = lesson.params !== undefined && secret !== undefined;
  const roster =
    options.roster === undefined ? undefined : parseRoster(options.roster, rosterIn(options.roster, io.cwd));
  return {
    lesson,
    lessonOf: isOwn ? remembered((learner) => read(seedOf(secret, learner))) : async () => lesson,
    ...(roster === undefined ? {} : { roster }),
  };
}

/** Each is asked for a few times in a row; all of them at once would be much of the memory. */
function remembered(read: (learner: string) => Promise<Lesson>): (learner: string) => Promise<Lesson> {
  const known = new Map<string, Promise<Lesson>>();
  return (learner) => {
    const one = known.get(learner) ?? read(learner);
    known.delete(learner);
    known.set(learner, one);
    if (known.size > 64) known.delete(known.keys().next().value!);
    return one;
  };
}

/** Of a course: each learner's numbers come of it. */
export function courseSecretIn(file: string, io: GradeIo): string {
  const secret = secretIn(file, io.cwd);
  if (secret.length >= 16) return secret;
  throw new InputError('secret-too-short', `The secret in ${file} is too short: it could be guessed.`, [
    'Make one: openssl rand -hex 32 > secret',
  ]);
}

/**
 * Submissions are strangers' commands. Machines that are not thrown away never run them, whatever the user says; and where
 * the agent looks from inside the machine, its tools may have been replaced, which the report says.
 * @throws InputError `not-for-submissions`
 */
export async function trustIn(driver: SandboxDriver): Promise<string[]> {
  const risks = (await driver.risks?.()) ?? [];
  if (risks.length > 0)
    throw new InputError(
      'not-for-submissions',
      `Submissions are not run on ${driver.name}: it is not thrown away afterwards.`,
      ['Leave --sandbox out: the embedded sandbox is made for them.'],
    );
  return driver.name === 'embedded'
    ? []
    : [
        `On ${driver.name} the checks look with the machine’s own tools, which a submission may have replaced: trust the points as far as you trust the learners.`,
      ];
}

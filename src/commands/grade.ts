/** `wirebook grade LESSON SUBMISSION...`: scores, by what the grader observed; `--regrade`, `--explain`, and the seeds. */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { vocabulary } from '../check/vocabulary.ts';
import { gradeAll, missingGrade, type Progress } from '../grade/grade-all.ts';
import { planFor } from '../grade/score/items.ts';
import { gradeOf } from '../grade/score/score.ts';
import { seedOf } from '../grade/seeds.ts';
import { Store } from '../grade/store.ts';
import { findSubmissions, type Place } from '../grade/submission/find.ts';
import { FaultyLesson, lessonFile, readKeyed } from '../lesson/load.ts';
import type { Lesson } from '../lesson/model.ts';
import { formatDuration, systemClock } from '../lib/clock.ts';
import { InputError } from '../lib/errors.ts';
import { type Learner, parseRoster, type Roster } from '../lib/roster.ts';
import type { Grade, Plan } from '../report/grades/grade.ts';
import { jsonSchema } from '../report/grades/json.ts';
import type { GradeReport } from '../report/grades/model.ts';
import type { SandboxDriver } from '../sandbox/contract.ts';
import type { GradeGiven } from './grade-arguments.ts';
import { explainGrade } from './grade-explain.ts';
import { openReports } from './grade-reports.ts';
import { resultsFolder } from './grade-results.ts';
import type { ExitCode, Io } from './io.ts';
import { lessonPath } from './lesson-path.ts';
import type { DriverOptions } from './options.ts';

export type GradeOptions = GradeGiven & DriverOptions;

/** What these commands use of `Io`. */
export type GradeIo = Pick<Io, 'env' | 'cwd' | 'color' | 'signal' | 'version'> & {
  stdout: { write(text: string | Uint8Array): unknown };
  stderr: { write(text: string): unknown; isTTY?: boolean };
};

/** 0 all have all points; 1 some are missing; 2 refused or nothing to grade; 3 not graded; 130 interrupted. */
export async function grade(
  [target = '', ...submissions]: readonly string[],
  options: GradeOptions,
  io: GradeIo,
): Promise<ExitCode> {
  if (options.jsonSchema) {
    io.stdout.write(`${JSON.stringify(jsonSchema(), null, 2)}\n`);
    return 0;
  }
  const class_ = await openClass(target, options, io);
  if (options.explain !== undefined) return explainGrade(class_, options.explain, options, io);
  const { lesson, roster } = class_;
  if (submissions.length === 0 && !options.regrade)
    throw new InputError('no-submissions', 'Nothing to grade.', [
      `Name files or folders: wirebook grade ${target} SUBMISSIONS`,
    ]);
  const places = submissions.length > 0 ? findSubmissions(submissions, lesson.id, io.cwd, roster) : [];
  const trust = options.regrade ? [] : await trustIn(options.driver);
  const at = new Date(systemClock.now());
  const began = systemClock.monotonic();
  const reports = openReports(options.reporter ?? [], { ...io, at: at.toISOString(), token: randomUUID() });
  const store = new Store(resultsFolder(lesson, options.results, io), at);
  try {
    const grades = options.regrade
      ? await (await import('./grade-regrade.ts')).regradeAll(class_, store, places, options, io)
      : await run(class_, places, store, options, io, reports.each);
    const known = new Set(grades.map(({ learner }) => learner));
    const plan = planFor(lesson);
    const others = (io.signal.aborted ? [] : (roster?.learners ?? [])).filter(({ id }) => !known.has(id));
    const { similarityOf } = await import('../grade/similarity/similarity.ts');
    const all = [
      ...grades,
      ...(await Promise.all(others.map((one) => earlierGrade(one, plan, store, class_)))),
    ];
    for (const one of all.slice(grades.length)) reports.each(one);
    const { similarity, notices } = await similarityOf(lesson, all, store, class_.lessonOf);
    const report: GradeReport = {
      format: 1,
      wirebook: io.version,
      driver: options.driver.name,
      lesson: {
        id: lesson.id,
        title: lesson.title,
        file: lesson.file,
        hash: lesson.hash,
        language: lesson.language,
      },
      startedAt: at.toISOString(),
      durationMs: Math.round(systemClock.monotonic() - began),
      interrupted: io.signal.aborted,
      plan: { ...plan, notices: [...plan.notices, ...trust, ...notices] },
      grades: all,
      similarity,
      ...(roster === undefined ? {} : { roster: roster.learners }),
    };
    reports.end(report);
    io.stderr.write(`Results are kept in ${store.folder}\n`);
    return exitCode(report);
  } finally {
    store.close();
  }
}

/** Jobs that wait for workers at the same time: enough for many machines, little enough for this one's memory. */
const IN_FLIGHT = 256;

/** Of the roster, but not among what is graded now: an earlier result, else nothing was handed in. */
async function earlierGrade(
  { id, name }: Learner,
  plan: Plan,
  store: Store,
  { lessonOf }: OpenClass,
): Promise<Grade> {
  const record = store.get(id);
  if (record === undefined) return missingGrade(plan, id, name);
  const grade = gradeOf(planFor(await lessonOf(id)), record);
  return {
    ...grade,
    notes: [...grade.notes, `Graded ${record.startedAt}, and not among the submissions now.`],
  };
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

export interface OpenClass {
  /** With the numbers of nobody in particular. */
  lesson: Lesson;
  lessonOf: (learner: string) => Promise<Lesson>;
  roster?: Roster;
}

async function openClass(target: string, options: GradeOptions, io: GradeIo): Promise<OpenClass> {
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
  const secret = options.secret === undefined ? undefined : secretIn(options.secret, io);
  const isOwn = lesson.params !== undefined && secret !== undefined;
  const roster =
    options.roster === undefined
      ? undefined
      : parseRoster(options.roster, textIn('roster', options.roster, io));
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

function textIn(what: string, file: string, io: GradeIo): string {
  try {
    return readFileSync(resolve(io.cwd, file), 'utf8');
  } catch (error) {
    throw new InputError(`${what}-not-readable`, `${file} cannot be read: ${(error as Error).message}.`);
  }
}

function secretIn(file: string, io: GradeIo): string {
  const secret = textIn('secret', file, io).trim();
  if (secret.length >= 16) return secret;
  throw new InputError('secret-too-short', `The secret in ${file} is too short: it could be guessed.`, [
    'Make one: openssl rand -hex 32 > secret',
  ]);
}

async function run(
  { lesson, lessonOf }: OpenClass,
  places: readonly Place[],
  store: Store,
  options: GradeOptions,
  io: GradeIo,
  each: (grade: Grade) => void,
): Promise<Grade[]> {
  const { driver } = options;
  if (options.queue === undefined) await driver.prepare((message) => io.stderr.write(`${message}\n`));
  const tell = progressTeller(io);
  tell.tell({ done: 0, total: places.length, kept: 0 });
  const { queue } = options;
  const timeout = options.timeout === undefined ? {} : { timeoutMs: options.timeout * 1000 };
  const coordinator =
    queue === undefined
      ? undefined
      : await (await import('../grade/queue/coordinator.ts')).openCoordinator({
          url: queue,
          lesson,
          driver: driver.name,
          store,
          signal: io.signal,
          tell: (line) => io.stderr.write(`${line}\n`),
          ...timeout,
        });
  const grades = await gradeAll({
    places,
    lessonOf,
    driver,
    store,
    version: io.version,
    signal: io.signal,
    // A sandbox waits for packets and time limits more than it computes.
    jobs: coordinator
      ? IN_FLIGHT
      : Math.min(options.jobs ?? availableParallelism() * 2, driver.parallel ?? Infinity),
    ...(coordinator ? { runner: coordinator.run } : {}),
    again: options.again ?? false,
    ...(options.publicKey === undefined ? {} : { publicKey: textIn('key', options.publicKey, io) }),
    ...timeout,
    onGrade: (one, progress) => {
      each(one);
      tell.tell(progress);
    },
  }).finally(() => coordinator?.close());
  tell.end();
  return grades;
}

/** One line that is written over on a terminal; elsewhere a line now and then. */
function progressTeller({ stderr }: GradeIo): { tell(progress: Progress): void; end(): void } {
  const EVERY_MS = 10_000;
  let told = systemClock.monotonic();
  let open = false;
  return {
    tell({ done, total, kept, leftMs }) {
      if (total < 2) return;
      const words = [
        `${done} of ${total}`,
        kept > 0 ? `${kept} graded before` : '',
        leftMs !== undefined && done < total
          ? `about ${formatDuration(Math.ceil(leftMs / 1000) * 1000)} left`
          : '',
      ];
      const line = words.filter((part) => part !== '').join(', ');
      if (stderr.isTTY) {
        stderr.write(`\r\x1b[K${line}`);
        open = true;
      } else if (done === total || systemClock.monotonic() - told >= EVERY_MS) {
        told = systemClock.monotonic();
        stderr.write(`${line}\n`);
      }
    },
    end() {
      if (open) stderr.write('\r\x1b[K');
    },
  };
}

function exitCode({ grades, interrupted }: GradeReport): ExitCode {
  if (interrupted) return 130;
  if (grades.some(({ state }) => state === 'broken')) return 3;
  if (grades.length === 0 || grades.some(({ state }) => state === 'refused')) return 2;
  return grades.some(
    ({ state, earnedMilli = 0, possibleMilli }) => state === 'missing' || earnedMilli < possibleMilli,
  )
    ? 1
    : 0;
}

/** `wirebook grade seeds LEARNER... --secret FILE`: CSV, a line a learner. */
export async function gradeSeeds(
  learners: readonly string[],
  given: GradeGiven,
  io: GradeIo,
): Promise<ExitCode> {
  const { csvText } = await import('../lib/csv.ts');
  if (given.secret === undefined)
    throw new InputError('no-secret', 'The seeds come of the course’s secret.', [
      'wirebook grade seeds LEARNER... --secret FILE',
    ]);
  const secret = secretIn(given.secret, io);
  const roster =
    given.roster === undefined ? [] : parseRoster(given.roster, textIn('roster', given.roster, io)).learners;
  const ids = [...new Set([...learners, ...roster.map(({ id }) => id)])];
  if (ids.length === 0)
    throw new InputError('no-learners', 'Whose seeds?', 'Name learners, or give --roster FILE.');
  // Lines as a shell reads them: a seed with a carriage return behind it is none.
  io.stdout.write(
    csvText([['learner', 'seed'], ...ids.map((id) => [id, seedOf(secret, id)])]).replaceAll('\r\n', '\n'),
  );
  return 0;
}

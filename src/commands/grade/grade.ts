/** `wirebook grade LESSON SUBMISSION...`: scores, by what the grader observed; `--regrade` and `--explain`. */
import { randomUUID } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { gradeAll, missingGrade, type Progress } from '../../grade/grade-all.ts';
import { planFor } from '../../grade/score/items.ts';
import { gradeOf } from '../../grade/score/score.ts';
import { Store } from '../../grade/store.ts';
import { findSubmissions, type Place } from '../../grade/submission/find.ts';
import { formatDuration, systemClock } from '../../lib/clock.ts';
import { InputError } from '../../lib/errors.ts';
import type { Learner } from '../../lib/roster.ts';
import { commandSay } from '../../page/said/command.ts';
import type { Say } from '../../page/said/translate.ts';
import { spoken } from '../../page/words/languages.ts';
import { formatOf } from '../../report/grades/formats.ts';
import type { Grade, Plan } from '../../report/grades/grade.ts';
import { notOne } from '../../report/grades/gradescope.ts';
import { jsonSchema } from '../../report/grades/json.ts';
import { type GradeReport, lacks } from '../../report/grades/model.ts';
import { publicKeyIn } from '../given.ts';
import { sayLines } from '../help.ts';
import type { ExitCode } from '../io.ts';
import { type GradeIo, type GradeOptions, type OpenClass, openClass, trustIn } from './class.ts';
import { explainGrade } from './explain.ts';
import { openReports } from './reports.ts';
import { resultsFolder } from './results.ts';

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
  if (!options.regrade) forOne(options.reporter ?? [], places, roster?.learners ?? []);
  const trust = options.regrade ? [] : await trustIn(options.driver);
  const at = new Date(systemClock.now());
  const began = systemClock.monotonic();
  const say = await commandSay(options.lang, io.env);
  const reports = openReports(options.reporter ?? [], {
    ...io,
    at: at.toISOString(),
    token: randomUUID(),
    say,
    language: spoken(options.lang, io.env),
  });
  const store = new Store(resultsFolder(lesson, options.results, io), at);
  try {
    const grades = options.regrade
      ? await (await import('./regrade.ts')).regradeAll(class_, store, places, options, io)
      : await run(class_, places, store, options, io, say, reports.each);
    const known = new Set(grades.map(({ learner }) => learner));
    const plan = planFor(lesson);
    const others = (io.signal.aborted ? [] : (roster?.learners ?? [])).filter(({ id }) => !known.has(id));
    const { similarityOf } = await import('../../grade/similarity/similarity.ts');
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
    const more = sayLines(moreOf(all, target, options), say);
    io.stderr.write(`${say(`Results are kept in ${store.folder}`)}\n${more}`);
    return exitCode(report);
  } finally {
    store.close();
  }
}

/** Before anything runs: a report of one submission cannot be written of a class. @throws InputError `one-submission` */
function forOne(
  choices: readonly { name: string }[],
  places: readonly Place[],
  roster: readonly Learner[],
): void {
  const single = choices.find(({ name }) => formatOf(name).single);
  const learners = new Set([...places.map(({ learner }) => learner), ...roster.map(({ id }) => id)]).size;
  if (single !== undefined && learners !== 1) throw notOne(single.name, learners);
}

/** What to look at next, where points were lost: one that is there. */
function moreOf(grades: readonly Grade[], target: string, options: GradeOptions): string {
  const who = grades.find(({ items }) => items.some(lacks));
  if (who === undefined) return '';
  const { results, secret, seed } = options;
  const same = Object.entries({ results, secret, seed }).flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name} ${value} `],
  );
  return `Every lost point in full: wirebook grade ${target} ${same.join('')}--explain ${who.learner}\n`;
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

async function run(
  { lesson, lessonOf }: OpenClass,
  places: readonly Place[],
  store: Store,
  options: GradeOptions,
  io: GradeIo,
  say: Say,
  each: (grade: Grade) => void,
): Promise<Grade[]> {
  const { driver } = options;
  if (options.queue === undefined) await driver.prepare((message) => io.stderr.write(`${say(message)}\n`));
  const tell = progressTeller(io, say);
  tell.tell({ done: 0, total: places.length, kept: 0 });
  const { queue } = options;
  const timeout = options.timeout === undefined ? {} : { timeoutMs: options.timeout * 1000 };
  const coordinator =
    queue === undefined
      ? undefined
      : await (await import('../../grade/queue/coordinator.ts')).openCoordinator({
          url: queue,
          lesson,
          driver: driver.name,
          store,
          signal: io.signal,
          tell: (line) => io.stderr.write(`${say(line)}\n`),
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
    ...(options.publicKey === undefined ? {} : { publicKey: publicKeyIn(options.publicKey, io.cwd) }),
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
function progressTeller({ stderr }: GradeIo, say: Say): { tell(progress: Progress): void; end(): void } {
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
      const line = words
        .filter((part) => part !== '')
        .map(say)
        .join(say(', '));
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

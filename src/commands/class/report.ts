/** `wirebook class report [CLASS]`: what a class comes to, at its end or while it goes on. */
import { existsSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { CourseOutline } from '../../board/outline.ts';
import { type ClassFile, classesIn, findClasses, readClass } from '../../class/host/folder.ts';
import { learnerOf } from '../../class/host/roster.ts';
import { checkFormat, type FormatChoice, formatted } from '../../class/report/formats.ts';
import { jsonSchema } from '../../class/report/json.ts';
import { Reporter } from '../../class/report/make.ts';
import type { ClassReport } from '../../class/report/model.ts';
import { InputError } from '../../lib/errors.ts';
import { wirebookPaths } from '../../lib/paths.ts';
import { type Learner, parseRoster } from '../../lib/roster.ts';
import { suggest } from '../../lib/suggest.ts';
import { rosterIn } from '../given.ts';
import type { ExitCode, Io } from '../io.ts';
import { writeOutput } from '../write-output.ts';
import type { ClassGiven } from './arguments.ts';
import type { OpenClass } from './kept.ts';
import { readRoster } from './roster.ts';

type ReportIo = Pick<Io, 'cwd' | 'env' | 'stdout' | 'version' | 'color'>;

export async function classReport(
  target: string | undefined,
  given: ClassGiven,
  io: ReportIo,
): Promise<ExitCode> {
  if (given.jsonSchema) {
    io.stdout.write(`${JSON.stringify(jsonSchema(), null, 2)}\n`);
    return 0;
  }
  const choices = given.reporter?.length ? given.reporter : [{ name: 'text', file: undefined }];
  const targets = choices.map(({ name, file }) => {
    checkFormat(name);
    return file === undefined ? 'stdout' : resolve(io.cwd, file);
  });
  const twice = targets.find((one, index) => targets.indexOf(one) !== index);
  if (twice !== undefined)
    throw new InputError(
      'reporters-together',
      `Two reports go to ${twice}.`,
      'Give one a file: --reporter NAME=FILE',
    );
  const { report, course, roster } = await (given.nats === undefined ? here(target, io) : onNats(given, io));
  const choice: FormatChoice = {
    course,
    roster: given.roster === undefined ? roster : learnersIn(given.roster, io.cwd),
    ...(given.lesson === undefined ? {} : { lesson: given.lesson.at(-1)! }),
    ...(given.learner === undefined ? {} : { learner: given.learner }),
  };
  // Each before any is written: half of them is nothing to go by.
  const texts = choices.map(({ name, file }) =>
    formatted(name, report, { ...choice, color: io.color && file === undefined }),
  );
  for (const [index, { file }] of choices.entries()) writeOutput(texts[index]!, file, io);
  return 0;
}

interface Found {
  report: ClassReport;
  course: CourseOutline;
  roster: readonly Learner[] | undefined;
}

async function here(target: string | undefined, io: ReportIo): Promise<Found> {
  const { folder, file } = findClass(target, io);
  const { LOG_FILE } = await import('../../class/log/disk/log.ts');
  const { readLog } = await import('../../class/log/disk/read.ts');
  const reporter = new Reporter({ course: file.course, wirebook: io.version });
  const log = join(folder, LOG_FILE);
  // A host may write to it meanwhile: what is not whole yet comes with the next report.
  if (existsSync(log)) await readLog(log, (entry) => reporter.add(entry));
  const report = reporter.report(Date.now());
  return {
    report: { ...report, id: report.id || file.id, title: file.title },
    course: file.course,
    roster: file.roster?.map(learnerOf),
  };
}

async function onNats({ nats: url = '', class: id }: ClassGiven, io: ReportIo): Promise<Found> {
  if (id === undefined)
    throw new InputError('class-needs', 'Which class on that server?', [
      'wirebook class report --nats URL --class NAME',
    ]);
  const { lookAtClass } = await import('../../class/log/nats/shared.ts');
  const { openNatsLog } = await import('../../class/log/nats/log.ts');
  const { course, title } = await lookAtClass<OpenClass>(url, id);
  await using log = await openNatsLog({ url, id });
  const reporter = new Reporter({ course, wirebook: io.version });
  await log.follow((entry) => reporter.add(entry));
  return { report: { ...reporter.report(log.now()), id, title }, course, roster: undefined };
}

/** By its folder, or by its id; the last one that was held when none is named. */
function findClass(target: string | undefined, io: ReportIo): { folder: string; file: ClassFile } {
  const { state } = wirebookPaths(io.env);
  const known = findClasses(state);
  if (target === undefined) {
    const [last] = known;
    if (last !== undefined) return last;
    throw new InputError('class-not-found', 'No class was held on this machine yet.', [
      'Hold one: wirebook class host',
      'Of a class on a NATS server: wirebook class report --nats URL --class NAME',
    ]);
  }
  const byId = known.find(({ folder, file }) => file.id === target || basename(folder) === target);
  if (byId !== undefined) return byId;
  const path = resolve(io.cwd, target);
  const folder = statSync(path, { throwIfNoEntry: false })?.isFile() ? dirname(path) : path;
  const file = readClass(folder);
  if (file !== undefined) return { folder, file };
  const near = suggest(
    target,
    known.map((one) => one.file.id),
  );
  throw new InputError('class-not-found', `There is no class ${target}.`, [
    ...(near === undefined ? [] : [`Did you mean ${near}?`]),
    known.length > 0
      ? `The last ones: ${known
          .slice(0, 5)
          .map((one) => one.file.id)
          .join(', ')}`
      : `None is kept in ${classesIn(state)}.`,
  ]);
}

/** A CSV with all its columns: gradebooks want them back. */
function learnersIn(file: string, cwd: string): readonly Learner[] {
  const entries = readRoster(file, cwd);
  if (/\.ya?ml$/i.test(file)) return entries.map(learnerOf);
  return parseRoster(file, rosterIn(file, cwd)).learners;
}

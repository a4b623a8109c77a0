/**
 * `wirebook test PATH...`: each lesson in a fresh sandbox, each cell (solutions for tasks); every check must fail before
 * its cell and hold after it.
 */
import { randomUUID } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { vocabulary } from '../check/vocabulary.ts';
import type { LessonFile } from '../lesson/files.ts';
import { findLessonFiles, originalOf, speaks } from '../lesson/files.ts';
import { readKeyed } from '../lesson/load.ts';
import type { Lesson } from '../lesson/model.ts';
import { DEFAULT_SEED } from '../lesson/values.ts';
import { systemClock } from '../lib/clock.ts';
import { InputError } from '../lib/errors.ts';
import { columnsOf } from '../lib/wrap.ts';
import { commandSay } from '../page/said/command.ts';
import type { Say } from '../page/said/translate.ts';
import { openDestinations } from '../report/destinations.ts';
import { exitCodeOf } from '../report/exit-code.ts';
import { githubSummary } from '../report/github.ts';
import { countsOf, type LessonResult, type Refusal, type Report, type ReportEvent } from '../report/model.ts';
import { testLesson } from '../session/test-lesson.ts';
import type { ExitCode } from './io.ts';
import type { TestOptions } from './options.ts';
import { appendOutput } from './write-output.ts';

export interface TestCommandOptions extends TestOptions {
  /** Exact ids; absent or empty: all. */
  lessons?: readonly string[];
  cells?: readonly string[];
  bail?: boolean;
}

/** What this command uses of `Io`. */
export interface TestIo {
  stdout: { write(text: string): unknown };
  stderr?: { write(text: string): unknown };
  env: Readonly<Record<string, string | undefined>>;
  cwd: string;
  color: boolean;
  signal: AbortSignal;
  version: string;
}

/** 0 all held; 1 a check failed or a lesson is at fault; 2 refused or nothing tested; 3 broken; 130 interrupted. */
export async function test(
  paths: readonly string[],
  options: TestCommandOptions,
  io: TestIo,
): Promise<ExitCode> {
  if (paths.length === 0)
    throw new InputError('no-paths', 'Nothing to test.', 'Name lessons or courses: wirebook test lessons');
  const choices = options.reporters.length > 0 ? options.reporters : [{ name: 'pretty' }];
  const files = await filesOf(paths, options, io);
  const say = await commandSay(options.lang, io.env);
  tellUntested(files, options, io, say);
  const reports = openDestinations({
    choices,
    cwd: io.cwd,
    root: io.cwd,
    stdout: io.stdout,
    color: io.color,
    ...(columnsOf(io.stdout) && { width: columnsOf(io.stdout) }),
    token: randomUUID(),
    say,
  });
  try {
    const report = await run(files, options, io, say, (event) => reports.write(event));
    reports.finish();
    const summary = io.env.GITHUB_STEP_SUMMARY;
    if (summary && choices.some(({ name }) => name === 'github'))
      appendOutput(githubSummary(report), summary);
    return exitCodeOf(report);
  } catch (error) {
    reports.abandon();
    throw error;
  }
}

interface Chosen {
  id: string;
  file: string;
  /** Its cells are run; of the others only that they are the same lesson is asked. */
  run: boolean;
}

/** Every language, each with its cells run. */
const ALL = 'all';

const noneIn = (lang: string): InputError =>
  new InputError('nothing-in-language', `None of these lessons is there in ${lang}.`, [
    'Without --lang the cells of the originals are run, and the translations are held against them.',
  ]);

/**
 * A translation has its checks and its commands from the original (lesson/translation), so running it again would say
 * little for twice the time: it is read, which refuses one that differs. `--lang` runs it all the same, and so does its own
 * name.
 */
async function runs(file: LessonFile, named: boolean, lang: string | undefined): Promise<boolean> {
  if (named || lang === ALL) return true;
  return lang === undefined ? originalOf(file.file) === undefined : speaks(file, lang);
}

/** Each file once, in the order of the paths; an unknown `--lesson` is told before anything runs. */
async function filesOf(paths: readonly string[], options: TestCommandOptions, io: TestIo): Promise<Chosen[]> {
  const found = (
    await Promise.all(
      // A path is told as it was given; it is completed only where we do not stand in the user's folder.
      paths
        .map((path) => (io.cwd === process.cwd() ? path : resolve(io.cwd, path)))
        .map(async (path) =>
          (await findLessonFiles(path)).map((file) => ({ file, named: file.file === path })),
        ),
    )
  ).flat();
  const wanted = options.lessons ?? [];
  for (const id of wanted)
    if (!found.some(({ file }) => file.id === id))
      throw new InputError('unknown-lesson', `There is no lesson called ${id} here.`, [
        `There are: ${[...new Set(found.map(({ file }) => file.id))].join(', ')}`,
      ]);
  const chosen = new Map<string, Chosen>();
  for (const { file, named } of found) {
    if (wanted.length > 0 && !wanted.includes(file.id)) continue;
    const run = await runs(file, named, options.lang);
    const key = resolve(io.cwd, file.file);
    chosen.set(key, { id: file.id, file: file.file, run: run || (chosen.get(key)?.run ?? false) });
  }
  return [...chosen.values()];
}

/** What `--lang` leaves out is said: a test of three lessons that are not there would look like one of all. */
function tellUntested(files: readonly Chosen[], { lang }: TestCommandOptions, io: TestIo, say: Say): void {
  if (lang === undefined || files.length === 0) return;
  const tested = new Set(files.filter(({ run }) => run).map(({ id }) => id));
  if (tested.size === 0) throw noneIn(lang);
  const left = new Set(files.map(({ id }) => id).filter((id) => !tested.has(id)));
  if (left.size > 0)
    io.stderr?.write(`${say(`Not tested, as they are not there in ${lang}: ${[...left].join(', ')}`)}\n`);
}

async function run(
  files: readonly Chosen[],
  options: TestCommandOptions,
  io: TestIo,
  say: Say,
  tell: (event: ReportEvent) => void,
): Promise<Report> {
  const { driver } = options;
  const startedAt = new Date(systemClock.now()).toISOString();
  const began = systemClock.monotonic();
  tell({
    type: 'test-started',
    at: startedAt,
    wirebook: io.version,
    driver: driver.name,
    files: files.map(({ file }) => file),
  });
  const { lessons, alike, refused } = await readAll(files, options);
  for (const refusal of refused) tell({ type: 'lesson-refused', refusal });
  if (lessons.length > 0) await driver.prepare((message) => io.stderr?.write(`${say(message)}\n`));
  const results = await testAll(lessons, alike, options, io, tell);
  const report: Report = {
    format: 1,
    wirebook: io.version,
    driver: driver.name,
    startedAt,
    durationMs: Math.round(systemClock.monotonic() - began),
    interrupted: io.signal.aborted,
    lessons: results,
    refused,
    counts: countsOf(results),
  };
  tell({ type: 'test-finished', report });
  return report;
}

interface Read {
  /** To be run. */
  lessons: Lesson[];
  /** Translations that are the same lesson, by the id of it. */
  alike: Map<string, string[]>;
  refused: Refusal[];
}

async function readAll(files: readonly Chosen[], options: TestCommandOptions): Promise<Read> {
  const read: Read = { lessons: [], alike: new Map(), refused: [] };
  for (const { file, run } of files) {
    for (const seed of run && options.seeds?.length ? options.seeds : [DEFAULT_SEED]) {
      const parsed = await readKeyed(file, vocabulary, { seed });
      if (!parsed.ok) {
        // A translation of a faulty original has nothing to add.
        const told = parsed.diagnostics.every(({ place }) =>
          read.refused.some((one) => one.file === place.file),
        );
        if (!told) read.refused.push({ file, diagnostics: parsed.diagnostics });
        break;
      }
      const { id, language } = parsed.lesson;
      if (run) read.lessons.push(parsed.lesson);
      else read.alike.set(id, [...(read.alike.get(id) ?? []), language]);
      // Another seed changes nothing of these.
      if (!parsed.lesson.params) break;
    }
  }
  const cells = options.cells ?? [];
  const known = new Set(read.lessons.flatMap((lesson) => lesson.cells.map((cell) => cell.id)));
  for (const id of cells)
    if (!known.has(id))
      throw new InputError('unknown-cell', `There is no cell called ${id} in these lessons.`);
  if (cells.length === 0) return read;
  return {
    ...read,
    lessons: read.lessons.filter((lesson) => lesson.cells.some(({ id }) => cells.includes(id))),
  };
}

/** Several at a time; told in the order of the lessons, whichever ends first. */
async function testAll(
  lessons: readonly Lesson[],
  alike: Read['alike'],
  options: TestCommandOptions,
  io: TestIo,
  tell: (event: ReportEvent) => void,
): Promise<LessonResult[]> {
  const { driver, bail } = options;
  const cells = (options.cells ?? []).length > 0 ? new Set(options.cells) : undefined;
  const results = new Map<number, LessonResult>();
  let next = 0;
  let told = 0;
  let stopped = false;
  const work = async (): Promise<void> => {
    while (next < lessons.length && !stopped && !io.signal.aborted) {
      const index = next++;
      const lesson = lessons[index]!;
      const tested = await testLesson(lesson, driver, {
        bail,
        cells,
        signal: io.signal,
        onCell: (cell) =>
          tell({
            type: 'cell-tested',
            lesson: lesson.id,
            file: lesson.file,
            ...(lesson.params ? { seed: lesson.params.seed } : {}),
            cell,
          }),
      });
      const translations = alike.get(lesson.id);
      const result = translations ? { ...tested, translations } : tested;
      results.set(index, result);
      if (bail && result.state !== 'pass' && result.state !== 'skipped') stopped = true;
      for (let ready = results.get(told); ready !== undefined; ready = results.get(told)) {
        tell({ type: 'lesson-tested', result: ready });
        told += 1;
      }
    }
  };
  const most = Math.min(lessons.length, driver.parallel ?? Number.POSITIVE_INFINITY);
  const jobs = Math.max(1, Math.min(options.jobs ?? availableParallelism(), most));
  await Promise.all(Array.from({ length: jobs }, work));
  return [...results].sort(([a], [b]) => a - b).map(([, result]) => result);
}

/**
 * `wirebook test PATH...`: each lesson in a fresh sandbox, each cell (solutions for tasks); every check must fail before
 * its cell and hold after it.
 */
import { randomUUID } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { vocabulary } from '../check/vocabulary.ts';
import { findLessonFiles } from '../lesson/files.ts';
import { readKeyed } from '../lesson/load.ts';
import type { Lesson } from '../lesson/model.ts';
import { DEFAULT_SEED } from '../lesson/values.ts';
import { systemClock } from '../lib/clock.ts';
import { InputError } from '../lib/errors.ts';
import { openDestinations } from '../report/destinations.ts';
import { exitCodeOf } from '../report/exit-code.ts';
import { githubSummary } from '../report/github.ts';
import { countsOf, type LessonResult, type Refusal, type Report, type ReportEvent } from '../report/model.ts';
import { testLesson } from '../session/test-lesson.ts';
import type { ExitCode } from './io.ts';
import type { TestOptions } from './options.ts';

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
  const reports = openDestinations({
    choices,
    cwd: io.cwd,
    root: io.cwd,
    stdout: io.stdout,
    color: io.color,
    token: randomUUID(),
  });
  try {
    const report = await run(files, options, io, (event) => reports.write(event));
    reports.finish();
    const summary = io.env.GITHUB_STEP_SUMMARY;
    if (summary && choices.some(({ name }) => name === 'github'))
      appendFileSync(summary, githubSummary(report));
    return exitCodeOf(report);
  } catch (error) {
    reports.abandon();
    throw error;
  }
}

/** Each file once, in the order of the paths; an unknown `--lesson` is told before anything runs. */
async function filesOf(paths: readonly string[], options: TestCommandOptions, io: TestIo): Promise<string[]> {
  const found = (
    await Promise.all(
      // A path is told as it was given; it is completed only where we do not stand in the user's folder.
      paths.map((path) => findLessonFiles(io.cwd === process.cwd() ? path : resolve(io.cwd, path))),
    )
  ).flat();
  const wanted = options.lessons ?? [];
  for (const id of wanted)
    if (!found.some((file) => file.id === id))
      throw new InputError('unknown-lesson', `There is no lesson called ${id} here.`, [
        `There are: ${[...new Set(found.map((file) => file.id))].join(', ')}`,
      ]);
  const tag = options.lang?.toLowerCase();
  const chosen = found.filter(
    (file) =>
      (wanted.length === 0 || wanted.includes(file.id)) &&
      (tag === undefined || (file.language ?? 'en').toLowerCase() === tag),
  );
  return [...new Map(chosen.map((file) => [resolve(io.cwd, file.file), file.file])).values()];
}

async function run(
  files: readonly string[],
  options: TestCommandOptions,
  io: TestIo,
  tell: (event: ReportEvent) => void,
): Promise<Report> {
  const { driver } = options;
  const startedAt = new Date(systemClock.now()).toISOString();
  const began = systemClock.monotonic();
  tell({ type: 'test-started', at: startedAt, wirebook: io.version, driver: driver.name, files });
  const { lessons, refused } = await readAll(files, options);
  for (const refusal of refused) tell({ type: 'lesson-refused', refusal });
  if (lessons.length > 0) await driver.prepare((message) => io.stderr?.write(`${message}\n`));
  const results = await testAll(lessons, options, io, tell);
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

async function readAll(
  files: readonly string[],
  options: TestCommandOptions,
): Promise<{ lessons: Lesson[]; refused: Refusal[] }> {
  const lessons: Lesson[] = [];
  const refused: Refusal[] = [];
  for (const file of files) {
    for (const seed of options.seeds?.length ? options.seeds : [DEFAULT_SEED]) {
      const parsed = await readKeyed(file, vocabulary, { seed });
      if (parsed.ok) lessons.push(parsed.lesson);
      else refused.push({ file, diagnostics: parsed.diagnostics });
      // Another seed changes nothing of these.
      if (!parsed.ok || !parsed.lesson.params) break;
    }
  }
  const cells = options.cells ?? [];
  const known = new Set(lessons.flatMap((lesson) => lesson.cells.map((cell) => cell.id)));
  for (const id of cells)
    if (!known.has(id))
      throw new InputError('unknown-cell', `There is no cell called ${id} in these lessons.`);
  if (cells.length === 0) return { lessons, refused };
  return { lessons: lessons.filter((lesson) => lesson.cells.some(({ id }) => cells.includes(id))), refused };
}

/** Several at a time; told in the order of the lessons, whichever ends first. */
async function testAll(
  lessons: readonly Lesson[],
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
      const result = await testLesson(lesson, driver, {
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
      results.set(index, result);
      if (bail && result.state !== 'pass' && result.state !== 'skipped') stopped = true;
      for (let ready = results.get(told); ready !== undefined; ready = results.get(told)) {
        tell({ type: 'lesson-tested', result: ready });
        told += 1;
      }
    }
  };
  const jobs = Math.max(1, Math.min(options.jobs ?? availableParallelism(), lessons.length));
  await Promise.all(Array.from({ length: jobs }, work));
  return [...results].sort(([a], [b]) => a - b).map(([, result]) => result);
}

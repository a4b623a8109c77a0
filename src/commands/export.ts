/** `wirebook export LESSON`: a lesson with what its cells printed and what of it holds, as one file. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { vocabulary } from '../check/vocabulary.ts';
import { formatOf } from '../export/formats.ts';
import type { Walk } from '../export/model.ts';
import { exportWords } from '../export/words.ts';
import { speaks } from '../lesson/files.ts';
import { requireLesson } from '../lesson/load.ts';
import type { Lesson } from '../lesson/model.ts';
import { InputError, Interrupted, SandboxError } from '../lib/errors.ts';
import { wirebookPaths } from '../lib/paths.ts';
import { whyRefused } from '../lib/refusal.ts';
import { commandSay } from '../page/said/command.ts';
import type { Say } from '../page/said/translate.ts';
import { lessonLanguage } from '../page/words/choose.ts';
import type { SessionEvent } from '../session/events.ts';
import { readJournal } from '../session/journal/read.ts';
import { JOURNAL_VERSION } from '../session/journal/records.ts';
import { restore } from '../session/journal/restore.ts';
import { journalPath } from '../session/journal.ts';
import { readSeed } from '../session/progress.ts';
import { initialState, reduce } from '../session/reduce.ts';
import { testLesson } from '../session/test-lesson.ts';
import type { ExitCode, Io } from './io.ts';
import { lessonPath } from './lesson-path.ts';
import type { ExportOptions } from './options.ts';
import { writeOutput } from './write-output.ts';

/** What this command uses of `Io`. */
export type ExportIo = Pick<Io, 'env' | 'cwd' | 'signal' | 'version'> & {
  stdout: { write(text: string | Uint8Array): unknown };
  stderr: { write(text: string): unknown };
};

/** 0: written. Whether the lesson holds is `wirebook test`'s question; here its verdicts are told, whatever they are. */
export async function exportLesson(target: string, options: ExportOptions, io: ExportIo): Promise<ExitCode> {
  const { name, format } = formatOf(options.format, options.output);
  const path = lessonPath(target, io.cwd);
  const lesson = await seeded(path, options, io);
  const say = await commandSay(options.lang, io.env);
  if (options.lang !== undefined && !speaks(lesson, options.lang))
    io.stderr.write(
      `${say(`${lesson.id} is told as it was written, in ${lesson.language}: not in ${options.lang}.`)}\n`,
    );
  const walk =
    options.source === 'run'
      ? await runWalk(lesson, options, io)
      : sessionWalk(lesson, options.source, io, say);
  if (name === 'asciicast' && walk.source === 'text') throw neverWalked(lesson);
  const words = exportWords(options.lang ?? lesson.language);
  writeOutput(format(walk, { words, version: io.version }), options.output, io);
  return 0;
}

/** With the numbers that are wanted; else those that the learner had. */
async function seeded(path: string, options: ExportOptions, io: ExportIo): Promise<Lesson> {
  const tag = lessonLanguage(options.lang, io.env);
  const language = tag === undefined ? {} : { language: tag };
  const { seed } = options;
  const lesson = await requireLesson(path, vocabulary, {
    ...language,
    ...(seed === undefined ? {} : { seed }),
  });
  const journal = options.source === 'run' ? undefined : journalOf(lesson, io.env);
  const walked = journal && readSeed(journal);
  if (seed !== undefined || walked === undefined || walked === lesson.params?.seed) return lesson;
  return requireLesson(path, vocabulary, { ...language, seed: walked });
}

const neverWalked = (lesson: Lesson): InputError =>
  new InputError(
    'no-session',
    `You have not walked through ${lesson.id} yet, so there is nothing to export of it.`,
    [
      `Walk through it: wirebook ${lesson.file}`,
      `Or let it run in a fresh sandbox: wirebook export ${lesson.file} --run`,
    ],
  );

/**
 * The journal that was written last: a lesson is kept apart by the course that it was opened from, which may have been
 * its own folder or the one above.
 */
function journalOf(lesson: Lesson, env: ExportIo['env']): string | undefined {
  const { state } = wirebookPaths(env);
  const own = dirname(lesson.file);
  return [own, dirname(own)]
    .map((course) => journalPath({ state, course, lesson: lesson.id }))
    .filter((path) => existsSync(path))
    .sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs)[0];
}

function bytesOf(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (error) {
    const why = whyRefused(error);
    throw new InputError(
      'journal-not-readable',
      `Your walk is kept in ${path}, which cannot be read: ${why}.`,
      [],
      {
        cause: error,
      },
    );
  }
}

/** Reads the journal beside whoever writes it: a notebook may be open. */
function sessionWalk(lesson: Lesson, source: ExportOptions['source'], io: ExportIo, say: Say): Walk {
  const path = journalOf(lesson, io.env);
  const content = path === undefined ? undefined : readJournal(bytesOf(path));
  if (path !== undefined && (content?.header?.version ?? 0) > JOURNAL_VERSION)
    throw new InputError('journal-newer', `${path} was written by a newer Wirebook.`, 'Update Wirebook.');
  const at = path === undefined ? 0 : Math.round(statSync(path).mtimeMs);
  const restored = content && restore(content, lesson, at);
  if (content === undefined || restored === undefined) {
    if (source === 'session') throw neverWalked(lesson);
    io.stderr.write(
      `${say(`${lesson.id} has not been walked yet: exported without outputs. With --run it runs first.`)}\n`,
    );
    return { lesson, state: initialState(lesson, 0), events: [], source: 'text' };
  }
  if (restored.changed.length > 0)
    io.stderr.write(
      `${say(`The lesson has changed since: ${restored.changed.join(', ')} are told as not run.`)}\n`,
    );
  return { lesson, state: restored.state, events: content.events, source: 'session', at };
}

/** Nobody watches a recording of more: what a cell prints beyond it is left out, and that is said once. */
const STREAMED_UNITS = 256 * 1024;

function boundedOutput(): (event: SessionEvent) => SessionEvent | undefined {
  const printed = new Map<string, number>();
  return (event) => {
    if (event.type === 'cell-started') printed.delete(event.cell);
    if (event.type !== 'output') return event;
    const before = printed.get(event.cell) ?? 0;
    printed.set(event.cell, before + event.text.length);
    if (before + event.text.length <= STREAMED_UNITS) return event;
    if (before > STREAMED_UNITS) return undefined;
    return {
      ...event,
      text: `${event.text.slice(0, STREAMED_UNITS - before)}\n... the rest is left out ...\n`,
    };
  };
}

/** @throws SandboxError when the sandbox failed; Interrupted. */
async function runWalk(lesson: Lesson, { driver }: ExportOptions, io: ExportIo): Promise<Walk> {
  await driver.prepare((message) => io.stderr.write(`${message}\n`));
  const at = Date.now();
  const events: SessionEvent[] = [];
  const keep = boundedOutput();
  let state = initialState(lesson, at);
  const result = await testLesson(lesson, driver, {
    signal: io.signal,
    onEvent: (event) => {
      state = reduce(state, event, lesson);
      const kept = keep(event);
      if (kept !== undefined) events.push(kept);
    },
  });
  if (io.signal.aborted) throw new Interrupted();
  if (result.because !== undefined) throw new SandboxError('export-run', result.because, result.next ?? []);
  return { lesson, state, events, source: 'run', at };
}

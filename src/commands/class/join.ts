/**
 * `wirebook class join [ADDRESS CODE] [COURSE|LESSON]`: the notebook as part of a live class. Without a code the class of
 * before goes on, also while its host cannot be reached.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RefusalCode } from '../../board/messages.ts';
import type { LessonOutline } from '../../board/outline.ts';
import { formatCode, isHostOf, type JoinCode, parseCode } from '../../class/code.ts';
import { formatAddress, parseAddress } from '../../class/learner/address.ts';
import { type LearnerClassroom, openClassroom } from '../../class/learner/classroom.ts';
import type { Address, LinkState, Trouble } from '../../class/learner/link.ts';
import { beginMemory, knownClasses, type Memory, openMemory } from '../../class/learner/memory.ts';
import { loadCourse } from '../../lesson/course.ts';
import { InputError } from '../../lib/errors.ts';
import { PACKAGE_ROOT } from '../../lib/package.ts';
import { wirebookPaths } from '../../lib/paths.ts';
import type { Library } from '../../page/library.ts';
import { chooseWords, lessonLanguage } from '../../page/words/choose.ts';
import type { ClassWords } from '../../page/words/class/en.ts';
import type { Given } from '../call.ts';
import type { ExitCode, Io } from '../io.ts';
import { libraryOf } from '../library.ts';
import { openNotebook, openTarget } from '../notebook.ts';
import type { NotebookOptions } from '../options.ts';
import { askConsent, askName, canAsk, nameOf, parseShared } from './ask.ts';

export interface JoinGiven extends Given {
  /** Their entry of the class's list. */
  roster?: string;
  /** `--share progress,outputs` */
  share?: string;
}

/** Without an answer who comes for the first time is told so; who comes again begins alone, and the host is sought on. */
const PATIENCE_MS = { first: 30_000, again: 6000 };
/** Waiting changes nothing about these. */
const PLAIN: ReadonlySet<string> = new Set(['ECONNREFUSED', 'ENOTFOUND']);

export async function classJoin(
  args: readonly string[],
  given: JoinGiven,
  options: NotebookOptions,
  io: Io,
): Promise<ExitCode> {
  const words = (await chooseWords(options.lang, io.env)).class;
  const wanted = wantedOf(args, given);
  const classroom = await enter(wanted, given, words, io);
  try {
    const { target } = classroom.memory.get();
    const { library, lesson } = await courseOf(classroom.room, target, options, words, io);
    return await openNotebook(attended(library, classroom.room), lesson, options, io, classroom.room);
  } finally {
    await classroom.room.close();
  }
}

interface Wanted {
  address?: Address;
  code?: JoinCode;
  target?: string;
}

/** `ADDRESS CODE [TARGET]`, or nothing: the class of before. */
function wantedOf([address, code, target]: readonly string[], { name }: JoinGiven): Wanted {
  if (name !== undefined && nameOf(name) === undefined)
    throw new InputError('class-name', `${JSON.stringify(name)} cannot be a name in a class.`, [
      'A name has 1 to 64 characters, on one line.',
    ]);
  if (address === undefined) return {};
  if (code === undefined)
    throw new InputError('class-code', 'To join a class its code is needed too.', [
      'wirebook class join ADDRESS CODE',
      'Without both of them the class that you were in last goes on: wirebook class join',
    ]);
  return {
    address: parseAddress(address),
    code: parseCode(code),
    ...(target === undefined ? {} : { target }),
  };
}

interface Entered {
  room: LearnerClassroom;
  memory: Memory;
}

async function enter(wanted: Wanted, given: JoinGiven, words: ClassWords, io: Io): Promise<Entered> {
  const known = rememberedFor(wanted, given, io);
  if (known) return enterAgain(known, wanted, given, words, io);
  const { address, code } = wanted;
  if (!address || !code)
    throw new InputError('class-none', 'You were in no class yet.', ['wirebook class join ADDRESS CODE']);
  return enterFirst({ ...wanted, address, code }, given, words, io);
}

type Known = ReturnType<typeof knownClasses>[number];

/** The class of before: the one of this code, as this learner if that is said; without a code the last one. */
function rememberedFor({ code }: Wanted, { name, roster }: JoinGiven, io: Io): Known | undefined {
  const { state } = wirebookPaths(io.env);
  return knownClasses(state).find(
    ({ remembered }) =>
      remembered.learner !== undefined &&
      (code === undefined || remembered.code === formatCode(code)) &&
      (name === undefined || remembered.name === nameOf(name) || remembered.asked === nameOf(name)) &&
      (roster === undefined || remembered.roster === roster),
  );
}

function start(memory: Memory, io: Io): Entered {
  const { address, code } = memory.get();
  const parsed = parseCode(code);
  const room = openClassroom({
    memory,
    // In a place that the host offers there is one way to it, and it is no address.
    address: { ...parseAddress(address), socket: io.env.WIREBOOK_CLASS_LINE },
    secret: parsed.secret,
    verify: (certificate) => isHostOf(parsed, certificate),
    version: io.version,
  });
  return { room, memory };
}

async function enterAgain(
  { folder, remembered }: Known,
  { address, target }: Wanted,
  given: JoinGiven,
  words: ClassWords,
  io: Io,
): Promise<Entered> {
  if (remembered.ended) throw refused('ended', undefined, words);
  const memory = openMemory(folder, {
    ...remembered,
    ...(address ? { address: formatAddress(address) } : {}),
    ...(target === undefined ? {} : { target }),
  });
  const entered = start(memory, io);
  const { room } = entered;
  if (given.share !== undefined) room.act({ do: 'share', consent: parseShared(given.share) });
  io.stderr.write(`${words.join.connecting(memory.get().address)}\n`);
  const state = await settled(room, PATIENCE_MS.again, io);
  const { name = '', title = '' } = memory.get();
  if (state.state === 'connected') io.stderr.write(`${words.join.joined(name, title)}\n`);
  else if (state.state === 'over') {
    await room.close(0);
    throw refused(state.because, undefined, words);
  } else io.stderr.write(`${words.join.alone(title)}\n  ${troubleText(state.because, memory, words)}\n`);
  return entered;
}

async function enterFirst(
  { address, code, target }: Required<Pick<Wanted, 'address' | 'code'>> & Wanted,
  given: JoinGiven,
  words: ClassWords,
  io: Io,
): Promise<Entered> {
  const { state: folder } = wirebookPaths(io.env);
  const { roster } = given;
  let name = given.name === undefined ? undefined : nameOf(given.name);
  if (name === undefined && roster === undefined) name = await askName(io, words);
  const shown = formatAddress(address);
  const consent = given.share === undefined ? await askConsent(io, words, shown) : parseShared(given.share);
  for (;;) {
    io.stderr.write(`${words.join.connecting(shown)}\n`);
    const memory = beginMemory(folder, {
      address: shown,
      code: formatCode(code),
      consent,
      ...(name === undefined ? {} : { name, asked: name }),
      ...(roster === undefined ? {} : { roster }),
      ...(target === undefined ? {} : { target }),
    });
    const entered = start(memory, io);
    const state = await settled(entered.room, PATIENCE_MS.first, io);
    if (state.state === 'connected') {
      io.stderr.write(`${words.join.joined(memory.get().name ?? '', memory.get().title ?? '')}\n`);
      return entered;
    }
    await entered.room.close(0);
    if (state.state === 'alone') throw notReached(state.because, memory, words);
    memory.discard();
    const another = state.because === 'name-taken' || state.because === 'name-needed';
    if (!another || !canAsk(io)) throw refused(state.because, undefined, words);
    io.stderr.write(`${words.refused[state.because]}\n`);
    name = await askName(io, words);
  }
}

/** As soon as it is known how it stands; a host that is slow to answer is waited for, for a while. */
async function settled(room: LearnerClassroom, patienceMs: number, io: Io): Promise<LinkState> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const look = () => {
    const now = room.link();
    if (now.state !== 'alone' || now.because.kind !== 'network' || PLAIN.has(now.because.code)) resolve();
  };
  const stop = room.subscribe(look);
  const timer = setTimeout(resolve, patienceMs);
  io.signal.addEventListener('abort', () => resolve(), { once: true });
  look();
  await promise;
  clearTimeout(timer);
  stop();
  return room.link();
}

function refused(code: RefusalCode, again: number | undefined, words: ClassWords): InputError {
  const next = (words.next as Partial<Record<RefusalCode, string | ((seconds: number) => string)>>)[code];
  const what = typeof next === 'function' ? next(again ?? 60) : next;
  return new InputError(`class-${code}`, words.refused[code], what === undefined ? [] : [what]);
}

function notReached(because: Trouble, memory: Memory, words: ClassWords): InputError {
  if (because.kind === 'refused') return refused(because.code, because.again, words);
  const code = because.kind === 'certificate' ? 'class-certificate' : 'class-not-reached';
  return new InputError(code, troubleText(because, memory, words), words.join.look);
}

function troubleText(because: Trouble, memory: Memory, words: ClassWords): string {
  const { address } = memory.get();
  const { trouble } = words.join;
  switch (because.kind) {
    case 'certificate':
      return trouble.certificate(address);
    case 'refused':
      return words.refused[because.code];
    case 'network': {
      const { code, message } = because;
      if (code === 'ECONNREFUSED') return trouble.nobody(address);
      if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return trouble.unknown(address);
      if (code === 'ETIMEDOUT' || code === 'EHOSTUNREACH' || code === 'ENETUNREACH' || message === '')
        return trouble.silent(address);
      return trouble.other(address, message);
    }
  }
}

/** Where the learner's lessons are, and how far they are those of the class. */
async function courseOf(
  room: LearnerClassroom,
  target: string | undefined,
  options: NotebookOptions,
  words: ClassWords,
  io: Io,
): Promise<{ library: Library; lesson?: { id: string; title: string } }> {
  const opened = await openTarget(target, lessonLanguage(options.lang, io.env), io);
  // As they were written: a translation has a text of its own.
  const own = await loadCourse(opened.course.path ?? join(PACKAGE_ROOT, 'lessons'), {});
  const { course, where } = room.getState();
  const fileOf = (id: string) => own.lessons.find((lesson) => lesson.id === id)?.file;
  const found = course.lessons.filter(({ id }) => fileOf(id) !== undefined);
  if (course.lessons.length > 0 && found.length === 0)
    throw new InputError('class-course', words.join.foreign, words.join.giveCourse);
  const missing = course.lessons.filter((lesson) => !found.includes(lesson));
  const differing = found.filter((lesson) => hashOf(fileOf(lesson.id)!) !== lesson.hash);
  const titles = (lessons: readonly LessonOutline[]) => lessons.map(({ title }) => title).join(', ');
  if (missing.length > 0) io.stderr.write(`${words.join.missing(titles(missing))}\n`);
  if (differing.length > 0) io.stderr.write(`${words.join.differs(titles(differing))}\n`);
  const library = libraryOf(opened.course, options, io);
  if (opened.lesson) return { library, lesson: opened.lesson };
  const begin = found.find(({ id }) => id === where?.lesson) ?? (found.length === 1 ? found[0] : undefined);
  return { library, ...(begin ? { lesson: { id: begin.id, title: begin.title } } : {}) };
}

function hashOf(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}

/** Each session that is opened is one that the class hears of. */
function attended(library: Library, room: LearnerClassroom): Library {
  return { ...library, open: async (id) => room.attend(await library.open(id)) };
}

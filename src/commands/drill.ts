/** `wirebook drill`: a network that works, broken on purpose; the notebook watches until it is mended. */
import { appendFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DrillEntry, pictureOf, readHistory } from '../drill/history.ts';
import { drillLesson } from '../drill/lesson.ts';
import { type Drill, makeDrill } from '../drill/make.ts';
import { TOPICS } from '../drill/model.ts';
import { DrillTally } from '../drill/tally.ts';
import type { Tongue } from '../drill/tongue.ts';
import { loadCourse } from '../lesson/course.ts';
import { InputError } from '../lib/errors.ts';
import { makeFolder } from '../lib/folders.ts';
import { keeping } from '../lib/keeping.ts';
import { wirebookPaths } from '../lib/paths.ts';
import { suggest } from '../lib/suggest.ts';
import type { Library } from '../page/library.ts';
import { asCalled } from '../page/said/as-called.ts';
import { drillTongue } from '../page/said/command.ts';
import { textWidth } from '../page/text/width.ts';
import { type CheckEngine, checkEngine } from '../session/engine.ts';
import { journalPath } from '../session/progress.ts';
import type { ExitCode, Io } from './io.ts';
import { libraryOf } from './library.ts';
import { openNotebook } from './notebook.ts';
import type { DriverOptions, NotebookOptions } from './options.ts';
import { writeOutput } from './write-output.ts';

export interface DrillOptions extends DriverOptions {
  topic?: string;
  seed?: string;
  level: number;
  plain: boolean;
  /** Write the lesson there instead of opening it. */
  output?: string;
  /** What has been drilled so far, instead of a drill. */
  history: boolean;
  json: boolean;
}

const LESSON = 'lesson.md';

function topicOf(text: string | undefined): (typeof TOPICS)[number] | undefined {
  if (text === undefined) return undefined;
  const topic = TOPICS.find((one) => one === text);
  if (topic !== undefined) return topic;
  const meant = suggest(text, TOPICS);
  throw new InputError('no-such-topic', `There is no topic ${text}.`, [
    ...(meant ? [`Did you mean ${meant}?`] : []),
    `The topics: ${TOPICS.join(', ')}.`,
  ]);
}

export async function drill(options: DrillOptions, io: Io): Promise<ExitCode> {
  const folder = join(wirebookPaths(io.env).state, 'drills');
  const history = join(folder, 'history.ndjson');
  const past = existsSync(history) ? readHistory(readFileSync(history, 'utf8')) : [];
  const topic = topicOf(options.topic);
  const tongue = await drillTongue(options.lang, io.env);
  if (options.history) return showHistory(past, options, tongue, io);
  const seed = options.seed ?? String(1000 + Math.floor(Math.random() * 9000));
  const made = makeDrill({ seed, level: options.level, ...(topic === undefined ? {} : { topic }) });
  if (made === undefined)
    throw new InputError('no-such-drill', `There is no drill of ${topic} on level ${options.level}.`, [
      'Leave the level out, or take another topic.',
    ]);
  const text = drillLesson(made, tongue);
  if (options.output !== undefined) {
    writeOutput(text, options.output, io);
    io.stdout.write(
      `${options.output} is written: a lesson like any other. Try it: wirebook test ${options.output}\n`,
    );
    return 0;
  }
  return open(made, tongue, text, folder, history, options, io);
}

async function open(
  made: Drill,
  tongue: Tongue,
  text: string,
  folder: string,
  history: string,
  options: DrillOptions,
  io: Io,
): Promise<ExitCode> {
  const { seed, level, topic } = made;
  const name = [
    'drill',
    ...(topic === undefined ? [] : [topic]),
    String(level),
    seed.replace(/[^\w.-]+/g, '-'),
  ].join('-');
  const place = join(folder, name);
  keeping({ what: 'The drill', folder, variable: 'XDG_STATE_HOME' }, () => {
    makeFolder(place, 0o700);
    writeFileSync(join(place, LESSON), text);
  });
  const course = await loadCourse(join(place, LESSON), {});
  const { state } = wirebookPaths(io.env);
  // a drill begins with a network that is broken, each time: what was done last time is no part of it
  rmSync(journalPath({ state, course: course.path, lesson: course.lessons[0]!.id }), { force: true });
  const tally = new DrillTally();
  const notebookOptions: NotebookOptions = { ...options };
  // why a check fails is what is to be found out: hints may say it, the explanation does not
  const engine: CheckEngine = { ...checkEngine, explainNeeds: () => [], explain: () => undefined };
  const library: Library = {
    ...libraryOf(course, notebookOptions, io, { engine, onEvent: (event) => tally.add(event) }),
    tellsItsEnd: true,
  };
  const code = await openNotebook(
    library,
    { id: course.lessons[0]!.id, title: course.title },
    notebookOptions,
    io,
  );
  const result = tally.result();
  // a look at the ticket alone is no drill
  if (result === undefined) return code;
  const entry: DrillEntry = {
    at: new Date().toISOString(),
    seed,
    level,
    network: made.network.id,
    faults: made.faults.map(({ id, topic }) => ({ id, topic })),
    ...result,
  };
  appendFileSync(history, `${JSON.stringify(entry)}\n`, { mode: 0o600 });
  io.stdout.write(summary(made, entry, join(place, LESSON), asCalled(tongue.say, io.env)));
  return code;
}

const time = (seconds: number) =>
  seconds < 60
    ? `${Math.round(seconds)} s`
    : `${Math.floor(seconds / 60)} min ${String(Math.round(seconds % 60)).padStart(2, '0')} s`;

const count = (number: number, one: string) => `${number} ${one}${number === 1 ? '' : 's'}`;

function summary(
  { faults, seed, level, topic }: Drill,
  entry: DrillEntry,
  file: string,
  say: Tongue['say'],
): string {
  const again = `wirebook drill${topic === undefined ? '' : ` ${topic}`} --seed ${seed} --level ${level}`;
  const effort = `${time(entry.seconds)}, ${count(entry.commands, 'command')}, ${count(entry.hints, 'hint')}`;
  const lines = entry.mended
    ? [
        `Mended${entry.solution ? ' after a look at the solution' : ''}: ${effort}.`,
        ...faults.map(({ told }) => `What it was: ${told}`),
      ]
    : [`Not mended yet: ${effort}. The same once more: ${again}`];
  if (entry.commands > 0)
    lines.push(`To hand it in, with the mend written into its cell: wirebook submit ${file}`);
  return `${[...lines, 'Your drills so far: wirebook drill --history'].map(say).join('\n')}\n`;
}

const MARKS = { alone: '●', helped: '◐', open: '○' } as const;
const BAR = 8;

const barOf = (share: number): string => {
  const full = Math.round(share * BAR);
  return '█'.repeat(full) + '░'.repeat(BAR - full);
};

/** Signs of the Chinese are two columns wide. */
const column = (text: string, width: number): string =>
  `${text}${' '.repeat(Math.max(0, width - textWidth(text)))}`;

const WIDTHS = [11, 7, 7, 9, 13, 9, 14] as const;

const row = (cells: readonly string[]): string =>
  cells
    .map((cell, at) => column(cell, WIDTHS[at] ?? 0))
    .join(' ')
    .trimEnd();

function showHistory(past: readonly DrillEntry[], { json }: DrillOptions, tongue: Tongue, io: Io): ExitCode {
  const say = asCalled(tongue.say, io.env);
  const picture = pictureOf(past);
  if (json) {
    io.stdout.write(`${JSON.stringify({ drills: past, topics: picture }, null, 2)}\n`);
    return 0;
  }
  if (past.length === 0) {
    io.stdout.write(`${say('No drill yet. Begin: wirebook drill')}\n`);
    return 0;
  }
  const head = [say('topic'), say('drills'), say('mended'), '', say('median'), say('hints')];
  const rows = picture.map(({ topic, drills, mended, medianSeconds, hints, rating, course }) => [
    topic,
    String(drills),
    String(mended),
    drills === 0 ? '' : barOf(mended / drills),
    medianSeconds === undefined ? '' : time(medianSeconds),
    drills === 0 ? '' : hints.toFixed(1),
    say(rating === 'new' ? 'not tried yet' : rating),
    course.map((one) => MARKS[one]).join(''),
  ]);
  const { alone, helped, open } = MARKS;
  const legend = `${alone} mended alone   ${helped} with hints or the solution   ${open} not mended; the last one is rightmost`;
  const weak = picture.filter(({ rating }) => rating === 'weak').map(({ topic }) => topic);
  const fresh = picture.filter(({ rating }) => rating === 'new').map(({ topic }) => topic);
  const next = weak[0] ?? fresh[0];
  const lines = [
    ...[head, ...rows].map(row),
    '',
    say(legend),
    ...(next === undefined ? [] : [say(`Next, perhaps: wirebook drill ${next}`)]),
  ];
  io.stdout.write(`${lines.join('\n')}\n`);
  return 0;
}

/** The notebook on lines: reads commands from a terminal or a script until they end. */

import type { Classroom } from '../board/classroom.ts';
import { WirebookError } from '../lib/errors.ts';
import { chooseGlyphs } from '../page/glyphs.ts';
import { lessonNumbers } from '../page/lesson-numbers.ts';
import type { Library } from '../page/library.ts';
import { EMPTY, type Line, lineText, lineWidth, span } from '../page/text/line.ts';
import { harmless, paint } from '../page/text/paint.ts';
import { wrapWords } from '../page/text/wrap.ts';
import { chooseTheme, THEMES } from '../page/theme.ts';
import type { Words } from '../page/words/choose.ts';
import type { Session } from '../session/session.ts';
import { plainClass } from './class.ts';
import { parseCommand } from './commands.ts';
import { createLineInput } from './input.ts';
import { courseList, helpText, type PlainStyle } from './print.ts';
import { Walk } from './walk.ts';

export interface PlainOptions {
  stdin: NodeJS.ReadStream;
  stdout: NodeJS.WriteStream;
  env: Readonly<Record<string, string | undefined>>;
  color: boolean;
  words: Words;
  library: Library;
  /** The live class that the notebook is in. */
  classroom?: Classroom;
  /** A lesson of the library to open at once. */
  lesson?: string;
  signal?: AbortSignal;
  /** Opens a shell on the terminal; only used where there is one. */
  shell?: (session: Session, host: string) => Promise<void>;
}

const WIDEST = 100;

/** A terminal would break a long line within a word; where it goes on it stands a little further in. */
function fold(line: Line, columns: number): Line[] {
  if (lineWidth(line) <= columns) return [line];
  const indent = /^ */.exec(lineText(line))![0].length + 2;
  return wrapWords(line, columns, { first: EMPTY, rest: [span(' '.repeat(Math.min(indent, columns >> 1)))] });
}

/** Resolves when the learner has left: whether the sandbox was lost on the way. */
export async function plainNotebook(options: PlainOptions): Promise<{ lost: boolean }> {
  const { stdin, stdout, env, library, words } = options;
  const style: PlainStyle = {
    theme: options.color ? chooseTheme(true, env) : THEMES.plain,
    glyphs: chooseGlyphs(env),
    words,
    columns: Math.max(20, Math.min(WIDEST, stdout.columns || 80)),
  };
  // Where nobody looks at colours there is not even bold: the lines may be read by a program.
  const styled = Boolean(stdout.isTTY) || options.color;
  const print = (lines: readonly Line[]) => {
    const folded = stdout.isTTY ? lines.flatMap((line) => fold(line, stdout.columns || 80)) : lines;
    for (const line of folded)
      stdout.write(`${styled ? paint(line, { links: Boolean(stdout.isTTY) }) : harmless(lineText(line))}\n`);
  };
  const say = (text: string) => print([[span(text, style.theme.notice)]]);

  let walk: Walk | undefined;
  let quit = false;
  let lost = false;
  const input = createLineInput({
    stdin,
    stdout,
    onInterrupt: () => {
      const busy =
        walk &&
        Object.values(walk.session.getState().cells).some(
          ({ status }) => status === 'running' || status === 'checking',
        );
      if (busy) walk?.session.act({ do: 'interrupt' });
      else input.close();
    },
  });
  const onSignal = () => {
    walk?.session.act({ do: 'interrupt' });
    input.close();
  };
  options.signal?.addEventListener('abort', onSignal);

  const readText = async (): Promise<string> => {
    if (stdin.isTTY) say(words.plain.answerHow);
    const rows: string[] = [];
    for (
      let row = await input.read('  ');
      row !== undefined && row.trim() !== '.';
      row = await input.read('  ')
    )
      rows.push(row);
    return rows.join('\n');
  };

  const leave = async () => {
    if (!walk) return;
    lost ||= walk.session.getState().sandbox.state === 'lost';
    const left = walk;
    walk = undefined;
    await left.close();
  };

  const list = async () => print(courseList(library, await library.items(), Date.now(), style));

  const open = async (word: string) => {
    const items = await library.items();
    const item =
      items[lessonNumbers(items).indexOf(word)] ??
      items.find((one) => one.id === word) ??
      (word === '' ? (items.find((one) => !one.finished) ?? items[0]) : undefined);
    if (!item) return say(words.plain.noSuchLesson(word));
    await leave();
    const shell = stdin.isTTY && stdout.isTTY ? options.shell : undefined;
    const session = await library.open(item.id);
    walk = new Walk({
      session: live?.gated(session) ?? session,
      style,
      print: (lines) => input.between(() => print(lines)),
      readText,
      ...(library.handbook ? { handbook: () => library.handbook!() } : {}),
      ...(shell ? { shell: (one: Session, host: string) => input.lend(() => shell(one, host)) } : {}),
    });
  };

  const live =
    options.classroom &&
    plainClass({
      classroom: options.classroom,
      style,
      print: (lines) => input.between(() => print(lines)),
      here: () => walk && { lesson: walk.session.lesson, block: walk.block },
      async go({ lesson, step }, number) {
        if (walk?.session.lesson.id !== lesson) await open(lesson);
        const title = walk?.session.lesson.steps[step]?.title;
        if (walk?.session.lesson.id === lesson && title !== undefined)
          await walk.take('goto', number > 0 ? `${number}` : title);
      },
    });

  const take = async (line: string) => {
    const command = parseCommand(line);
    if (!command) return;
    if (command.name === 'unknown') return say(words.plain.unknown(command.word));
    switch (command.name) {
      case 'in-class':
        if (!live) return say(words.class.plain.none);
        return live.take(command.does, command.rest);
      case 'quit':
        quit = true;
        return;
      case 'help':
        return print(helpText(style, live !== undefined));
      case 'list':
        return list();
      case 'open':
        return open(command.rest);
      default:
        if (!walk) return say(words.plain.openFirst);
        await walk.take(command.name, command.rest);
    }
  };

  try {
    if (options.lesson === undefined) await list();
    else await open(options.lesson);
    const known = { ...words.plain.help, ...(live ? words.class.plain.help : {}) };
    if (stdin.isTTY) print([EMPTY, [span(Object.keys(known).join(' '), style.theme.dim)]]);
    while (!quit && !options.signal?.aborted) {
      const line = await input.read(words.plain.prompt);
      if (line === undefined) break;
      try {
        await take(line);
      } catch (error) {
        // A lesson that cannot be opened is said; the course goes on.
        if (!(error instanceof WirebookError)) throw error;
        const say = await words.sayFaults();
        print([
          [span(error.told(say), style.theme.fail)],
          ...error.next.map((next): Line => [span(`  ${say(next)}`)]),
        ]);
      }
    }
    await leave();
    return { lost };
  } finally {
    options.signal?.removeEventListener('abort', onSignal);
    live?.stop();
    input.close();
    await leave();
  }
}

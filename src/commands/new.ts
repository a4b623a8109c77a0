/**
 * `wirebook new PATH`: writes a small lesson that passes its own test, to start from; with `--lang`, beside a lesson that is
 * there, what its translation starts from.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { vocabulary } from '../check/vocabulary.ts';
import { originalOf, speaks } from '../lesson/files.ts';
import { LANGUAGE_TAG } from '../lesson/frontmatter.ts';
import { identify } from '../lesson/identity.ts';
import { requireLesson } from '../lesson/load.ts';
import { translationSkeleton } from '../lesson/translation/skeleton.ts';
import { InputError } from '../lib/errors.ts';
import { makeFolder } from '../lib/folders.ts';
import { whyRefused } from '../lib/refusal.ts';
import { commandSay } from '../page/said/command.ts';
import type { Say } from '../page/said/translate.ts';
import { textWidth } from '../page/text/width.ts';
import type { ExitCode, Io } from './io.ts';
import type { NewOptions } from './options.ts';

/** What this command uses of `Io`. */
export type NewIo = Pick<Io, 'cwd' | 'env'> & { stdout: { write(text: string): unknown } };

export async function newLesson(path: string, options: NewOptions, io: NewIo): Promise<ExitCode> {
  const file = resolve(io.cwd, path.endsWith('.md') ? path : join(path, 'lesson.md'));
  const { lang } = options;
  if (lang !== undefined && existsSync(file) && !speaks(identify(file), lang))
    return newTranslation(file, lang, io);
  const shown = relative(io.cwd, file) || file;
  write(file, shown, firstLesson(options.title ?? titleFrom(file)));
  const say = await commandSay(lang, io.env);
  io.stdout.write(`${say(`Wrote ${shown}. What now:`)}
${table(say, [
  [`wirebook preview ${word(shown)}`, 'the notebook, anew at each save'],
  [`wirebook record ${word(shown)}`, 'proposes checks from what cells change'],
  [`wirebook test ${word(shown)}`, 'tries each check before and after its cell'],
])}`);
  return 0;
}

/** Beside the lesson that is there: what its translation begins as. */
async function newTranslation(original: string, lang: string, io: NewIo): Promise<ExitCode> {
  const { language } = identify(original);
  if (!LANGUAGE_TAG.test(lang))
    throw new InputError('bad-language', `${lang} is no language tag.`, 'Write one such as zh-CN or de.');
  if (originalOf(original) !== undefined)
    throw new InputError('belongs-to-original', `${relative(io.cwd, original)} is a translation itself.`, [
      'Give the file that it was made from.',
    ]);
  const lesson = await requireLesson(original, vocabulary);
  const stem =
    language === undefined ? original.replace(/\.md$/, '') : original.replace(`.${language}.md`, '');
  const file = `${stem}.${lang}.md`;
  const shown = relative(io.cwd, file) || file;
  write(file, shown, translationSkeleton(readFileSync(original, 'utf8'), lesson));
  // `--lang` is what it is translated into, not what the author reads.
  const say = await commandSay(undefined, io.env);
  io.stdout.write(`${say(`Wrote ${shown}, the words of ${basename(original)} as they are. What now:`)}
  ${say('put them into the other language: prose, hints, quizzes, comments in tasks, the words of the checks')}
${table(say, [
  [`wirebook lint ${word(shown)}`, 'its cells are those of the original'],
  [`wirebook preview ${word(shown)}`, 'the notebook on it, anew whenever you save'],
])}`);
  return 0;
}

/** As a shell takes it for one. */
const word = (path: string): string =>
  /^[\w./+@%:,-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;

/** Commands, and what each is for: behind them, or below where that makes lines of more than a terminal. */
function table(say: Say, asked: readonly (readonly [command: string, what: string])[]): string {
  const rows = asked.map(([command, what]) => [command, say(what)] as const);
  const width = Math.max(...rows.map(([command]) => command.length));
  const beside = rows.every(([, what]) => 2 + width + 4 + textWidth(what) <= 80);
  return rows
    .map(([command, what]) =>
      beside ? `  ${command.padEnd(width)}    ${what}\n` : `  ${command}\n      ${what}\n`,
    )
    .join('');
}

function write(file: string, shown: string, text: string): void {
  try {
    makeFolder(dirname(file));
    writeFileSync(file, text, { flag: 'wx' });
  } catch (error) {
    throw cannotWrite(error as NodeJS.ErrnoException, file, shown);
  }
}

function cannotWrite(error: NodeJS.ErrnoException, file: string, shown: string): unknown {
  if (error.code === 'EEXIST' && existsSync(file)) {
    return new InputError(
      'exists-already',
      `${shown} is there already; it was left as it is.`,
      'Give another path.',
    );
  }
  if (error.code === undefined) return error;
  return new InputError(
    'cannot-write',
    `${shown} cannot be written: ${whyRefused(error)}.`,
    'Give another path.',
    {
      cause: error,
    },
  );
}

/** `03-two-hosts/lesson.md` -> `Two hosts`. */
function titleFrom(file: string): string {
  const stem = basename(file, '.md');
  const name = (/^lesson(\.|$)/.test(stem) ? basename(dirname(file)) : stem)
    .replace(/^\d+[-_. ]*/, '')
    .replace(/[-_]+/g, ' ');
  const words = name.trim() || 'A new lesson';
  return words[0]!.toUpperCase() + words.slice(1);
}

function firstLesson(title: string): string {
  return `---
title: ${JSON.stringify(title)}
summary: One network namespace and one cable.
hosts: [host]
needs: [ip]
---

A step begins with a heading. Say one thing, let the reader guess, then let the kernel answer.

## A namespace of its own

Which interfaces will a new network namespace have? Decide before you run the cell.

\`\`\`sh {.run #make-blue}
ip netns add blue
ip netns exec blue ip link
\`\`\`
\`\`\`yaml {.expect}
- netns: blue
- interface: lo
  in: blue
  state: down
\`\`\`

It has only \`lo\`, and that is down.

## A cable into it

Lay a veth cable: one end, \`left\`, stays on the host; the other, \`right\`, goes into \`blue\`.

\`\`\`sh {.task #cable points=2}
# make the pair, then move one end
\`\`\`
\`\`\`yaml {.expect}
- interface: left
  kind: veth
  peer: {name: right, in: blue}
- interface: right
  in: blue
\`\`\`
\`\`\`md {.hint}
\`ip link add\` makes both ends at once.
\`\`\`
\`\`\`md {.hint}
\`ip link set NAME netns NAMESPACE\` moves an end.
\`\`\`
\`\`\`sh {.solution}
ip link add left type veth peer name right
ip link set right netns blue
\`\`\`
`;
}

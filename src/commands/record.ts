/** `wirebook record LESSON`: runs a lesson and proposes checks from what each cell changed in the kernel. */
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { vocabulary } from '../check/vocabulary.ts';
import { originalOf } from '../lesson/files.ts';
import { lessonFile, requireLesson } from '../lesson/load.ts';
import { parseLesson } from '../lesson/parse.ts';
import { withPlaceholders } from '../lesson/placeholders.ts';
import { InputError, Interrupted } from '../lib/errors.ts';
import { commandSay } from '../page/said/command.ts';
import type { Say } from '../page/said/translate.ts';
import { insertBlocks } from '../record/insert.ts';
import type { Recorded } from '../record/model.ts';
import { recordLesson } from '../record/record-lesson.ts';
import { expectBlock } from '../record/yaml.ts';
import { oneLine } from '../report/safe.ts';
import type { ExitCode, Io } from './io.ts';
import { lessonPath } from './lesson-path.ts';
import type { RecordOptions } from './options.ts';
import { writeOutput } from './write-output.ts';

/** What this command uses of `Io`. */
export type RecordIo = Pick<Io, 'cwd' | 'env' | 'signal'> & {
  stdout: { write(text: string | Uint8Array): unknown };
  stderr: { write(text: string): unknown };
};

/** 0: every cell ran as expected; 1: one did not, so what came after it may mislead. */
export async function record(target: string, options: RecordOptions, io: RecordIo): Promise<ExitCode> {
  const { driver, lang } = options;
  const choice = lang === undefined ? {} : { language: lang };
  const file = await lessonFile(lessonPath(target, io.cwd), choice);
  const lesson = await requireLesson(file, vocabulary);
  const original = options.write ? originalOf(file) : undefined;
  if (original !== undefined)
    throw new InputError('belongs-to-original', `${file} is a translation; checks stand in its original.`, [
      `Record that: wirebook record --write ${relative(io.cwd, original) || original}`,
    ]);
  if (lesson.cells.length === 0)
    throw new InputError('no-cells', `${file} has no cell to run.`, 'Write one: ```sh {.run}');
  const shown = relative(io.cwd, file) || file;
  const say = await commandSay(lang, io.env);
  await driver.prepare((message) => io.stderr.write(`${say(message)}\n`));
  const recorded = await recordLesson(lesson, driver, {
    signal: io.signal,
    onCell: (cell) => io.stderr.write(`${say(`${cell.number} of ${lesson.cells.length}: ${cell.id}`)}\n`),
  });
  if (io.signal.aborted) throw new Interrupted();
  const block = ({ proposed, printed }: Recorded) => {
    const text = proposed.length > 0 ? expectBlock(proposed) : printed;
    return text === undefined ? undefined : withPlaceholders(text, lesson.params?.values ?? {});
  };
  for (const one of recorded) io.stdout.write(`${told(one, shown, block)}\n\n`);
  const troubled = recorded.some(({ trouble }) => trouble !== undefined);
  if (options.write) write(file, shown, recorded, troubled, block, io, say);
  return troubled ? 1 : 0;
}

/** What is proposed, as a block of the lesson: its params in the place of the numbers that they came to. */
type Block = (of: Recorded) => string | undefined;

/** As Markdown, so that what is printed can be put into the lesson as it is. */
function told(one: Recorded, file: string, block: Block): string {
  const { cell, trouble } = one;
  const head = `<!-- ${cell.id}, ${file}:${cell.place.line}`;
  if (trouble !== undefined) return `${head}: ${oneLine(trouble).replaceAll('--', '- -')} -->`;
  const text = block(one);
  if (text === undefined) return `${head}: nothing has changed that a check could see -->`;
  const has =
    cell.expects.length > 0
      ? ': it has checks already'
      : one.printed
        ? ': it prints this, and changes nothing'
        : '';
  return `${head}${has} -->\n${text}`;
}

function write(
  file: string,
  shown: string,
  recorded: readonly Recorded[],
  troubled: boolean,
  block: Block,
  io: RecordIo,
  say: Say,
): void {
  if (troubled) {
    io.stderr.write(`${say(`${shown} was left as it is: mend the cells that failed first.`)}\n`);
    return;
  }
  const chosen = recorded.flatMap((one) => {
    const text = one.cell.expects.length === 0 ? block(one) : undefined;
    return text === undefined ? [] : [{ ...one, text }];
  });
  if (chosen.length === 0) {
    io.stderr.write(`${say(`${shown} was left as it is: no cell without checks has changed anything.`)}\n`);
    return;
  }
  const bytes = insertBlocks(
    readFileSync(file),
    chosen.map(({ cell, text }) => ({ line: cell.place.line, block: text })),
  );
  // An author may have saved meanwhile; what is written must be a lesson all the same.
  if (!parseLesson(file, bytes, vocabulary).ok)
    throw new InputError('lesson-changed', `${shown} has changed while it was run; it was left as it is.`, [
      'Run the command again.',
    ]);
  writeOutput(bytes, file, io);
  const checks = chosen.reduce((sum, { proposed }) => sum + Math.max(1, proposed.length), 0);
  io.stderr.write(
    `${say(`${shown}: ${checks} checks after ${chosen.length} cells. Now: wirebook test ${shown}`)}\n`,
  );
}

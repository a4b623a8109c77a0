/** At the end of a class: its reports, beside its log, and how to have others. */
import { join } from 'node:path';
import type { ServedClass } from '../../class/host/serve.ts';
import { WirebookError } from '../../lib/errors.ts';
import { harmless } from '../../lib/text.ts';
import { asSaid, type Say } from '../../page/said/translate.ts';
import type { Io } from '../io.ts';
import { writeOutput } from '../write-output.ts';
import type { KeptClass } from './kept.ts';

const WRITTEN = ['html', 'csv', 'json'] as const;

/** A disk that is full takes nothing from the class: what can be told is told. */
export async function writeResults(
  served: Pick<ServedClass, 'report'>,
  { folder, id, place }: Pick<KeptClass, 'folder' | 'id' | 'place'>,
  io: Pick<Io, 'cwd' | 'stdout' | 'stderr'>,
  say: Say = asSaid,
): Promise<void> {
  const lines: string[] = [];
  for (const format of folder === undefined ? [] : WRITTEN)
    try {
      const { name, text } = await served.report(format);
      const file = join(folder!, name);
      writeOutput(text, file, io);
      lines.push(`  ${file}`);
    } catch (error) {
      if (!(error instanceof WirebookError)) throw error;
      io.stderr.write(`${harmless(say(error.message))}\n`);
    }
  const which = folder === undefined ? `--nats ${place.split(',')[0]} --class ${id}` : id;
  io.stdout.write(
    `${[say('The class has ended. What it came to:'), ...lines, `  wirebook class report ${which} --reporter NAME=FILE   (html, csv, canvas, moodle, junit ...)`].join('\n')}\n`,
  );
}

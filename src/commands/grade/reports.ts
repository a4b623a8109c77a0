/** Where the reports of a class go: stdout, or files that appear only when they are whole. */
import { resolve } from 'node:path';
import { InputError } from '../../lib/errors.ts';
import { columnsOf } from '../../lib/wrap.ts';
import { formatOf } from '../../report/grades/formats.ts';
import type { Grade } from '../../report/grades/grade.ts';
import type { FormatOptions, GradeReport } from '../../report/grades/model.ts';
import type { ReporterChoice } from '../options.ts';
import { appendOutput, writeOutput } from '../write-output.ts';

export interface Reports {
  each(grade: Grade): void;
  end(report: GradeReport): void;
}

/** @throws InputError `unknown-reporter`, `reporters-together` before anything runs */
export function openReports(
  choices: readonly ReporterChoice[],
  io: {
    stdout: { write(text: string | Uint8Array): unknown };
    env: Readonly<Record<string, string | undefined>>;
    cwd: string;
    color: boolean;
    token: string;
    at: string;
    say: (sentence: string) => string;
    language: string;
  },
): Reports {
  const chosen = (choices.length > 0 ? choices : [{ name: 'pretty' } as ReporterChoice]).map((choice) => ({
    ...choice,
    format: formatOf(choice.name),
    // Of a file: what is known so far.
    text: '',
  }));
  const targets = chosen.map(({ file }) => (file === undefined ? 'stdout' : resolve(io.cwd, file)));
  const twice = targets.find((target, index) => targets.indexOf(target) !== index);
  if (twice !== undefined)
    throw new InputError(
      'reporters-together',
      `Two reports go to ${twice}.`,
      'Give one a file: --reporter NAME=FILE',
    );
  const options = (file: string | undefined): FormatOptions => ({
    color: io.color && file === undefined,
    width: file === undefined ? columnsOf(io.stdout) : undefined,
    root: io.cwd,
    token: io.token,
    at: io.at,
    say: io.say,
    language: io.language,
  });
  const put = (one: (typeof chosen)[number], text: string): void => {
    if (one.file === undefined) io.stdout.write(text);
    else one.text += text;
  };
  return {
    each: (grade) => {
      for (const one of chosen) put(one, one.format.each?.(grade, options(one.file)) ?? '');
    },
    end: (report) => {
      for (const one of chosen) {
        put(one, one.format.end(report, options(one.file)));
        if (one.file !== undefined) writeOutput(one.text, one.file, io);
        for (const [variable, text] of Object.entries(one.format.appends?.(report) ?? {})) {
          const file = io.env[variable];
          if (file) appendOutput(text, file);
        }
      }
    },
  };
}

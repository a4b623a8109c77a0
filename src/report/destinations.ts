/**
 * Where reports go: stdout, or a file that appears only when it is whole, so that a run that dies leaves the report of the
 * one before.
 */
import { closeSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { InputError } from '../lib/errors.ts';
import { makeFolder } from '../lib/folders.ts';
import { whyRefused } from '../lib/refusal.ts';
import type { ReportEvent, Reporter, ReportOptions } from './model.ts';
import { reporterOf } from './reporters.ts';

export interface Destination {
  write(event: ReportEvent): void;
  /** The report is whole. */
  finish(): void;
  /** It never will be: what was begun is removed. */
  abandon(): void;
}

export interface DestinationsOptions extends ReportOptions {
  choices: readonly { name: string; file?: string }[];
  cwd: string;
  stdout: { write(text: string): unknown };
}

/** @throws InputError `unknown-reporter`, `reporters-together`, `report-not-writable` */
export function openDestinations(options: DestinationsOptions): Destination {
  const { choices, cwd } = options;
  const targets = choices.map(({ file }) => (file === undefined ? 'stdout' : resolve(cwd, file)));
  const twice = targets.find((target, index) => targets.indexOf(target) !== index);
  if (twice !== undefined)
    throw new InputError(
      'reporters-together',
      `Two reporters write to ${twice}.`,
      'Give one a file: --reporter NAME=FILE',
    );
  const reporters = choices.map(({ name }) => reporterOf(name));
  const open: Destination[] = [];
  try {
    for (const [index, reporter] of reporters.entries()) {
      const toFile = choices[index]!.file !== undefined;
      open.push(
        toFile ? intoFile(targets[index]!, reporter, options) : onto(options.stdout, reporter, options),
      );
    }
  } catch (error) {
    for (const one of open) one.abandon();
    throw error;
  }
  return {
    write: (event) => {
      for (const one of open) one.write(event);
    },
    finish: () => {
      for (const one of open) one.finish();
    },
    abandon: () => {
      for (const one of open) one.abandon();
    },
  };
}

function onto(
  stdout: { write(text: string): unknown },
  reporter: Reporter,
  options: ReportOptions,
): Destination {
  return {
    write: (event) => {
      const text = reporter(event, options);
      if (text !== '') stdout.write(text);
    },
    finish: () => {},
    abandon: () => {},
  };
}

function intoFile(path: string, reporter: Reporter, options: ReportOptions): Destination {
  const draft = `${path}.${process.pid}.part`;
  const inFile = { ...options, color: false, width: undefined };
  const attempt = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      throw new InputError(
        'report-not-writable',
        `The report cannot be written to ${path}: ${whyRefused(error)}.`,
        [],
        { cause: error },
      );
    }
  };
  const fd = attempt(() => {
    makeFolder(dirname(path));
    return openSync(draft, 'w');
  });
  return {
    write: (event) => {
      const text = reporter(event, inFile);
      attempt(() => {
        const bytes = Buffer.from(text);
        for (let done = 0; done < bytes.length; ) done += writeSync(fd, bytes, done);
      });
    },
    finish: () =>
      attempt(() => {
        closeSync(fd);
        renameSync(draft, path);
      }),
    abandon: () => {
      closeSync(fd);
      rmSync(draft, { force: true });
    },
  };
}

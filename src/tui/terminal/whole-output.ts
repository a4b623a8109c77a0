/** A cell's whole output leaves the notebook: to the reader's own pager, or to a file. */
import { spawn } from 'node:child_process';
import { constants } from 'node:fs';
import { chmod, copyFile, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { InputError } from '../../lib/errors.ts';
import type { Whole } from '../printout/control.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** PAGER may hold arguments: it is the user's own words, so a shell reads them. */
export function pagerCommand(env: Env): string {
  return env.PAGER || 'less';
}

/** A place that a class's host offers: no programs of that machine are there, and nothing is to be written. */
function requireOwn(env: Env): void {
  if (env.WIREBOOK_SEAT)
    throw new InputError('editor-not-here', 'This machine is not yours.', 'Read it here.');
}

/** @throws InputError when it cannot be started, or ends by a failure of its own */
export async function pageExternally(whole: Whole, env: Env): Promise<void> {
  requireOwn(env);
  const folder = 'text' in whole ? await mkdtemp(join(tmpdir(), 'wirebook-')) : undefined;
  try {
    const file =
      folder === undefined || 'path' in whole ? (whole as { path: string }).path : join(folder, 'output.txt');
    if ('text' in whole) await writeFile(file, whole.text, { mode: 0o600 });
    const command = pagerCommand(env);
    const child = spawn('/bin/sh', ['-c', `${command} "$1"`, 'sh', file], {
      stdio: 'inherit',
      // Colours as they were printed; of less, nothing else that a terminal would obey.
      env: { ...env, LESS: env.LESS ?? '-R' },
    });
    const status = await new Promise<number | null>((done, reject) => {
      child.once('error', reject);
      child.once('exit', done);
    });
    // Of a shell: there is no such program, or it cannot be started. What else a pager ends with is its own business.
    if (status === 126 || status === 127)
      throw new InputError(
        'pager-failed',
        `${command} ended with status ${status}`,
        'Set PAGER to a pager that is installed.',
      );
  } finally {
    if (folder !== undefined) await rm(folder, { recursive: true, force: true });
  }
}

/** Never over a file that is there. */
export async function saveWhole(
  whole: Whole,
  given: string,
  env: Env,
): Promise<{ path: string; bytes: number }> {
  requireOwn(env);
  const path = resolve(
    given === '~' || given.startsWith('~/') ? `${env.HOME ?? ''}${given.slice(1)}` : given,
  );
  if ('text' in whole) await writeFile(path, whole.text, { flag: 'wx' });
  else {
    await copyFile(whole.path, path, constants.COPYFILE_EXCL);
    // What is kept is the learner's alone; what they save has the rights of any other file of theirs.
    await chmod(path, 0o666 & ~process.umask());
  }
  return { path: given, bytes: (await stat(path)).size };
}

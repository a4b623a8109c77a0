/** The learner's own editor on a temporary file. */
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InputError } from '../../lib/errors.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** VISUAL and EDITOR may hold arguments (`code --wait`); they are the user's own words, so a shell reads them. */
export function editorCommand(env: Env): string {
  return env.VISUAL || env.EDITOR || 'vi';
}

/** Resolves with the text as it was saved; rejects with InputError when the editor fails. */
export async function editExternally(text: string, env: Env): Promise<string> {
  // A place that a class's host offers: no programs of that machine are there, and none are to be started.
  if (env.WIREBOOK_SEAT)
    throw new InputError(
      'editor-not-here',
      'There is no editor of your own here.',
      'Write in the notebook itself.',
    );
  const folder = await mkdtemp(join(tmpdir(), 'wirebook-'));
  const file = join(folder, 'answer.sh');
  const command = editorCommand(env);
  try {
    await writeFile(file, `${text}\n`, { mode: 0o600 });
    const child = spawn('/bin/sh', ['-c', `${command} "$1"`, 'sh', file], {
      stdio: 'inherit',
      env: { ...env },
    });
    const status = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', resolve);
    });
    if (status !== 0)
      throw new InputError(
        'editor-failed',
        `${command} ended with status ${status}`,
        'Set EDITOR to an editor that is installed.',
      );
    return (await readFile(file, 'utf8')).replace(/\n+$/, '');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Where a command's text goes: stdout, or a file that is replaced only when the text is whole. */
import {
  appendFileSync,
  chmodSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, resolve } from 'node:path';
import { InputError } from '../lib/errors.ts';
import { isRefusal, whyRefused } from '../lib/refusal.ts';

/** @throws InputError `output-not-writable` */
export function writeOutput(
  text: string | Uint8Array,
  file: string | undefined,
  io: { cwd: string; stdout: { write(text: string | Uint8Array): unknown } },
): void {
  if (file === undefined || file === '-') {
    io.stdout.write(text);
    return;
  }
  const path = resolve(io.cwd, file);
  writing(file, path, () => replace(path, text));
}

/** Behind what stands in a file already, as those that a CI names. @throws InputError `output-not-writable` */
export function appendOutput(text: string, path: string): void {
  writing(path, path, () => appendFileSync(path, text));
}

function writing(file: string, path: string, write: () => void): void {
  try {
    write();
  } catch (error) {
    if (!isRefusal(error)) throw error;
    const folder = dirname(path);
    const isLost = error.code === 'ENOENT';
    throw new InputError(
      'output-not-writable',
      `${file} cannot be written: ${isLost ? 'its folder is not there' : whyRefused(error)}.`,
      [isLost ? `Make it: mkdir -p ${folder}` : `Look at its folder: ls -ld ${folder}`],
      { cause: error },
    );
  }
}

function replace(given: string, text: string | Uint8Array): void {
  const there = statSync(given, { throwIfNoEntry: false });
  // A pipe or a device is written to, never replaced.
  if (there !== undefined && !there.isFile()) {
    writeFileSync(given, text);
    return;
  }
  const path = there === undefined ? given : realpathSync(given);
  const draft = `${path}.${process.pid}.part`;
  try {
    writeFileSync(draft, text, { flag: 'wx' });
    if (there !== undefined) chmodSync(draft, there.mode);
    renameSync(draft, path);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}

/** Where a command's text goes: stdout, or a file that is replaced only when the text is whole. */
import { chmodSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { InputError } from '../lib/errors.ts';

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
  try {
    replace(resolve(io.cwd, file), text);
  } catch (error) {
    throw new InputError(
      'output-not-writable',
      `${file} cannot be written: ${(error as Error).message}.`,
      [],
      {
        cause: error,
      },
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

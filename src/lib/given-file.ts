/** Reads a text file that the user has named: a roster, a secret, a key. What is wrong with it is said in one way. */
import { closeSync, openSync, readSync } from 'node:fs';
import { resolve } from 'node:path';
import { InputError } from './errors.ts';
import { nextForMissing } from './missing.ts';
import { whyRefused } from './refusal.ts';
import { decodeText, firstInvalidByte } from './text.ts';

export interface GivenFile {
  /** Of the error: `roster-not-readable`. */
  code: string;
  /** As it stands in a sentence behind "The": `roster`, `private key`. */
  what: string;
  /** What to do where it is no text at all; else how a text becomes UTF-8. */
  notText?: string;
}

/** Far more than any roster has, and little enough for memory. */
const MOST_MIB = 16;
const MOST = MOST_MIB * 1024 * 1024;

/** @throws InputError with `code` */
export function readGiven(file: string, cwd: string, { code, what, notText }: GivenFile): string {
  const path = resolve(cwd, file);
  const refuse = (why: string, next: readonly string[] = [], cause?: unknown): InputError =>
    new InputError(code, `The ${what} cannot be read: ${why}.`, next, { cause });
  let bytes: Uint8Array;
  try {
    bytes = bounded(path);
  } catch (error) {
    switch ((error as NodeJS.ErrnoException).code) {
      case 'ENOENT':
      case 'ENOTDIR':
        throw refuse(`${file} is not there`, lookedFor(file, path), error);
      case 'EACCES':
      case 'EPERM':
        throw refuse(`you may not read ${file}`, [`Look at its rights: ls -ld ${path}`], error);
      case 'EISDIR':
        throw refuse(`${file} is a folder`, [`Name a file, such as one of these: ls ${path}`], error);
      default:
        throw refuse(`${file}: ${whyRefused(error)}`, [], error);
    }
  }
  if (bytes.length > MOST)
    throw refuse(`${file} is bigger than ${MOST_MIB} MiB`, ['Look whether it is the file that you mean.']);
  const wrong = firstInvalidByte(bytes) ?? bytes.indexOf(0);
  if (wrong < 0) return decodeText(bytes);
  if (notText !== undefined) throw refuse(`${file} is not a text`, [notText]);
  if (bytes[0] === 0xff || bytes[0] === 0xfe || bytes.includes(0))
    throw refuse(`${file} is not UTF-8`, [asUtf8('UTF-16', file)]);
  const line = bytes.subarray(0, wrong).reduce((lines, byte) => lines + (byte === 0x0a ? 1 : 0), 1);
  throw refuse(`line ${line} of ${file} is not UTF-8`, [
    asUtf8('GB18030', file),
    'Or in the program that wrote it: save it as "CSV UTF-8".',
  ]);
}

const asUtf8 = (from: string, file: string): string => `Make it so: iconv -f ${from} -t UTF-8 ${file} > NEW`;

/** A name alone does not say where it was looked for. */
const lookedFor = (file: string, path: string): string[] => [
  ...(file === path ? [] : [`It was looked for here: ${path}`]),
  ...nextForMissing(path),
];

/** At most one byte more than is read, however big the file is: it may be a device. */
function bounded(path: string): Uint8Array {
  const fd = openSync(path, 'r');
  try {
    const parts: Uint8Array[] = [];
    for (let size = 0; size <= MOST; ) {
      const part = new Uint8Array(Math.min(64 * 1024, MOST + 1 - size));
      const n = readSync(fd, part, 0, part.length, null);
      if (n === 0) break;
      parts.push(part.subarray(0, n));
      size += n;
    }
    return Buffer.concat(parts);
  } finally {
    closeSync(fd);
  }
}

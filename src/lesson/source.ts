/**
 * A lesson file as text: what cannot be one (too big, binary, not UTF-8, empty) is told apart here, each with its own
 * sentence. Line ends become `\n` and a byte order mark goes, neither of which moves a line or a column.
 */
import { createHash } from 'node:crypto';
import { decodeText, firstInvalidByte } from '../lib/text.ts';
import type { Diagnostic } from './model.ts';

/** Bytes. A long lesson has 50 KiB; this leaves room for any, and none for an accident. */
export const SIZE_LIMIT = 4 * 1024 * 1024;

export interface Source {
  file: string;
  lines: readonly string[];
  /** SHA-256 of the bytes, hexadecimal. */
  hash: string;
}

export type SourceResult = { ok: true; source: Source } | { ok: false; fault: Diagnostic };

function unreadable(file: string, code: string, message: string, instead: string, line = 1, column = 1) {
  const place = { file, line, column };
  return { code, severity: 'error', message, place, length: 1, source: '', instead } satisfies Diagnostic;
}

/** Bytes as a person says them; exact enough to see that it is too much. */
function megabytes(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(1)} MiB`;
}

/** Apart, because a loader knows the size before it reads. */
export function tooBig(file: string, bytes: number): Diagnostic {
  const message = `The file has ${megabytes(bytes)}; a lesson may have at most ${megabytes(SIZE_LIMIT)}.`;
  return unreadable(file, 'too-big', message, 'split it into several lessons; keep data out of it');
}

function splitLines(text: string): string[] {
  return text.split(/\r\n|\r|\n/);
}

/** Where in the file a byte stands. */
function placeOf(bytes: Uint8Array, offset: number): { line: number; column: number } {
  const before = splitLines(decodeText(bytes.subarray(0, offset)));
  return { line: before.length, column: before.at(-1)!.length + 1 };
}

function refuse(file: string, bytes: Uint8Array): Diagnostic | undefined {
  if (bytes.length > SIZE_LIMIT) return tooBig(file, bytes.length);
  const mark = (bytes[0]! << 8) | bytes[1]!;
  if (mark === 0xfffe || mark === 0xfeff)
    return unreadable(file, 'not-utf8', 'The file is UTF-16.', 'save it as UTF-8');
  const nul = bytes.indexOf(0);
  if (nul >= 0) {
    const at = placeOf(bytes, nul);
    const message = 'This is a binary file (it holds a NUL byte), not Markdown.';
    return unreadable(file, 'binary', message, 'give the .md file of a lesson', at.line, at.column);
  }
  const invalid = firstInvalidByte(bytes);
  if (invalid !== undefined) {
    const at = placeOf(bytes, invalid);
    const byte = bytes[invalid]!.toString(16).padStart(2, '0');
    const message = `The file is not UTF-8: byte 0x${byte} here belongs to another encoding.`;
    return unreadable(file, 'not-utf8', message, 'save it as UTF-8', at.line, at.column);
  }
  return undefined;
}

/** A string is taken as the text that UTF-8 bytes would give. */
export function readSource(
  file: string,
  input: Uint8Array | string,
  whenEmpty = 'begin with a front matter: see `wirebook new`',
): SourceResult {
  const bytes = typeof input === 'string' ? Buffer.from(input) : input;
  const fault = refuse(file, bytes);
  if (fault) return { ok: false, fault };
  const text = decodeText(bytes);
  if (text.trim() === '') {
    const message = 'The file is empty.';
    return {
      ok: false,
      fault: unreadable(file, 'empty', message, whenEmpty),
    };
  }
  const hash = createHash('sha256').update(bytes).digest('hex');
  return { ok: true, source: { file, lines: splitLines(text), hash } };
}

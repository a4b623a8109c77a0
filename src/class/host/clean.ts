/** What others wrote, made harmless before it is kept: no sign of it moves a cursor, colours a line or turns the writing. */
import { LIMITS } from '../../board/limits.ts';
import { harmless } from '../../lib/text.ts';

/**
 * Control sequences (ECMA-48): CSI, then strings such as OSC, then the short ones. Each part stops where another begins, so it
 * takes time by the length alone; that of node:util takes it by its square, seconds for what one message may hold.
 */
const SEQUENCES =
  /(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]|(?:\x1b[\]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x80-\x9f]*(?:\x07|\x1b\\|\x9c)|\x1b[ -/]*[0-Z\\^-~]/g;

const withoutSequences = (text: string): string => text.toWellFormed().replace(SEQUENCES, '');

/** Invisible ones too: two names must not look the same and be different. */
const UNSEEN =
  /[\p{Cf}\p{Zl}\p{Zp}\u115f\u1160\u3164\uffa0\u{1d173}-\u{1d17a}]|[\u{fe00}-\u{fe0f}]|[\u{e0100}-\u{e01ef}]/gu;

/** '' when nothing is left of it. */
export function cleanName(name: string): string {
  return harmless(
    withoutSequences(name)
      .replace(/[\t\n\r]/g, ' ')
      .replace(UNSEEN, ''),
  )
    .replaceAll('\ufffd', '')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, LIMITS.name)
    .toWellFormed();
}

/** Marks that turn the direction one by one; `harmless` knows those that do it for a stretch. */
const MARKS = /[\u200e\u200f\u061c]/g;

export function cleanText(text: string): string {
  return harmless(withoutSequences(text).replace(/\r\n?/g, '\n').replace(MARKS, '\ufffd'));
}

/** All texts in it, however deep; it has been checked by a schema, so it is not deep. */
export function cleaned<T>(value: T): T {
  if (typeof value === 'string') return cleanText(value) as T;
  if (Array.isArray(value)) return value.map(cleaned) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, cleaned(one)])) as T;
}

/** What others wrote, made harmless before it is kept: no sign of it moves a cursor, colours a line or turns the writing. */
import { stripVTControlCharacters } from 'node:util';
import { LIMITS } from '../../board/limits.ts';
import { harmless } from '../../lib/text.ts';

/** Invisible ones too: two names must not look the same and be different. */
const UNSEEN =
  /[\p{Cf}\p{Zl}\p{Zp}\u115f\u1160\u3164\uffa0\u{1d173}-\u{1d17a}]|[\u{fe00}-\u{fe0f}]|[\u{e0100}-\u{e01ef}]/gu;

/** '' when nothing is left of it. */
export function cleanName(name: string): string {
  return harmless(
    stripVTControlCharacters(name.toWellFormed())
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
  return harmless(
    stripVTControlCharacters(text.toWellFormed()).replace(/\r\n?/g, '\n').replace(MARKS, '\ufffd'),
  );
}

/** All texts in it, however deep; it has been checked by a schema, so it is not deep. */
export function cleaned<T>(value: T): T {
  if (typeof value === 'string') return cleanText(value) as T;
  if (Array.isArray(value)) return value.map(cleaned) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, cleaned(one)])) as T;
}

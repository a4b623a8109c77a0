/** Matchers and values in words for people. */
import type { Matcher, MatcherObject } from './types.ts';

export const LONGEST = 200;

/** A text in one line: control characters shown, long ones shortened in the middle. */
export function oneLine(text: string, longest = LONGEST): string {
  const shown = text
    .trim()
    .replace(/\r?\n/g, '⏎')
    .replace(/\t/g, ' ')
    .replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '\ufffd');
  if (shown.length <= longest) return shown;
  const half = Math.floor((longest - 3) / 2);
  return `${shown.slice(0, half)} … ${shown.slice(-half)}`;
}

/** A value as evidence. Words stand bare, other texts in quotation marks, what is not there is `nothing`. */
export function shown(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  if (typeof value === 'string') {
    const line = oneLine(value);
    if (line === '') return value === '' ? 'an empty text' : 'blanks only';
    return /^!?[\w.:/@%+-]+$/.test(line) ? line : `"${line}"`;
  }
  if (Array.isArray(value)) {
    if (value.length === 0) return 'none';
    const first = value.slice(0, 12).map(shown).join(', ');
    return value.length > 12 ? `${first} and ${value.length - 12} more` : first;
  }
  if (typeof value === 'object') return oneLine(JSON.stringify(value));
  return String(value);
}

const list = (items: readonly Matcher[], join: string) => items.map(describeMatcher).join(join);

const BOUNDS = [
  ['gt', 'more than'],
  ['ge', 'at least'],
  ['lt', 'less than'],
  ['le', 'at most'],
] as const;

/** What a matcher wants: `containing "nginx"`, `at least 1 and at most 3`. */
export function describeMatcher(matcher: Matcher): string {
  if (Array.isArray(matcher)) return list(matcher, ' and ');
  if (typeof matcher !== 'object') return shown(matcher);
  const wanted = matcher as MatcherObject;
  const parts: string[] = [];
  for (const [key, words] of BOUNDS) if (wanted[key] !== undefined) parts.push(`${words} ${wanted[key]}`);
  if (wanted.contains !== undefined) parts.push(`containing ${describeMatcher(wanted.contains)}`);
  if (wanted.matches !== undefined) parts.push(`matching /${wanted.matches}/${wanted.flags ?? ''}`);
  if (wanted.not !== undefined) parts.push(`not ${describeMatcher(wanted.not)}`);
  if (wanted.and !== undefined) parts.push(list(wanted.and, ' and '));
  if (wanted.or !== undefined) parts.push(list(wanted.or, ' or '));
  if (wanted.length !== undefined) parts.push(`of length ${describeMatcher(wanted.length)}`);
  if (wanted.json !== undefined)
    parts.push(`${wanted.json} ${wanted.is === undefined ? 'there' : describeMatcher(wanted.is)}`);
  if (wanted.exactly !== undefined)
    parts.push(wanted.exactly.length === 0 ? 'none' : `exactly ${list(wanted.exactly, ', ')}`);
  return parts.join(' and ');
}

/** Reads a matcher as the author wrote it, and refuses one that asserts nothing or cannot work. */
import { suggest } from '../../lib/suggest.ts';
import { parseJsonPath } from './json-path.ts';
import { numberOf } from './match.ts';
import { compile, slashed } from './pattern.ts';
import { type Matcher, type MatcherObject, OPERATORS } from './types.ts';

export interface MatcherFault {
  code: 'empty-matcher' | 'bad-regex' | 'bad-matcher' | 'unknown-field';
  path: (string | number)[];
  message: string;
  instead?: string;
  atKey?: boolean;
}

type Add = (fault: MatcherFault) => void;
type Path = (string | number)[];

const EMPTY = 'An empty matcher asserts nothing.';

function isPlainObject(raw: unknown): raw is Record<string, unknown> {
  return typeof raw === 'object' && raw !== null && !Array.isArray(raw);
}

function checkPattern(source: unknown, flags: string, path: Path, add: Add): void {
  if (typeof source !== 'string') {
    add({ code: 'bad-matcher', path, message: 'A pattern is a text, in quotation marks.' });
  } else if (source === '') {
    add({ code: 'empty-matcher', path, message: `${EMPTY} An empty pattern matches every text.` });
  } else {
    const regex = compile(source, flags);
    if (typeof regex === 'string')
      add({ code: 'bad-regex', path, message: `This regular expression is wrong: ${regex}.` });
  }
}

function parseText(raw: string, path: Path, add: Add): Matcher {
  const parts = slashed(raw);
  if (!parts) {
    if (raw.trim() === '') add({ code: 'empty-matcher', path, message: EMPTY, instead: '{length: 0}' });
    return raw;
  }
  checkPattern(parts.source, parts.flags, path, add);
  return parts.flags === '' ? { matches: parts.source } : { matches: parts.source, flags: parts.flags };
}

function parseList(raw: unknown, path: Path, add: Add, mayBeEmpty = false): Matcher[] {
  if (!Array.isArray(raw)) {
    add({ code: 'bad-matcher', path, message: 'A list is expected here.', instead: '[...]' });
    return [];
  }
  if (raw.length === 0 && !mayBeEmpty)
    add({ code: 'empty-matcher', path, message: EMPTY, instead: '{exactly: []}' });
  return raw.map((each, index) => parseMatcher(each, [...path, index], add));
}

function parseBound(raw: unknown, path: Path, add: Add): number | string {
  const isVariable = typeof raw === 'string' && /^\$\{?\w+\}?$/.test(raw);
  if (!isVariable && numberOf(raw) === undefined)
    add({ code: 'bad-matcher', path, message: 'A bound is a number.' });
  return raw as number | string;
}

function parseObject(raw: Record<string, unknown>, path: Path, add: Add): MatcherObject {
  const keys = Object.keys(raw);
  if (keys.length === 0) add({ code: 'empty-matcher', path, message: EMPTY });
  const made: MatcherObject = {};
  for (const key of keys) {
    const value = raw[key];
    const at = [...path, key];
    if (key === 'contains') {
      made.contains = Array.isArray(value) ? parseList(value, at, add) : parseMatcher(value, at, add);
    } else if (key === 'matches') {
      checkPattern(value, typeof raw.flags === 'string' ? raw.flags : '', at, add);
      made.matches = typeof value === 'string' ? value : '';
    } else if (key === 'flags') {
      if (typeof value !== 'string' || !/^[imsu]*$/.test(value) || raw.matches === undefined)
        add({
          code: 'bad-matcher',
          path: at,
          message: '`flags` belongs to `matches` and knows i, m, s and u.',
        });
      else made.flags = value;
    } else if (key === 'lt' || key === 'le' || key === 'gt' || key === 'ge')
      made[key] = parseBound(value, at, add);
    else if (key === 'not' || key === 'length') made[key] = parseMatcher(value, at, add);
    else if (key === 'and' || key === 'or') made[key] = parseList(value, at, add);
    else if (key === 'exactly') made.exactly = parseList(value, at, add, true);
    else if (key === 'json') {
      if (typeof value !== 'string' || parseJsonPath(value) === undefined)
        add({
          code: 'bad-matcher',
          path: at,
          message: 'A path into JSON starts with `$`.',
          instead: '"$.name[0]"',
        });
      else if (raw.is === undefined)
        add({
          code: 'bad-matcher',
          path: at,
          message: '`json` names a place; `is` says what is expected there.',
          instead: '{json: "$.name", is: ...}',
        });
      made.json = typeof value === 'string' ? value : '';
    } else if (key === 'is') {
      if (raw.json === undefined) add({ code: 'bad-matcher', path: at, message: '`is` belongs to `json`.' });
      made.is = parseMatcher(value, at, add);
    } else {
      const instead = suggest(key, OPERATORS);
      add({
        code: 'unknown-field',
        path: at,
        atKey: true,
        message: `A matcher knows no \`${key}\`.`,
        ...(instead && { instead }),
      });
    }
  }
  return made;
}

/** Faults go to `add`; what is returned is of use only when there was none. */
export function parseMatcher(raw: unknown, path: Path, add: Add): Matcher {
  if (typeof raw === 'string') return parseText(raw, path, add);
  if (typeof raw === 'boolean') return raw;
  if (typeof raw === 'number') {
    if (!Number.isFinite(raw)) add({ code: 'bad-matcher', path, message: 'This is not a number.' });
    return raw;
  }
  if (Array.isArray(raw)) return parseList(raw, path, add);
  if (isPlainObject(raw)) return parseObject(raw, path, add);
  add({ code: 'empty-matcher', path, message: EMPTY });
  return '';
}

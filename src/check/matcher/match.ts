/** Holds a value against a matcher. A value that is not there satisfies nothing, not even `not`. */
import { followJsonPath, parseJsonPath } from './json-path.ts';
import { compile } from './pattern.ts';
import type { Matcher, MatcherObject, MatchResult } from './types.ts';
import { describeMatcher, LONGEST, shown } from './words.ts';

export interface MatchOptions {
  /** When two texts are the same though spelt differently: addresses, MACs. Default: the trimmed texts are equal. */
  same?: (expected: string, found: string) => boolean;
  /** A bare string is looked for inside the text: for output and pages. */
  within?: boolean;
}

/** A number as people write it; undefined for anything else. No hexadecimal, no blanks inside, no infinity. */
export function numberOf(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (typeof value !== 'string' || !/^\s*[-+]?\d+(\.\d+)?\s*$/.test(value)) return undefined;
  return Number(value);
}

function equals(expected: string | number | boolean, found: unknown, options: MatchOptions): boolean {
  if (typeof found === 'object') return false;
  if (typeof expected === 'boolean') return found === expected || String(found).trim() === String(expected);
  if (typeof expected === 'string' && options.within)
    return expected !== '' && String(found).includes(expected);
  if (typeof expected === 'number' || typeof found === 'number') {
    const a = numberOf(expected);
    const b = numberOf(found);
    if (a !== undefined && b !== undefined) return a === b;
  }
  const a = String(expected).trim();
  const b = String(found).trim();
  return a === b || (options.same?.(a, b) ?? false);
}

function contains(wanted: Matcher, value: unknown, options: MatchOptions): boolean {
  if (Array.isArray(wanted))
    return wanted.length > 0 && wanted.every((each) => contains(each, value, options));
  if (Array.isArray(value)) return value.some((element) => holds(wanted, element, options));
  if (typeof wanted === 'object') return holds(wanted, value, options);
  const text = String(wanted);
  return typeof value !== 'object' && text !== '' && String(value).includes(text);
}

function inBounds(wanted: MatcherObject, value: unknown): boolean {
  const found = numberOf(value);
  const test = (bound: number | string | undefined, compare: (a: number, b: number) => boolean) => {
    if (bound === undefined) return true;
    const limit = numberOf(bound);
    return found !== undefined && limit !== undefined && compare(found, limit);
  };
  return (
    test(wanted.lt, (a, b) => a < b) &&
    test(wanted.le, (a, b) => a <= b) &&
    test(wanted.gt, (a, b) => a > b) &&
    test(wanted.ge, (a, b) => a >= b)
  );
}

function lengthOf(value: unknown): number | undefined {
  if (Array.isArray(value)) return value.length;
  return typeof value === 'object' ? undefined : String(value).length;
}

function atJsonPath(wanted: MatcherObject, value: unknown, options: MatchOptions): boolean {
  const path = parseJsonPath(wanted.json ?? '');
  if (path === undefined || wanted.is === undefined) return false;
  let whole = value;
  if (typeof value === 'string') {
    try {
      whole = JSON.parse(value);
    } catch {
      return false;
    }
  }
  return holds(wanted.is, followJsonPath(whole, path), { ...options, within: false });
}

function exactly(wanted: readonly Matcher[], value: unknown, options: MatchOptions): boolean {
  const found: readonly unknown[] = Array.isArray(value) ? value : [value];
  return (
    wanted.every((each) => found.some((element) => holds(each, element, options))) &&
    found.every((element) => wanted.some((each) => holds(each, element, options)))
  );
}

function objectHolds(wanted: MatcherObject, value: unknown, options: MatchOptions): boolean {
  const fields = Object.keys(wanted).filter((key) => wanted[key as keyof MatcherObject] !== undefined);
  if (fields.length === 0) return false;
  if (wanted.contains !== undefined && !contains(wanted.contains, value, options)) return false;
  if (wanted.not !== undefined && holds(wanted.not, value, options)) return false;
  if (
    wanted.and !== undefined &&
    !(wanted.and.length > 0 && wanted.and.every((each) => holds(each, value, options)))
  )
    return false;
  if (wanted.or !== undefined && !wanted.or.some((each) => holds(each, value, options))) return false;
  if (wanted.length !== undefined && !holds(wanted.length, lengthOf(value), { within: false })) return false;
  if (wanted.json !== undefined && !atJsonPath(wanted, value, options)) return false;
  if (wanted.exactly !== undefined && !exactly(wanted.exactly, value, options)) return false;
  const perElement =
    wanted.matches !== undefined || ['lt', 'le', 'gt', 'ge'].some((key) => fields.includes(key));
  if (!perElement) return true;
  const one = (element: unknown) =>
    typeof element !== 'object' && pattern(wanted, element) && inBounds(wanted, element);
  return Array.isArray(value) ? value.some(one) : one(value);
}

function pattern(wanted: MatcherObject, value: unknown): boolean {
  if (wanted.matches === undefined) return true;
  const regex = compile(wanted.matches, wanted.flags);
  return typeof regex !== 'string' && regex.test(String(value));
}

function holds(matcher: Matcher, value: unknown, options: MatchOptions): boolean {
  if (value === undefined || value === null) return false;
  if (Array.isArray(matcher)) {
    if (matcher.length === 0) return false;
    if (Array.isArray(value))
      return matcher.every((each) => value.some((element) => holds(each, element, options)));
    return matcher.every((each) => holds(each, value, { ...options, within: true }));
  }
  if (typeof matcher === 'object') return objectHolds(matcher as MatcherObject, value, options);
  if (Array.isArray(value)) return value.some((element) => holds(matcher, element, options));
  return equals(matcher, value, options);
}

/** Of a long text, the lines that begin as the pattern does: the rest of it is nobody's evidence. */
function meant(matcher: Matcher, value: unknown): string | undefined {
  if (typeof value !== 'string' || value.length <= LONGEST || Array.isArray(matcher)) return undefined;
  const pattern = typeof matcher === 'object' ? ((matcher as MatcherObject).matches ?? '') : '';
  const [begins] = pattern.includes('|') ? [] : (/^\w+[:=]?/.exec(pattern) ?? []);
  if (begins === undefined) return undefined;
  const lines = value.split('\n').filter((line) => line.trimStart().startsWith(begins));
  return lines.length > 0 ? lines.join('\n') : undefined;
}

/**
 * Pure; never throws, whatever the value. A list-valued fact satisfies a scalar when one of its elements does, and a
 * list when every wanted element is found. A text satisfies a list when it contains every element.
 */
export function match(matcher: Matcher, value: unknown, options: MatchOptions = {}): MatchResult {
  const ok = holds(matcher, value, options);
  const found = (ok ? undefined : meant(matcher, value)) ?? value;
  return { ok, expected: describeMatcher(matcher), found: shown(found) };
}

/** What a value is held against. Plain JSON, as in the lesson; only `"/re/flags"` has become `{matches, flags}`. */
export type Matcher = string | number | boolean | readonly Matcher[] | MatcherObject;

/** All fields that are given must hold. */
export interface MatcherObject {
  contains?: Matcher;
  matches?: string;
  /** Of `matches`; from the scalar form `"/re/flags"`. */
  flags?: string;
  /** Numbers; or a string with `$NAME` until the variable is put in. */
  lt?: number | string;
  le?: number | string;
  gt?: number | string;
  ge?: number | string;
  not?: Matcher;
  and?: readonly Matcher[];
  or?: readonly Matcher[];
  length?: Matcher;
  /** Path into JSON text; `is` holds what stands there. */
  json?: string;
  is?: Matcher;
  /** The same set: nothing missing, nothing more. */
  exactly?: readonly Matcher[];
}

export const OPERATORS = [
  'contains',
  'matches',
  'flags',
  'lt',
  'le',
  'gt',
  'ge',
  'not',
  'and',
  'or',
  'length',
  'json',
  'is',
  'exactly',
] as const;

export interface MatchResult {
  ok: boolean;
  /** In words: `at least 1 and at most 3`. */
  expected: string;
  /** The value, short and in one line. */
  found: string;
}

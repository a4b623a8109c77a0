/** What a field of a check may hold: a value, a range, a pattern, and how they combine. */
import { z } from 'zod';
import { matcherJsonSchema } from './matcher/json-schema.ts';
import { parseMatcher } from './matcher/parse.ts';
import type { Matcher } from './matcher/types.ts';

export { type MatchOptions, match, numberOf } from './matcher/match.ts';
export { compile, escapePattern, slashed } from './matcher/pattern.ts';
export type { Matcher, MatcherObject, MatchResult } from './matcher/types.ts';
export { describeMatcher, oneLine, shown } from './matcher/words.ts';

// One object for all fields: the JSON Schema then has one definition, `Matcher`, that they refer to.
const raw = z.unknown().meta(matcherJsonSchema);

/**
 * A field that takes a matcher. Parsing turns `"/re/i"` into `{matches: "re", flags: "i"}`, so that afterwards a
 * string always means itself, whatever the value of a variable in it.
 */
export function matcher() {
  return raw.transform((value, context): Matcher => {
    if (value === undefined) {
      context.addIssue({
        code: 'custom',
        message: 'A value is missing here.',
        params: { code: 'missing-field' },
      });
      return z.NEVER;
    }
    return parseMatcher(value, [], ({ path, message, ...params }) =>
      context.addIssue({ code: 'custom', path, message, params }),
    );
  });
}

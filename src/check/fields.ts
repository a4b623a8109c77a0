/** The forms of fields that many kinds share, each with its line of documentation and an example. */
import { z } from 'zod';
import { parseAddress } from '../lib/addresses.ts';
import { compile, slashed } from './matcher/pattern.ts';
import { matcher } from './matcher.ts';

/** A text; a number in YAML is taken as its digits. `$NAME` may stand in it. */
function word(description: string, example: unknown) {
  return z
    .union([z.string(), z.number()], 'This must be a text.')
    .meta({ description, examples: [example] })
    .transform((value) => String(value).trim())
    .refine((value) => value !== '', 'An empty text names nothing.');
}

/** Whether a text is waiting for a variable: what it will be cannot be judged yet. */
export function hasVariable(text: string): boolean {
  return /\$[A-Za-z_{]/.test(text);
}

/** A name: of an interface, a namespace, a chain. */
export function name(description: string, example: string) {
  return word(description, example);
}

export function address(description: string, example: string) {
  return word(description, example).refine(
    (value) => hasVariable(value) || parseAddress(value) !== undefined,
    'This is no IPv4 or IPv6 address.',
  );
}

export function flag(description: string, example = true) {
  return z.boolean().meta({ description, examples: [example] });
}

/** One of a few words. */
export function choice<const Words extends readonly [string, ...string[]]>(
  description: string,
  words: Words,
) {
  return z
    .enum(words, `One of these is expected: ${words.join(', ')}.`)
    .meta({ description, examples: [words[0]] });
}

export function matching(description: string, example: unknown) {
  return matcher().meta({ description, examples: [example] });
}

export function absent(what: string) {
  return z
    .literal(true, '`absent` is `true`, or is left away.')
    .meta({ description: `${what} must not be there.`, examples: [true] });
}

/** A name that must be equal, or a pattern in slashes. */
export type NameOrPattern = string | { matches: string; flags: string };

export function nameOrPattern(description: string, example: string) {
  return word(description, example).transform((value, context): NameOrPattern => {
    const parts = slashed(value);
    if (!parts) return value;
    const regex = compile(parts.source, parts.flags);
    if (typeof regex === 'string')
      context.addIssue({
        code: 'custom',
        message: `This regular expression is wrong: ${regex}.`,
        params: { code: 'bad-regex' },
      });
    return { matches: parts.source, flags: parts.flags };
  });
}

/** The fields that a check of any kind may have. */
import { z } from 'zod';
import { parseDuration } from '../lib/duration.ts';

/** A namespace's name is a file under /run/netns, so it is one path component. */
const NETNS = /^(?!\.{1,2}$)[^\s/$\0]{0,255}$/;
const ID = /^[\p{L}\p{N}_][\p{L}\p{N}_.:-]*$/u;

const duration = z.string().refine((text) => parseDuration(text) !== undefined, 'This is no duration.');

export const commonFields = z.strictObject({
  in: z
    .string()
    .regex(NETNS, 'This cannot be the name of a network namespace.')
    .optional()
    .meta({
      description: 'The network namespace; `host` is the host’s own, as is nothing.',
      examples: ['client'],
    }),
  on: z
    .string()
    .optional()
    .meta({ description: 'The host whose kernel is asked; without it the cell’s.', examples: ['host'] }),
  within: duration
    .optional()
    .meta({ description: 'Look again until it holds, at most this long.', examples: ['5s'] }),
  holds: duration
    .optional()
    .meta({ description: 'Once it holds it must stay so for this long.', examples: ['2s'] }),
  not: z
    .boolean()
    .optional()
    .meta({ description: 'The opposite is expected.', examples: [true] }),
  points: z
    .number()
    .min(0, 'Points cannot be less than none.')
    .max(1_000_000, 'So many points are an accident.')
    .optional()
    .meta({ description: 'What the check is worth; 0 without it.', examples: [1] }),
  id: z
    .string()
    .regex(ID, 'An id is made of letters, digits, `-`, `_`, `.` and `:`.')
    .optional()
    .meta({ description: 'A name for reports and for `when=` of a hint.', examples: ['cable'] }),
  says: z
    .string()
    .trim()
    .min(1, 'Words without a letter.')
    .optional()
    .meta({
      description: 'The author’s words for what is expected, shown instead of the generated ones.',
      examples: ['The cable is there'],
    }),
  invariant: z
    .boolean()
    .optional()
    .meta({
      description:
        'It holds before the cell already, and is meant to: `wirebook test` then does not call it vacuous.',
      examples: [true],
    }),
  quiet: z
    .boolean()
    .optional()
    .meta({
      description: 'When it fails, only that is said: what is there would be the answer. Needs `says`.',
      examples: [true],
    }),
});

export type CommonFields = z.output<typeof commonFields>;
export const COMMON_NAMES = Object.keys(commonFields.shape) as (keyof CommonFields)[];

/** `within: 5s`, as a field's definition gives its example. */
export function examplesOf(shape: Readonly<Record<string, z.ZodType>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(shape).map(([name, field]) => {
      const example = (field.meta()?.examples as readonly unknown[] | undefined)?.[0];
      return [
        name,
        `${name}: ${typeof example === 'object' ? JSON.stringify(example).replaceAll('"', '').replaceAll(',', ', ') : example}`,
      ];
    }),
  );
}

/** zod's issues in the words of a lesson: a code, a sentence, a place, and what to write instead. */
import type { z } from 'zod';
import { suggest } from '../lib/suggest.ts';
import type { EntryFault } from './model.ts';

type Issue = z.core.$ZodIssue;

const KINDS: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  boolean: '`true` or `false`',
  array: 'a list',
  object: 'a map of fields',
};

function kindOf(value: unknown): string {
  if (value === null) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object'
    ? 'a map'
    : typeof value === 'boolean'
      ? `\`${value}\``
      : KINDS[typeof value]!;
}

function dig(data: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (value as Record<PropertyKey, unknown> | undefined)?.[key],
    data,
  );
}

/** The fields that a schema has at a path, for "did you mean". */
export type FieldNames = (path: readonly (string | number)[]) => readonly string[];

function unknownField(key: string, path: (string | number)[], fields: readonly string[]): EntryFault {
  const near = suggest(key, fields);
  const instead = near ? `did you mean \`${near}\`?` : `the fields are: ${fields.join(', ')}`;
  return {
    code: 'unknown-field',
    path: [...path, key],
    atKey: true,
    message: `Unknown field \`${key}\`.`,
    instead,
  };
}

function* explain(
  issue: Issue,
  before: (string | number)[],
  data: unknown,
  fields: FieldNames,
): Generator<EntryFault> {
  const path = [...before, ...(issue.path as (string | number)[])];
  const value = dig(data, path);
  const name = `\`${path.findLast((part) => typeof part === 'string') ?? 'this'}\``;
  if (issue.code === 'unrecognized_keys') {
    for (const key of issue.keys) yield unknownField(key, path, fields(path));
  } else if (issue.code === 'invalid_union') {
    // The form that was meant is the one whose own type fits, and the most of its fields; its faults are worth telling.
    const [meant] = issue.errors
      .filter((errors) => !errors.some((e) => e.code === 'invalid_type' && e.path.length === 0))
      .toSorted((a, b) => a.length - b.length);
    if (meant) for (const inner of meant) yield* explain(inner, path, data, fields);
    else yield { code: 'bad-value', path, message: issue.message };
  } else if (issue.code === 'invalid_type' && value === undefined) {
    yield { code: 'missing-field', path, message: `${name} is missing.` };
  } else if (issue.code === 'invalid_type') {
    const wanted = KINDS[issue.expected] ?? issue.expected;
    yield { code: 'bad-value', path, message: `${name} must be ${wanted}, not ${kindOf(value)}.` };
  } else yield { code: 'bad-value', path, message: issue.message };
}

/** `examples` is what a field's definition gives as its example: it becomes "write ...". */
export function issuesToFaults(
  error: z.ZodError,
  data: unknown,
  fields: FieldNames,
  examples: Readonly<Record<string, string>>,
): EntryFault[] {
  const all = error.issues.flatMap((issue) => [...explain(issue, [], data, fields)]);
  // A field that is there under a mistyped name is not missing as well.
  const meant = (fault: EntryFault) => `did you mean \`${fault.path.at(-1)}\`?`;
  const mistyped = (fault: EntryFault) =>
    fault.code === 'missing-field' && all.some((other) => other.instead === meant(fault));
  return all
    .filter((fault) => !mistyped(fault))
    .map((fault) => {
      const example = examples[String(fault.path[0])];
      return fault.instead || example === undefined ? fault : { ...fault, instead: `write \`${example}\`` };
    });
}

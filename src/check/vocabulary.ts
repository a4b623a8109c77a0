/** The kinds of check as the parser of lessons sees them: names, validation, and a JSON Schema for editors. */
import { z } from 'zod';
import { COMMON_NAMES, commonFields } from '../lesson/common.ts';
import { issuesToFaults } from '../lesson/issues.ts';
import type { CheckVocabulary, EntryFault } from '../lesson/model.ts';
import { suggest } from '../lib/suggest.ts';
import { kinds } from './kinds.ts';
import { matcherJsonSchema } from './matcher/json-schema.ts';
import type { CheckKind } from './model.ts';
import { fieldNames, fieldsOf, jsonSchemaOf } from './schema-fields.ts';

type Issue = z.core.$ZodIssue;

/** What our own forms of fields say of themselves, besides the message. */
const ownParams = z.object({
  code: z.string(),
  instead: z.string().optional(),
  atKey: z.boolean().optional(),
});

function ownFault(issue: Issue): EntryFault | undefined {
  const params = issue.code === 'custom' ? ownParams.safeParse(issue.params) : undefined;
  if (!params?.success) return undefined;
  const path = issue.path as (string | number)[];
  const { code, instead, atKey } = params.data;
  const message = code === 'missing-field' ? `\`${path.at(-1)}\` is missing.` : issue.message;
  const better =
    code === 'unknown-field' ? instead && `did you mean \`${instead}\`?` : instead && `write \`${instead}\``;
  return { code, path, message, ...(atKey && { atKey }), ...(better && { instead: better }) };
}

function faultsOf(kind: CheckKind, error: z.ZodError, fields: unknown): EntryFault[] {
  const examples = Object.fromEntries(
    fieldsOf(kind).flatMap(({ name, example }) => (example === undefined ? [] : [[name, example]])),
  );
  // At the top a field of every check may have been meant too: `witin`.
  const names = (path: readonly (string | number)[]) =>
    path.length === 0 ? [...fieldNames(kind, path), ...COMMON_NAMES] : fieldNames(kind, path);
  const others = error.issues.filter((issue) => ownFault(issue) === undefined);
  const own = error.issues.map(ownFault).filter((fault) => fault !== undefined);
  return [...own, ...issuesToFaults(new z.ZodError(others), fields, names, examples)];
}

function unknownKind(name: string): EntryFault {
  const near = suggest(name, vocabulary.kinds);
  return {
    code: 'unknown-kind',
    path: [name],
    atKey: true,
    message: `\`${name}\` is no kind of check.`,
    instead: near ? `did you mean \`${near}\`?` : `the kinds are: ${vocabulary.kinds.join(', ')}`,
  };
}

/** One entry of each kind, with the fields that all kinds have. */
function jsonSchema(): object {
  const common = z.toJSONSchema(commonFields, { io: 'input' });
  const entries = [...kinds.values()].map((kind) => {
    const own = jsonSchemaOf(kind);
    return {
      title: kind.name,
      description: kind.summary,
      type: 'object',
      properties: { ...own.properties, ...common.properties, ...own.properties },
      required: own.required ?? [kind.name],
      additionalProperties: false,
    };
  });
  const { id: _, ...matcher } = matcherJsonSchema;
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'The entries of an .expect block',
    type: 'array',
    minItems: 1,
    items: { anyOf: entries },
    $defs: { Matcher: matcher },
  };
}

export const vocabulary: CheckVocabulary & { jsonSchema(): object } = {
  kinds: [...kinds.keys()],
  parse(name, fields) {
    const kind = kinds.get(name);
    if (!kind) return { ok: false, faults: [unknownKind(name)] };
    const parsed = kind.schema.safeParse(fields);
    if (!parsed.success) return { ok: false, faults: faultsOf(kind, parsed.error, fields) };
    const refused = kind.refuse?.(parsed.data);
    if (refused === undefined) return { ok: true, spec: parsed.data };
    return { ok: false, faults: [{ code: 'asserts-nothing', path: [name], message: refused }] };
  },
  jsonSchema,
};

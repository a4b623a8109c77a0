/** The fields of a kind, read from its schema: for "did you mean", for examples and for the reference. */
import { z } from 'zod';
import type { CheckKind } from './model.ts';

/** The part of JSON Schema that zod writes for a check. */
export interface JsonSchema {
  type?: string | readonly string[];
  description?: string;
  examples?: readonly unknown[];
  enum?: readonly unknown[];
  const?: unknown;
  properties?: Record<string, JsonSchema>;
  required?: readonly string[];
  additionalProperties?: boolean | JsonSchema;
  items?: JsonSchema;
  anyOf?: readonly JsonSchema[];
  $ref?: string;
  $defs?: Record<string, JsonSchema>;
}

const made = new WeakMap<CheckKind, JsonSchema>();

/** A field's examples, wherever in its wrappings they were given. */
function examplesOf(field: unknown): readonly unknown[] | undefined {
  if (!(field instanceof z.ZodType)) return undefined;
  const examples = field.meta()?.examples;
  if (Array.isArray(examples)) return examples;
  return examplesOf(field instanceof z.ZodOptional ? field.unwrap() : undefined);
}

/** What an author may write: before the schema has changed anything. */
export function jsonSchemaOf(kind: CheckKind): JsonSchema {
  let schema = made.get(kind);
  if (!schema) {
    schema = z.toJSONSchema(kind.schema, { io: 'input', unrepresentable: 'any' }) as JsonSchema;
    // zod leaves out the examples of a field that it transforms; ours are what an author writes.
    const shape = kind.schema instanceof z.ZodObject ? kind.schema.shape : {};
    for (const [name, field] of Object.entries(schema.properties ?? {})) {
      const examples = field.examples ?? examplesOf(shape[name]);
      if (examples) field.examples = examples;
    }
    made.set(kind, schema);
  }
  return schema;
}

function propertiesAt(schema: JsonSchema, path: readonly (string | number)[]): string[] {
  const [step, ...rest] = path;
  const forms = [schema, ...(schema.anyOf ?? [])];
  if (step === undefined) return forms.flatMap((form) => Object.keys(form.properties ?? {}));
  return forms.flatMap((form) => {
    const inner = typeof step === 'number' ? form.items : form.properties?.[step];
    return inner ? propertiesAt(inner, rest) : [];
  });
}

/** Names of the fields at a place in an entry; at the top those of the kind. */
export function fieldNames(kind: CheckKind, path: readonly (string | number)[]): string[] {
  return [...new Set(propertiesAt(jsonSchemaOf(kind), path))];
}

export interface Field {
  name: string;
  required: boolean;
  /** `text`, `number`, `up or down`, `matcher`, ... */
  takes: string;
  description: string;
  /** As an author would write it: `mtu: 1500`. */
  example?: string;
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'number',
  integer: 'whole number',
  boolean: 'true or false',
  object: 'map',
  array: 'list',
};

function takes(schema: JsonSchema): string {
  if (schema.$ref !== undefined) return schema.$ref.split('/').at(-1)!.toLowerCase();
  if (schema.const !== undefined) return `\`${schema.const}\``;
  if (schema.enum) return schema.enum.map((each) => `\`${each}\``).join(', ');
  if (schema.anyOf) return [...new Set(schema.anyOf.map(takes))].join(' or ');
  // A name written in digits is a name all the same.
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
  return TYPES[String(type)] ?? 'anything';
}

/** YAML of one value, in one line. */
function flow(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flow).join(', ')}]`;
  if (typeof value === 'object' && value !== null)
    return `{${Object.entries(value)
      .map(([key, inner]) => `${key}: ${flow(inner)}`)
      .join(', ')}}`;
  const text = String(value);
  return typeof value === 'string' && !/^[\w/][\w./ -]*$/.test(text) && !/^[\w:.]+(\/\d+)?$/.test(text)
    ? JSON.stringify(text)
    : text;
}

export function fieldsOf(kind: CheckKind): Field[] {
  const schema = jsonSchemaOf(kind);
  return Object.entries(schema.properties ?? {}).map(([name, field]) => ({
    name,
    required: schema.required?.includes(name) ?? false,
    takes: takes(field),
    description: field.description ?? '',
    example: field.examples?.[0] === undefined ? undefined : `${name}: ${flow(field.examples[0])}`,
  }));
}

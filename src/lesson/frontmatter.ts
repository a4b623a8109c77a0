/** The front matter: YAML between two `---` at the head of a lesson. Its schema is also its reference. */
import { z } from 'zod';
import { parsePrefix } from '../lib/addresses.ts';
import { examplesOf } from './common.ts';
import type { Faults, Span } from './faults.ts';
import { gradingSchema } from './grading.ts';
import { issuesToFaults } from './issues.ts';
import { PARAM_FIELDS, type Params, paramsSchema, readParams } from './params.ts';
import { readYaml, type YamlTree } from './yaml.ts';

/** RFC 1123: what a machine may be called. */
const hostName = z
  .string()
  .regex(
    /^[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?$/,
    'A host’s name has letters, digits and `-`, at most 63.',
  );

const hostAddress = z
  .string()
  .refine(
    (text) => text.includes('/') && parsePrefix(text)?.family === 4,
    'This is no IPv4 address with a prefix length, as `172.17.0.34/16` is.',
  );

const hostFields = z.strictObject({ name: hostName, address: hostAddress.optional() });

const line = z.string().trim().min(1, 'Nothing but blanks.');

/** BCP 47 as file names use it: `en`, `zh-CN`. */
export const LANGUAGE_TAG = /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/;

export const frontMatterSchema = z.strictObject({
  title: line.meta({ description: 'The lesson’s name.', examples: ['Two namespaces and a cable'] }),
  summary: line.optional().meta({
    description: 'What it teaches, in one or two sentences.',
    examples: ['A veth pair joins two namespaces.'],
  }),
  hosts: z
    .array(z.union([hostName, hostFields], 'A host is a name, or a map with `name` and `address`.'))
    .min(1, 'A lesson runs on at least one host.')
    .optional()
    .meta({
      description:
        'The machines, joined by an underlay network: names, or `{name, address}`. The first is the default; without the field there is one, called `host`.',
      examples: [['host', 'node01']],
    }),
  needs: z
    .array(z.string().regex(/^[\w.+-]+$/, 'This is no name of a tool or a feature.'))
    .optional()
    .meta({
      description:
        'Programs and features of the kernel, which the reference lists; what is missing is told before the first cell.',
      examples: [['ip', 'ping']],
    }),
  params: paramsSchema,
  grading: gradingSchema.optional().meta({
    description:
      'How `wirebook grade` counts: `{partial: share}` or `whole`, and shares from 0 to 1 for `carry`, `hint` and `solution`; `said: true` counts what the submission itself says.',
    examples: [{ hint: 0.1 }],
  }),
  lang: z
    .string()
    .regex(LANGUAGE_TAG, 'This is no language tag, as `en` and `zh-CN` are.')
    .optional()
    .meta({
      description: 'The language it is written in, where the file’s name does not say: `lesson.zh-CN.md`.',
      examples: ['en'],
    }),
  of: z
    .string()
    .regex(
      /^[0-9a-f]{4}(?: [0-9a-f]{4})*$/,
      'These are no digests of steps: `wirebook lint` says what to write.',
    )
    .optional()
    .meta({
      description:
        'Of a translation: which words of the original it was made from, a digest a step. `wirebook new LESSON --lang` writes it; when the original’s words change, `wirebook lint` names the step and what to write.',
      examples: ['3f1c 90ab 77e2'],
    }),
});

export type FrontMatter = z.output<typeof frontMatterSchema>;

export interface FrontMatterResult {
  /** Lines that it takes, its two marks included. */
  length: number;
  /** Undefined when it is missing or faulty: the faults are told. */
  fields?: FrontMatter;
  /** Undefined when they have faults. */
  params?: Params;
  spanOf(field: string): Span;
}

const AT_HEAD: Span = { line: 1, column: 1, length: 3 };
const EXAMPLES = examplesOf(frontMatterSchema.shape);

/** Validates a YAML map against a schema of fields; used for course.yaml as well. */
export function readFields<Schema extends z.ZodObject>(
  tree: YamlTree,
  schema: Schema,
  faults: Faults,
  fallback: Span,
): z.output<Schema> | undefined {
  const data = tree.value ?? {};
  const parsed = schema.safeParse(data);
  if (parsed.success) return parsed.data;
  const fields = (path: readonly unknown[]) => {
    if (path[0] === 'params') return PARAM_FIELDS;
    return Object.keys(path.length === 0 ? schema.shape : hostFields.shape);
  };
  for (const fault of issuesToFaults(parsed.error, data, fields, examplesOf(schema.shape))) {
    const missing = fault.code === 'missing-field' && fault.path.length === 1;
    const span = missing || fault.path.length === 0 ? fallback : tree.span(fault.path, fault.atKey);
    const message = fault.path.length === 0 ? 'Here belongs a map of fields.' : fault.message;
    faults.error(fault.code, span, message, fault.instead);
  }
  return undefined;
}

function hostNamesTwice(fields: FrontMatter, tree: YamlTree, faults: Faults): void {
  const seen = new Set<string>();
  for (const [i, host] of (fields.hosts ?? []).entries()) {
    const name = typeof host === 'string' ? host : host.name;
    const path = typeof host === 'string' ? ['hosts', i] : ['hosts', i, 'name'];
    if (seen.has(name)) faults.error('duplicate-host', tree.span(path), `Two hosts are called \`${name}\`.`);
    seen.add(name);
  }
}

export function readFrontMatter(lines: readonly string[], faults: Faults): FrontMatterResult {
  const none: FrontMatterResult = { length: 0, spanOf: () => AT_HEAD };
  if (lines[0]?.trimEnd() !== '---') {
    const instead = `begin the file with \`---\`, \`${EXAMPLES.title}\` and \`---\`, a line each`;
    faults.error('no-front-matter', { ...AT_HEAD, length: 1 }, 'The lesson has no front matter.', instead);
    return none;
  }
  const end = lines.findIndex((text, i) => i > 0 && /^(---|\.\.\.)\s*$/.test(text));
  if (end < 0) {
    faults.error(
      'unclosed-front-matter',
      AT_HEAD,
      'The front matter has no end.',
      'close it with a line `---`',
    );
    return { ...none, length: lines.length };
  }
  const tree = readYaml({ lines: lines.slice(1, end), line: 2 }, faults);
  if (!tree) return { ...none, length: end + 1 };
  const fields = readFields(tree, frontMatterSchema, faults, AT_HEAD);
  const spanOf = (field: string): Span => tree.span([field]);
  if (!fields) return { length: end + 1, spanOf };
  hostNamesTwice(fields, tree, faults);
  const before = faults.count;
  const params = readParams(fields.params, tree, faults);
  return { length: end + 1, fields, ...(faults.count === before ? { params } : {}), spanOf };
}

/** The reference of the checks, written from their schemas: it cannot say what the parser does not do. */
import { z } from 'zod';
import { commonFields } from '../lesson/common.ts';
import { kinds } from './kinds.ts';
import type { CheckKind } from './model.ts';
import { type Field, fieldsOf, type JsonSchema } from './schema-fields.ts';

const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

function table(fields: readonly Field[]): string[] {
  return [
    '| field | takes | meaning | example |',
    '| --- | --- | --- | --- |',
    ...fields.map(({ name, required, takes, description, example }) => {
      const label = required ? `**${name}**` : name;
      return `| ${label} | ${cell(takes)} | ${cell(description)} | ${example === undefined ? '' : `\`${cell(example)}\``} |`;
    }),
  ];
}

function section(kind: CheckKind): string[] {
  const [first, ...more] = kind.example.trim().split('\n');
  const entry = [`- ${first}`, ...more.map((line) => `  ${line}`)];
  return [
    `## ${kind.name}`,
    '',
    kind.summary,
    '',
    '```yaml',
    ...entry,
    '```',
    '',
    ...table(fieldsOf(kind)),
    '',
  ];
}

function commonTable(): string[] {
  const { properties = {} } = z.toJSONSchema(commonFields, { io: 'input' }) as JsonSchema;
  const rows = Object.entries(properties).map(([name, field]) => {
    const example = field.examples?.[0];
    return `| ${name} | ${cell(field.description ?? '')} | ${example === undefined ? '' : `\`${name}: ${example}\``} |`;
  });
  return ['| field | meaning | example |', '| --- | --- | --- |', ...rows];
}

const MATCHERS: readonly (readonly [string, string])[] = [
  [
    '1500',
    'Equal. Numbers and their digits are equal as numbers; of texts the blanks at the ends do not count.',
  ],
  ['/^10\\./i', 'A text between slashes is a regular expression; flags i, m, s, u.'],
  ['{matches: "^10"}', 'The same.'],
  ['{contains: nginx}', 'Part of a text, element of a list; a list: all of them.'],
  ['{ge: 1, lt: 10}', 'A range: lt, le, gt, ge.'],
  ['{not: 0}', 'Anything else. What is not there at all satisfies nothing, not even this.'],
  ['{or: [up, down]}', 'One of them; `and` for all of them.'],
  ['{length: 2}', 'How long a text or a list is.'],
  ['{json: "$.items[0].name", is: web}', 'A place in a JSON text.'],
  ['[10.0.0.11/24, 10.0.1.11/24]', 'Each of them is among what is there.'],
  ['{exactly: [a, b]}', 'These and nothing else, in any order.'],
];

/** Markdown; ends with a line break. */
export function checkReference(): string {
  const lines = [
    '# Checks',
    '',
    'An `.expect` block is a YAML list. The first key of each entry names its kind; the fields below belong to it.',
    'Fields in bold must be given. `$NAME` in a text is the value of a variable of the shell.',
    '',
    '## Fields of every check',
    '',
    ...commonTable(),
    '',
    '## Matchers',
    '',
    'A field that takes a matcher may hold any of these. One that asserts nothing (`{}`, `[]`, an empty text) is refused.',
    '',
    '| written | holds for |',
    '| --- | --- |',
    ...MATCHERS.map(([written, meaning]) => `| \`${cell(written)}\` | ${cell(meaning)} |`),
    '',
    ...[...kinds.values()].flatMap(section),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}

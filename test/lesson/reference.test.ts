import { describe, expect, test } from 'vitest';
import { COMMON_NAMES, commonFields } from '../../src/lesson/common.ts';
import { ATTRIBUTES, ROLE_NAMES } from '../../src/lesson/definitions.ts';
import { frontMatterSchema } from '../../src/lesson/frontmatter.ts';
import { lessonReference } from '../../src/lesson/reference.ts';
import { commonFieldsJsonSchema, courseJsonSchema, frontMatterJsonSchema } from '../../src/lesson/schema.ts';
import { faultsOf, lessonOf } from './helpers/marked.ts';

describe('the reference', () => {
  const text = lessonReference();

  test('names every role, attribute and field', () => {
    for (const role of ROLE_NAMES) expect(text).toContain(`| \`.${role}\` |`);
    for (const name of Object.keys(ATTRIBUTES)) expect(text).toMatch(new RegExp(`^\\| \`${name}[=\`]`, 'm'));
    for (const name of [...Object.keys(frontMatterSchema.shape), ...COMMON_NAMES])
      expect(text).toContain(`| \`${name}\` |`);
    expect(text).not.toMatch(/undefined|\[object/);
  });

  test('shows a lesson that is one', () => {
    const example = /~~~~md\n([\s\S]*?)~~~~/.exec(text)![1]!.replace(/ {2}peer: .*\n/, '');
    expect(lessonOf(example).cells).toHaveLength(1);
  });

  test('gives examples that the parser takes', () => {
    const block = COMMON_NAMES.map((name) => {
      const meta = commonFields.shape[name].meta() as { examples: [unknown] };
      return `  ${name}: ${meta.examples[0]}\n`;
    }).join('');
    expect(
      faultsOf(
        `---\ntitle: T\n---\n\`\`\`sh {.run}\nx\n\`\`\`\n\`\`\`yaml {.expect}\n- ping: a\n${block}\`\`\`\n`,
      ),
    ).toEqual([]);
  });
});

test('JSON Schemas forbid what the parser refuses, and say what each field is', () => {
  expect(frontMatterJsonSchema()).toMatchObject({
    type: 'object',
    required: ['title'],
    additionalProperties: false,
    properties: {
      title: { type: 'string', description: expect.any(String) },
      hosts: { type: 'array', minItems: 1 },
    },
  });
  expect(courseJsonSchema()).toMatchObject({ required: ['title'], additionalProperties: false });
  expect(commonFieldsJsonSchema()).toMatchObject({
    properties: { within: { type: 'string' }, not: { type: 'boolean' } },
  });
});

/** JSON Schema (draft 2020-12) of what an author writes in YAML, for editors. */
import { z } from 'zod';
import { commonFields } from './common.ts';
import { courseSchema } from './course-file.ts';
import { frontMatterSchema } from './frontmatter.ts';

function toJsonSchema(schema: z.ZodType, title: string): Record<string, unknown> {
  return { title, ...z.toJSONSchema(schema, { io: 'input' }) };
}

export function frontMatterJsonSchema(): object {
  return toJsonSchema(frontMatterSchema, 'Front matter of a Wirebook lesson');
}

export function courseJsonSchema(): object {
  return toJsonSchema(courseSchema, 'course.yaml of a Wirebook course');
}

/** The fields that a check of any kind may have, without those of its kind. */
export function commonFieldsJsonSchema(): object {
  return toJsonSchema(commonFields, 'Fields of every check');
}

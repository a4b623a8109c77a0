/** What may stand in a course.yaml, and how it is read from the text. Pure. */
import { z } from 'zod';
import { Faults } from './faults.ts';
import { readFields } from './frontmatter.ts';
import type { Diagnostic } from './model.ts';
import { readYaml } from './yaml.ts';

export const courseSchema = z.strictObject({
  title: z
    .string()
    .trim()
    .min(1, 'Nothing but blanks.')
    .meta({ description: 'The course’s name.', examples: ['A packet’s way'] }),
  summary: z
    .string()
    .trim()
    .optional()
    .meta({
      description: 'What it teaches, in one or two sentences.',
      examples: ['From one cable to a cluster.'],
    }),
});

type CourseFields = z.output<typeof courseSchema>;

/** Pure: the text of a course.yaml to its fields, or to its faults. */
export function parseCourse(
  file: string,
  text: string,
): { fields?: CourseFields; diagnostics: Diagnostic[] } {
  const lines = text.replace(/^\ufeff/, '').split(/\r\n|\r|\n/);
  const faults = new Faults(file, lines);
  const tree = readYaml({ lines, line: 1 }, faults);
  const fields = tree && readFields(tree, courseSchema, faults, { line: 1, column: 1, length: 1 });
  return { ...(fields ? { fields } : {}), diagnostics: faults.inOrder() };
}

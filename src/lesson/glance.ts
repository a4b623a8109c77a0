/** The heading of a lesson without the lesson: enough for a list that is to be seen at once. Pure. */
import { Faults } from './faults.ts';
import { readFrontMatter } from './frontmatter.ts';

export interface Glance {
  title: string;
  summary: string;
}

/**
 * @param head the beginning of the file
 * @returns undefined when it cannot be read at a glance; whoever reads the whole file finds out why
 */
export function glance(file: string, head: string): Glance | undefined {
  const lines = head.split(/\r?\n/);
  const faults = new Faults(file, lines);
  const { fields } = readFrontMatter(lines, faults);
  if (faults.fatal || fields === undefined) return undefined;
  const { title = '', summary = '' } = fields;
  return title === '' ? undefined : { title, summary };
}

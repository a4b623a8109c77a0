/**
 * docs/facts.yaml: which cell of which lesson teaches a numbered fact of part 1, and which checks hold it. Read, and
 * written as a page. A test holds it to the lessons (test/course/facts.test.ts).
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { PACKAGE_ROOT } from '../src/lib/package.ts';

const names = z.array(z.string()).min(1);
const factsSchema = z.record(
  z.string().regex(/^\d\.\d$/),
  z.strictObject({ fact: z.string().min(1), taught: z.record(z.string(), names), held: names }),
);

export type Facts = z.output<typeof factsSchema>;

export function readFacts(): Facts {
  return factsSchema.parse(parse(readFileSync(join(PACKAGE_ROOT, 'docs', 'facts.yaml'), 'utf8')));
}

const CHAPTERS: Readonly<Record<string, string>> = {
  1: 'Linux namespaces',
  2: 'Two network namespaces and a cable',
  3: 'A bridge instead of a cable for every pair',
  4: 'The same with a container',
  5: 'CNI, by hand',
  6: 'What a Pod is',
};

function row(number: string, { fact, taught, held }: Facts[string]): string {
  const cells = Object.entries(taught).map(
    ([lesson, ids]) =>
      `[${lesson}](../../lessons/${lesson}/lesson.md): ${ids.map((id) => `\`#${id}\``).join(' ')}`,
  );
  return `| ${number} | ${fact} | ${cells.join('<br>')} | ${held.map((id) => `\`${id}\``).join(' ')} |`;
}

/** Markdown. */
export function factsReference(): string {
  const facts = Object.entries(readFacts());
  const chapters = Object.entries(CHAPTERS).map(([chapter, title]) => {
    const own = facts.filter(([number]) => number.startsWith(`${chapter}.`));
    const rows = own.map(([number, fact]) => row(number, fact)).join('\n');
    return `## ${chapter}. ${title}\n\n| Fact | What it says | Taught by | Held by the checks |\n| --- | --- | --- | --- |\n${rows}\n`;
  });
  return `# The facts of part 1

Where each fact is taught, and which checks hold it. Every cell and every check that is named here is in its lesson, and every fact has
a check that its cell can fail.

${chapters.join('\n')}`;
}

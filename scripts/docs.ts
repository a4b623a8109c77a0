/**
 * Writes the pages of docs/reference from the schemas and tables, so that they never say what the
 * program does not do. A test holds the pages up to date.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { checkReference } from '../src/check/reference.ts';
import { lessonReference } from '../src/lesson/reference.ts';
import { PACKAGE_ROOT } from '../src/lib/package.ts';
import { sandboxReference } from '../src/sandbox/reference.ts';
import { factsReference } from './facts.ts';

const PACKAGES = readFileSync(join(PACKAGE_ROOT, 'sandbox', 'packages.txt'), 'utf8');

const pages: readonly [string, string][] = [
  ['docs/reference/lessons.md', `${lessonReference().trim()}\n\n${sandboxReference(PACKAGES)}`],
  ['docs/reference/checks.md', checkReference()],
  ['docs/reference/facts.md', factsReference()],
];

const NOTE = '<!-- Written by `npm run docs` from the schemas. Do not edit. -->\n\n';

export function referencePages(): { file: string; text: string }[] {
  return pages.map(([file, text]) => ({ file: join(PACKAGE_ROOT, file), text: `${NOTE}${text.trim()}\n` }));
}

if (import.meta.main) {
  for (const { file, text } of referencePages()) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    process.stdout.write(`${file}\n`);
  }
}

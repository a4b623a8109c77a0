/** Name -> format, and by which ending of a file it is meant. A new one is one file and one line here. */
import { extname } from 'node:path';
import { InputError } from '../lib/errors.ts';
import { suggest } from '../lib/suggest.ts';
import { asciicast } from './asciicast.ts';
import { html } from './html.ts';
import { markdown } from './markdown.ts';
import type { Exporter } from './model.ts';

export const FORMATS: Readonly<Record<string, Exporter>> = { html, md: markdown, asciicast };

const ENDINGS: Readonly<Record<string, string>> = {
  '.html': 'html',
  '.htm': 'html',
  '.md': 'md',
  '.markdown': 'md',
  '.cast': 'asciicast',
};

/** Without a name the file's ending decides, and without a file it is HTML. @throws InputError `unknown-format` */
export function formatOf(
  name: string | undefined,
  file: string | undefined,
): { name: string; format: Exporter } {
  const ending = file === undefined ? '' : extname(file).toLowerCase();
  const meant = Object.hasOwn(ENDINGS, ending) ? ENDINGS[ending] : undefined;
  // A page in a file called `.pdf` would help nobody.
  if (name === undefined && ending !== '' && meant === undefined)
    throw new InputError('unknown-format', `By its ending, ${file} is none of the formats.`, [
      `Call it ${Object.keys(ENDINGS).join(', ')}`,
      `Or name the format: --format ${Object.keys(FORMATS).join('|')}`,
    ]);
  const wanted = name ?? meant ?? 'html';
  const format = Object.hasOwn(FORMATS, wanted) ? FORMATS[wanted] : undefined;
  if (format !== undefined) return { name: wanted, format };
  const names = Object.keys(FORMATS);
  const near = suggest(wanted, names);
  throw new InputError('unknown-format', `There is no format called ${wanted}.`, [
    ...(near === undefined ? [] : [`Did you mean ${near}?`]),
    `Use one of: ${names.join(', ')}`,
  ]);
}

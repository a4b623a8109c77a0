/** Name -> format. A new one is one file and one line here. */
import { InputError } from '../lib/errors.ts';
import { suggest } from '../lib/suggest.ts';
import { github } from './github.ts';
import { json } from './json.ts';
import { junit } from './junit.ts';
import type { Reporter } from './model.ts';
import { ndjson } from './ndjson.ts';
import { pretty } from './pretty.ts';
import { tap } from './tap.ts';

export const REPORTERS: Readonly<Record<string, Reporter>> = { pretty, json, ndjson, junit, tap, github };

/** @throws InputError `unknown-reporter` */
export function reporterOf(name: string): Reporter {
  const reporter = Object.hasOwn(REPORTERS, name) ? REPORTERS[name] : undefined;
  if (reporter !== undefined) return reporter;
  const names = Object.keys(REPORTERS);
  const near = suggest(name, names);
  throw new InputError('unknown-reporter', `There is no reporter called ${name}.`, [
    ...(near === undefined ? [] : [`Did you mean ${near}?`]),
    `Use one of: ${names.join(', ')}`,
  ]);
}

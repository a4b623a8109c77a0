/** `--roster FILE` of a class: a CSV as for grading, or a YAML list. */
import { parseDocument } from 'yaml';
import { z } from 'zod';
import { LIMITS } from '../../board/limits.ts';
import type { RosterEntry } from '../../class/host/roster.ts';
import { InputError } from '../../lib/errors.ts';
import { parseRoster } from '../../lib/roster.ts';
import { rosterIn } from '../given.ts';

const text = z.union([z.string(), z.number()]).transform((value) => String(value).trim());
const id = text.pipe(z.string().min(1).max(LIMITS.id));
const entry = z.union([
  id.transform((only) => ({ id: only, name: undefined })),
  z.object({ id, name: text.optional() }),
  z.object({ code: id, name: text.optional() }).transform(({ code, name }) => ({ id: code, name })),
]);
const SHAPE = 'A list; of each learner `- id: a1` with `name: Ada` below it, or the name alone: `- Ada`.';

/** @throws InputError `roster-not-readable`, `roster` */
export function readRoster(file: string, cwd: string): RosterEntry[] {
  const content = rosterIn(file, cwd);
  const entries = /\.ya?ml$/i.test(file) ? ofYaml(file, content) : ofCsv(file, content);
  if (entries.length === 0)
    throw new InputError('roster', `${file} names nobody, so nobody could join.`, [SHAPE]);
  return entries;
}

function ofCsv(file: string, content: string): RosterEntry[] {
  return parseRoster(file, content).learners.map(({ id, name }) => ({ id, name }));
}

function ofYaml(file: string, content: string): RosterEntry[] {
  const document = parseDocument(content);
  const [fault] = document.errors;
  if (fault !== undefined) {
    const { line = 1, col = 1 } = fault.linePos?.[0] ?? {};
    throw new InputError('roster', `${file}:${line}:${col}: ${fault.message.split('\n')[0]}`, [SHAPE]);
  }
  const list: unknown = document.toJS({ maxAliasCount: 0 });
  if (!Array.isArray(list)) throw new InputError('roster', `${file} is not a list of learners.`, [SHAPE]);
  const seen = new Map<string, number>();
  return list.map((value, at) => {
    const parsed = entry.safeParse(value);
    if (!parsed.success)
      throw new InputError('roster', `${file}: entry ${at + 1} is not a learner.`, [SHAPE]);
    const one = parsed.data;
    const before = seen.get(one.id);
    if (before !== undefined)
      throw new InputError('roster', `${file}: ${one.id} is entry ${before} and entry ${at + 1}.`);
    seen.set(one.id, at + 1);
    return one;
  });
}

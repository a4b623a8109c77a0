/**
 * What terminals have said of their background, for one that answers after the first frame is drawn: it is drawn as such a
 * terminal was the last time. It is a guess, and holds no longer than until the answer should have come.
 */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeFolder } from '../../lib/folders.ts';
import { wirebookPaths } from '../../lib/paths.ts';
import type { Background } from './background.ts';

type Env = Readonly<Record<string, string | undefined>>;

const MOST = 20;

/** What can be told of a terminal without asking it: its kind, what it is behind, where it stands. */
function nameOf(env: Env): string {
  const from = env.SSH_CONNECTION?.split(' ')[0] ?? '';
  const parts = [env.TERM, env.TERM_PROGRAM, env.COLORTERM, env.TMUX || env.STY ? 'shared' : '', from];
  return parts.map((part) => part ?? '').join(' ');
}

const fileOf = (env: Env): string => join(wirebookPaths(env).cache, 'backgrounds.json');

function read(env: Env): [name: string, background: Background][] {
  try {
    const entries: unknown = JSON.parse(readFileSync(fileOf(env), 'utf8'));
    if (!Array.isArray(entries)) return [];
    return entries.filter(
      (entry) => Array.isArray(entry) && typeof entry[0] === 'string' && /^(light|dark)$/.test(entry[1]),
    );
  } catch {
    return [];
  }
}

export const rememberedBackground = (env: Env): Background | undefined =>
  read(env).find(([name]) => name === nameOf(env))?.[1];

/** Where nothing can be written, it is not remembered. */
export function rememberBackground(background: Background, env: Env): void {
  const known = read(env);
  const name = nameOf(env);
  if (known[0]?.[0] === name && known[0][1] === background) return;
  const file = fileOf(env);
  const draft = `${file}.${process.pid}.new`;
  const others = known.filter(([other]) => other !== name);
  try {
    makeFolder(dirname(file), 0o700);
    writeFileSync(draft, JSON.stringify([[name, background], ...others].slice(0, MOST)), { mode: 0o600 });
    renameSync(draft, file);
  } catch {}
}

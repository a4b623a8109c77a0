/** What is remembered of the machines between runs: a small file beside Vagrant's own. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder } from '../../lib/folders.ts';
import { PACKAGE_ROOT } from '../../lib/package.ts';

export interface MachineNote {
  /** What it was provisioned with: see `recipe`. */
  recipe?: string;
  /** A snapshot of how it was then; false: its provider has none. */
  snapshot?: boolean;
  /** How long it took last, to choose the quicker. */
  startMs?: number;
  restoreMs?: number;
}

export type Note = Record<string, MachineNote>;

const file = (dot: string) => join(dot, 'wirebook.json');

export function readNote(dot: string): Note {
  try {
    return JSON.parse(readFileSync(file(dot), 'utf8')) as Note;
  } catch {
    return {};
  }
}

export async function writeNote(dot: string, name: string, more: MachineNote): Promise<void> {
  const note = readNote(dot);
  note[name] = { ...note[name], ...more };
  makeFolder(dot);
  await writeFile(file(dot), `${JSON.stringify(note, null, 2)}\n`);
}

/** The parts of sandbox/ that the Vagrantfile sends to a machine: another one, and it is provisioned again. */
const PARTS = ['packages.txt', 'provision', 'images', 'tools', 'embedded/engine/docker'];

export function recipe(): string {
  const hash = createHash('sha256');
  const add = (path: string): void => {
    const full = join(PACKAGE_ROOT, 'sandbox', path);
    if (statSync(full).isDirectory()) for (const name of readdirSync(full).sort()) add(join(path, name));
    else hash.update(`${path}\0`).update(readFileSync(full));
  };
  for (const part of PARTS) add(part);
  return hash.digest('hex').slice(0, 16);
}

/** Sandboxes that stay: each a socket and a note about it in the runtime folder. */
import { writeFileSync } from 'node:fs';
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError } from '../../lib/errors.ts';
import { makeFolder } from '../../lib/folders.ts';
import { type Kept, keeping } from '../../lib/keeping.ts';
import { wirebookPaths } from '../../lib/paths.ts';
import { suggest } from '../../lib/suggest.ts';
import type { OnProgress, SandboxSpec } from '../contract.ts';
import { prepareRootfs } from '../rootfs/rootfs.ts';
import { attach, gone, launch } from './launch.ts';
import { EmbeddedSandbox } from './sandbox.ts';

export interface NamedSandbox {
  name: string;
  pid: number;
  /** ISO 8601, UTC. */
  since: string;
  hosts: readonly { name: string; address: string }[];
}

function folder(): string {
  return join(wirebookPaths().runtime, 'sandboxes');
}

function checkName(name: string): void {
  if (!/^[A-Za-z0-9][\w.-]{0,31}$/.test(name)) {
    throw new InputError(
      'bad-sandbox-name',
      `A sandbox cannot be called ${JSON.stringify(name)}.`,
      'Use up to 32 letters, digits, dots, dashes and underscores.',
    );
  }
}

/** Those that are alive; notes of dead ones are cleared away. */
export async function listNamed(): Promise<NamedSandbox[]> {
  const names = await readdir(folder()).catch(() => []);
  const found: NamedSandbox[] = [];
  for (const file of names.filter((name) => name.endsWith('.json')).sort()) {
    try {
      const note = JSON.parse(await readFile(join(folder(), file), 'utf8')) as NamedSandbox;
      if (await alive(note)) found.push(note);
      else await forget(note.name);
    } catch {
      // half written by somebody who is doing it now
    }
  }
  return found;
}

async function alive(note: NamedSandbox): Promise<boolean> {
  const command = await readFile(`/proc/${note.pid}/comm`, 'utf8').catch(() => '');
  // the kernel keeps 15 characters of a name
  return command.startsWith('wirebook-keepe');
}

async function forget(name: string): Promise<void> {
  await rm(join(folder(), `${name}.json`), { force: true });
  await rm(join(folder(), `${name}.sock`), { force: true });
}

export async function upNamed(
  name: string,
  spec: SandboxSpec,
  onProgress?: OnProgress,
): Promise<NamedSandbox> {
  checkName(name);
  if ((await listNamed()).some((note) => note.name === name)) {
    throw new InputError('sandbox-exists', `There is a sandbox called ${name} already.`, [
      `Enter it: wirebook sandbox shell --name ${name}`,
      `End it: wirebook sandbox down --name ${name}`,
    ]);
  }
  const rootfs = await prepareRootfs(onProgress);
  const place: Kept = { what: 'The sandbox', folder: folder(), variable: 'XDG_RUNTIME_DIR' };
  keeping(place, () => makeFolder(folder(), 0o700));
  const keeper = await launch(rootfs, spec.hosts, spec.limits, join(folder(), `${name}.sock`));
  keeper.connection.end();
  const note: NamedSandbox = { name, pid: keeper.pid, since: new Date().toISOString(), hosts: keeper.hosts };
  keeping(place, () =>
    writeFileSync(join(folder(), `${name}.json`), `${JSON.stringify(note)}\n`, { mode: 0o600 }),
  );
  return note;
}

async function find(name: string): Promise<NamedSandbox> {
  const all = await listNamed();
  const note = all.find((one) => one.name === name);
  if (note) return note;
  const meant = suggest(
    name,
    all.map((one) => one.name),
  );
  throw new InputError('no-such-sandbox', `There is no sandbox called ${name}.`, [
    ...(meant ? [`Did you mean ${meant}?`] : []),
    `Make it: wirebook sandbox up${name === 'default' ? '' : ` --name ${name}`}`,
  ]);
}

/** Connects to it; closing the connection (`leave`) lets it stay. */
export async function enterNamed(name: string): Promise<{ sandbox: EmbeddedSandbox; leave: () => void }> {
  const note = await find(name);
  const keeper = { pid: note.pid, ...(await attach(join(folder(), `${name}.sock`))) };
  const again = () => Promise.reject(new Error('a sandbox that stays is reset by its name'));
  return { sandbox: new EmbeddedSandbox(name, keeper, again), leave: () => keeper.connection.destroy() };
}

export async function downNamed(name: string): Promise<void> {
  const note = await find(name);
  const { sandbox } = await enterNamed(name);
  await sandbox.destroy();
  await gone(note.pid);
  await forget(name);
}

export async function resetNamed(name: string): Promise<NamedSandbox> {
  const note = await find(name);
  await downNamed(name);
  return upNamed(name, { hosts: note.hosts });
}

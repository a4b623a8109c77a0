/**
 * The root file system of embedded sandboxes: built once from Debian packages into the cache, or unpacked from an
 * archive, and shared read-only by all sandboxes. A new list of packages gives a new key, and so a new folder.
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { rename, rm, stat, writeFile } from 'node:fs/promises';
import { arch } from 'node:os';
import { dirname, join } from 'node:path';
import { InputError, SandboxError } from '../../lib/errors.ts';
import { makeFolder } from '../../lib/folders.ts';
import { keeping } from '../../lib/keeping.ts';
import { PACKAGE_ROOT } from '../../lib/package.ts';
import { wirebookPaths } from '../../lib/paths.ts';
import type { OnProgress } from '../contract.ts';
import { chooseIds, onPath } from './ids.ts';

export const SANDBOX_FOLDER = join(PACKAGE_ROOT, 'sandbox');

/** Loaded when something is built: most runs only look whether the root file system is there. */
const runner = async () => (await import('execa')).execa;

/** What a root file system depends on: the recipe, the distribution's release, the processor, and whose files they are. */
export function rootfsKey(): string {
  const hash = createHash('sha256');
  hash.update(readFileSync(join(SANDBOX_FOLDER, 'packages.txt')));
  hash.update(readFileSync(join(SANDBOX_FOLDER, 'rootfs', 'build.sh')));
  hash.update(readFileSync(join(SANDBOX_FOLDER, 'images', 'make.sh')));
  for (const part of readdirSync(join(SANDBOX_FOLDER, 'embedded', 'engine')).sort())
    hash.update(part).update(readFileSync(join(SANDBOX_FOLDER, 'embedded', 'engine', part)));
  for (const tool of readdirSync(join(SANDBOX_FOLDER, 'tools')).sort()) {
    if (tool.startsWith('probe-'))
      hash.update(tool).update(readFileSync(join(SANDBOX_FOLDER, 'tools', tool)));
  }
  hash.update(`${arch()} ${release()} ${chooseIds().ids === 'root'}`);
  return hash.digest('hex').slice(0, 16);
}

export function release(): string {
  try {
    const text = readFileSync('/etc/os-release', 'utf8');
    return /^VERSION_CODENAME="?([^"\n]*)/m.exec(text)?.[1] ?? /^ID="?([^"\n]*)/m.exec(text)?.[1] ?? '';
  } catch {
    return '';
  }
}

export function rootfsPath(): string {
  return join(wirebookPaths().cache, 'rootfs', rootfsKey());
}

export interface Rootfs {
  path: string;
  /** No root file system of our own can be had: the machine's own tools, read-only. */
  own: boolean;
}

/** The root file system to use now, or undefined when it has to be prepared first. */
export function readyRootfs(): Rootfs | undefined {
  const path = rootfsPath();
  if (existsSync(join(path, 'usr', 'bin', 'bash'))) return { path, own: false };
  return existsSync(join(dirname(path), `${rootfsKey()}.own-tools`)) ? { path: '/', own: true } : undefined;
}

/** By where it will be: whoever asks meanwhile waits for the same one. */
const underWay = new Map<string, Promise<Rootfs>>();

/** Makes the root file system when it is missing. `archive`: a file that `wirebook sandbox image` wrote. */
export async function prepareRootfs(
  onProgress: OnProgress = () => {},
  archive = findArchive(),
): Promise<Rootfs> {
  const ready = readyRootfs();
  if (ready) return ready;
  const path = rootfsPath();
  const making = underWay.get(path) ?? make(path, onProgress, archive).finally(() => underWay.delete(path));
  underWay.set(path, making);
  return making;
}

async function make(path: string, onProgress: OnProgress, archive: string | undefined): Promise<Rootfs> {
  const folder = dirname(path);
  keeping({ what: 'What the sandbox is made of', folder, variable: 'XDG_CACHE_HOME' }, () =>
    makeFolder(folder),
  );
  const building = `${path}.${process.pid}`;
  try {
    if (archive) await unpackArchive(archive, building, onProgress);
    else if (onPath('apt-get') && onPath('dpkg-deb')) await build(building, onProgress);
    else {
      onProgress(
        "neither apt nor an archive is here: the sandbox will use this machine's own tools, read-only",
      );
      await writeFile(join(folder, `${rootfsKey()}.own-tools`), '');
      return { path: '/', own: true };
    }
    const ids = chooseIds();
    if (ids.ids === 'root') await (await runner())('chown', ['-hR', `${ids.uid}:${ids.gid}`, building]);
    // whoever was first has it; a second build of the same thing is thrown away
    await rename(building, path).catch((error: NodeJS.ErrnoException) => {
      if (!readyRootfs()) throw error;
    });
    await forgetOld(folder);
  } finally {
    await removeTree(building);
    await removeTree(`${building}.work`);
  }
  return { path, own: false };
}

/** An archive that is named by WIREBOOK_IMAGE, or that an installed package of images brings. */
function findArchive(): string | undefined {
  const named = process.env.WIREBOOK_IMAGE;
  if (named && !existsSync(named)) {
    throw new InputError(
      'image-not-found',
      `WIREBOOK_IMAGE names ${named}, which is not there.`,
      'Unset it, or name an archive made by `wirebook sandbox image`.',
    );
  }
  const beside = join(PACKAGE_ROOT, '..', `wirebook-sandbox-linux-${arch()}`, 'rootfs.tar.gz');
  return named || (existsSync(beside) ? beside : undefined);
}

async function build(target: string, onProgress: OnProgress): Promise<void> {
  const script = join(SANDBOX_FOLDER, 'rootfs', 'build.sh');
  const argv = [script, target, join(SANDBOX_FOLDER, 'packages.txt'), join(SANDBOX_FOLDER, 'tools')];
  const execa = await runner();
  const running = execa('bash', argv, {
    stdin: 'ignore',
    buffer: { stdout: false },
    lines: true,
    reject: false,
  });
  for await (const line of running) {
    const [, fraction, message] = /^progress (\S+) (.*)$/.exec(String(line)) ?? [];
    if (message) onProgress(message, Number(fraction));
  }
  const result = await running;
  if (result.failed) {
    const said = [result.stderr].flat().join('\n').trim();
    throw new SandboxError(
      'rootfs-not-built',
      `The sandbox's root file system could not be built.\n${said}`,
      [
        'Check that apt-get works on this machine (its package sources, the connection), and try again.',
        'Or set WIREBOOK_IMAGE to an archive made elsewhere with `wirebook sandbox image --output FILE`.',
      ],
    );
  }
}

async function unpackArchive(archive: string, target: string, onProgress: OnProgress): Promise<void> {
  onProgress(`unpacking ${archive}`);
  makeFolder(target);
  const execa = await runner();
  const result = await execa('tar', ['-C', target, '--no-same-owner', '-xf', archive], { reject: false });
  if (result.failed || !existsSync(join(target, 'usr', 'bin', 'bash'))) {
    throw new SandboxError(
      'image-not-unpacked',
      `${archive} is not an archive of a sandbox.\n${result.stderr}`,
      'Make one with `wirebook sandbox image --output FILE`.',
    );
  }
}

/** Writes the root file system to an archive: one file that serves machines without apt. */
export async function writeArchive(output: string): Promise<void> {
  const { path, own } = await prepareRootfs();
  if (own)
    throw new SandboxError(
      'no-rootfs',
      'There is no root file system here to write: this machine has no apt.',
    );
  const argv = [
    '-C',
    path,
    '--sort=name',
    '--owner=0',
    '--group=0',
    '--numeric-owner',
    '--mtime=@0',
    '-czf',
    output,
    '.',
  ];
  const execa = await runner();
  const result = await execa('tar', argv, { reject: false, env: { GZIP: '-n' } });
  if (result.failed)
    throw new InputError('image-not-written', `${output} could not be written: ${result.stderr}`);
}

const OLD_MS = 14 * 24 * 3600 * 1000;

/** Notes that a root file system is in use, so that `forgetOld` spares it. */
export async function markUsed(rootfs: Rootfs): Promise<void> {
  if (!rootfs.own) await writeFile(`${rootfs.path}.used`, '').catch(() => {});
}

/** A new list of packages makes a new root file system; those that nobody has used for a fortnight go. */
async function forgetOld(folder: string): Promise<void> {
  for (const name of readdirSync(folder).filter(
    (each) => /^[0-9a-f]{16}$/.test(each) && each !== rootfsKey(),
  )) {
    const used = await stat(join(folder, `${name}.used`)).catch(() => stat(join(folder, name)));
    if (Date.now() - used.mtimeMs < OLD_MS) continue;
    await removeTree(join(folder, name));
    await rm(join(folder, `${name}.used`), { force: true });
  }
}

async function removeTree(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true, maxRetries: 2 }).catch(() => {});
}

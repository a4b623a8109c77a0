/** The image of a host: the root file system that the embedded sandbox has too, imported. No registry is asked. */
import { spawn } from 'node:child_process';
import { SandboxError } from '../../lib/errors.ts';
import type { OnProgress } from '../contract.ts';
import { prepareRootfs, rootfsKey } from '../rootfs/rootfs.ts';
import { ask, type EngineName, explainEngine } from './engine.ts';

const REPOSITORY = 'localhost/wirebook-sandbox';

export function imageName(): string {
  return `${REPOSITORY}:${rootfsKey()}`;
}

export async function hasImage(engine: EngineName): Promise<boolean> {
  const said = await ask(engine, ['image', 'inspect', '--format', '{{.Id}}', imageName()]);
  if (said.exit === 0) return true;
  // only the engine's own word counts: one that does not answer is another matter
  if (
    said.exit !== null &&
    /no such (?:image|object)|image not known|failed to find image/i.test(said.stderr)
  )
    return false;
  throw explainEngine(engine, { exit: said.exit, said: said.stderr });
}

export async function prepareImage(engine: EngineName, onProgress: OnProgress): Promise<void> {
  if (await hasImage(engine)) return;
  const rootfs = await prepareRootfs(onProgress);
  if (rootfs.own) {
    throw new SandboxError(
      'no-rootfs',
      'There is nothing here to make an image of: this machine has no apt.',
      [
        'Set WIREBOOK_IMAGE to an archive made on a Debian or Ubuntu with `wirebook sandbox image --output FILE`.',
      ],
    );
  }
  onProgress(`importing the image into ${engine}`);
  const argv = ['-C', rootfs.path, '--owner=0', '--group=0', '--numeric-owner', '-cf', '-', '.'];
  const tar = spawn('tar', argv, { stdio: ['ignore', 'pipe', 'ignore'] });
  const said = await ask(engine, ['import', '--message', 'packages of Debian', '-', imageName()], {
    input: tar.stdout,
    timeoutMs: 600_000,
  });
  if (said.exit !== 0) throw explainEngine(engine, { exit: said.exit, said: said.stderr });
  await forgetOld(engine);
}

/** Images of older lists of packages; one that a container still uses stays. */
async function forgetOld(engine: EngineName): Promise<void> {
  const all = await ask(engine, ['image', 'ls', '--format', '{{.Repository}}:{{.Tag}}', REPOSITORY]);
  const old = all.stdout.split('\n').filter((name) => name.startsWith(REPOSITORY) && name !== imageName());
  if (old.length > 0) await ask(engine, ['image', 'rm', ...old]);
}

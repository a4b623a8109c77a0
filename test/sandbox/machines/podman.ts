/** A podman for the tests, as root, in namespaces of its own (podman.sh): a folder with a program of that name. */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PACKAGE_ROOT } from '../../../src/lib/package.ts';

const PODMAN = '/usr/bin/podman';

export function noPodman(): string | undefined {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'a podman for the test needs root';
  if (!existsSync('/usr/bin/crun')) return 'crun is not here';
  return existsSync(PODMAN) ? undefined : 'podman is not here';
}

export interface Podman {
  /** To stand first in PATH. */
  folder: string;
  end(): Promise<void>;
}

export async function startPodman(): Promise<Podman> {
  const folder = mkdtempSync(join(tmpdir(), 'wirebook-podman-'));
  const namespaces = ['--mount', '--pid', '--net', '--fork', '--kill-child=KILL', '--propagation', 'private'];
  const script = join(PACKAGE_ROOT, 'test', 'sandbox', 'machines', 'podman.sh');
  const child = spawn('unshare', [...namespaces, script], { stdio: ['pipe', 'pipe', 'pipe'] });
  let said = '';
  await new Promise<void>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk) => {
        said += chunk;
        if (/^ready$/m.test(said)) resolve();
      });
    child.once('close', () => reject(new Error(`podman's namespaces were not made: ${said}`)));
  });
  const inside = readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8').trim();
  // no rights over control groups are asked of the tests' machine
  writeFileSync(join(folder, 'containers.conf'), '[containers]\ncgroups = "disabled"\n');
  mkdirSync(join(folder, 'bin'));
  writeFileSync(
    join(folder, 'bin', 'podman'),
    `#!/bin/sh
CONTAINERS_CONF=${folder}/containers.conf exec nsenter -t ${inside} -n -m -p \\
  ${PODMAN} --root ${folder}/root --runroot /run/podman --cgroup-manager=cgroupfs --runtime crun "$@"
`,
    { mode: 0o755 },
  );
  return {
    folder: join(folder, 'bin'),
    end: async () => {
      const gone = new Promise((resolve) => child.once('close', resolve));
      child.stdin.end();
      await gone;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Real machines for the tests of the ssh driver: an sshd each, in namespaces of their own (site.pl). Needs root. */
import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PACKAGE_ROOT } from '../../../src/lib/package.ts';
import { wirebookPaths } from '../../../src/lib/paths.ts';

const has = (program: string) =>
  ['/usr/bin', '/usr/sbin', '/bin', '/sbin'].some((folder) => existsSync(join(folder, program)));

/** Why there can be no machines here; undefined when there can. */
export function noMachines(): string | undefined {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'machines with an sshd need root';
  const missing = ['ssh', 'ssh-keygen', 'nsenter', 'apt-get'].find((program) => !has(program));
  return missing && `${missing} is not here`;
}

/** The root file system of a machine: what is in a sandbox, an sshd and sudo. Made once, into the cache. */
export function machineRoot(): string {
  const sandbox = join(PACKAGE_ROOT, 'sandbox');
  const packages = `${readFileSync(join(sandbox, 'packages.txt'), 'utf8')}\nopenssh-server\nsudo\nlibpam-modules\n`;
  const recipe = readFileSync(join(sandbox, 'rootfs', 'build.sh'));
  const key = createHash('sha256').update(packages).update(recipe).digest('hex').slice(0, 16);
  const root = join(wirebookPaths().cache, 'test-machine', key);
  if (existsSync(root)) return root;
  mkdirSync(join(root, '..'), { recursive: true });
  const list = `${root}.${process.pid}.txt`;
  const building = `${root}.${process.pid}`;
  writeFileSync(list, packages);
  try {
    const script = join(sandbox, 'rootfs', 'build.sh');
    execFileSync('bash', [script, building, list, join(sandbox, 'tools')], { stdio: 'pipe' });
    if (!existsSync(root)) renameSync(building, root);
  } finally {
    rmSync(list, { force: true });
    rmSync(building, { recursive: true, force: true });
  }
  return root;
}

export interface Site extends Disposable {
  /** A configuration of ssh that knows `host` (root), `node01` (ann, through host), and both again as `bob-NAME`. */
  config: string;
  folder: string;
  /** Process id of the site: its network namespace is the one between the machines. */
  pid: number;
  /** Runs a shell script on a machine, past Wirebook. */
  on(host: string, script: string): string;
}

export async function startSite(): Promise<Site> {
  const folder = mkdtempSync(join(tmpdir(), 'wirebook-site-'));
  const key = join(folder, 'key');
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', key]);
  const argv = [
    join(PACKAGE_ROOT, 'test', 'sandbox', 'machines', 'site.pl'),
    `root=${machineRoot()}`,
    'hosts=host:172.17.0.33/16,node01:172.17.0.34/16',
    `key=${key}.pub`,
  ];
  const child = spawn('perl', argv, { stdio: ['pipe', 'pipe', 'pipe'] });
  let said = '';
  const pid = await new Promise<number>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk) => {
        said += chunk;
        if (/^ready$/m.test(said)) resolve(Number(/^started (\d+)$/m.exec(said)![1]));
      });
    child.once('close', () => reject(new Error(`the machines did not start: ${said}`)));
  });
  const config = join(folder, 'config');
  const entry = (name: string, user: string, at: string) =>
    `Host ${name}\n  User ${user}\n  HostName 172.17.0.${at}\n  ${
      at === '34'
        ? 'ProxyJump host'
        : `ProxyCommand nsenter -t ${pid} -n bash -c 'exec 3<>/dev/tcp/%h/%p; cat <&3 & cat >&3'`
    }\n`;
  writeFileSync(
    config,
    `${entry('host', 'root', '33')}${entry('node01', 'ann', '34')}${entry('bob-node01', 'bob', '34')}${entry('bob-host', 'bob', '33')}
Host *
  IdentityFile ${key}
  IdentitiesOnly yes
  StrictHostKeyChecking no
  UserKnownHostsFile ${folder}/known_hosts
  LogLevel ERROR
`,
  );
  return {
    config,
    folder,
    pid,
    on: (host, script) =>
      execFileSync('ssh', ['-F', config, '-o', 'BatchMode=yes', host, script], { encoding: 'utf8' }),
    [Symbol.dispose]() {
      child.stdin.end();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

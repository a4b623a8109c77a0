/** Starts a keeper (sandbox/embedded/keeper.pl) and waits until it is ready. */
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { SandboxError } from '../../lib/errors.ts';
import { whyRefused } from '../../lib/refusal.ts';
import { Connection } from '../agent/connection.ts';
import { DEFAULT_LIMITS, type HostSpec, type SandboxLimits, withAddresses } from '../contract.ts';
import { chooseIds, type IdMap } from '../rootfs/ids.ts';
import { type Rootfs, readyRootfs, SANDBOX_FOLDER } from '../rootfs/rootfs.ts';
import { chooseCgroup } from './cgroup.ts';
import { explainKeeper } from './remedies.ts';

export interface Keeper {
  connection: Connection;
  /** Process id of the keeper on the machine. */
  pid: number;
  hosts: readonly Required<HostSpec>[];
}

/** The Perl of the root file system, run by its own loader: the same on every machine. */
export function perlCommand(rootfs: Rootfs): string[] {
  if (rootfs.own) return ['/usr/bin/perl'];
  const triplet =
    readdirSync(join(rootfs.path, 'usr', 'lib')).find((name) => /^\w+-linux-gnu\w*$/.test(name)) ?? '';
  const libraries = join(rootfs.path, 'usr', 'lib', triplet);
  const loader = [join(rootfs.path, 'usr', 'lib64'), libraries, join(rootfs.path, 'usr', 'lib')]
    .filter((folder) => existsSync(folder))
    // names first: a folder of libraries has a thousand, and joining each costs milliseconds
    .flatMap((folder) =>
      readdirSync(folder)
        .filter((name) => /^ld-linux.*\.so\.\d$/.test(name))
        .map((name) => join(folder, name)),
    )
    .at(0);
  if (!loader)
    throw new SandboxError(
      'rootfs-damaged',
      `${rootfs.path} has no dynamic loader.`,
      'Remove that folder; it is made again.',
    );
  return [
    loader,
    '--library-path',
    libraries,
    join(rootfs.path, 'usr', 'bin', 'perl'),
    `-I${join(libraries, 'perl-base')}`,
  ];
}

/** The program that AppArmor sees. */
export function embeddedProgram(): string {
  const rootfs = readyRootfs();
  return rootfs ? perlCommand(rootfs)[0]! : '/usr/bin/perl';
}

export async function launch(
  rootfs: Rootfs,
  specs: readonly HostSpec[],
  limits: Partial<SandboxLimits> = {},
  socket?: string,
): Promise<Keeper> {
  const ids = chooseIds();
  try {
    return await start(rootfs, withAddresses(specs), { ...DEFAULT_LIMITS, ...limits }, ids, socket);
  } catch (error) {
    // newuidmap may refuse (no setuid bit, a container): one id serves too
    if (ids.ids !== 'full' || !/new[ug]idmap/.test(String((error as Error).message))) throw error;
    return start(rootfs, withAddresses(specs), { ...DEFAULT_LIMITS, ...limits }, { ids: 'one' }, socket);
  }
}

async function start(
  rootfs: Rootfs,
  hosts: readonly Required<HostSpec>[],
  limits: SandboxLimits,
  ids: IdMap,
  socket: string | undefined,
): Promise<Keeper> {
  const [program, ...before] = perlCommand(rootfs);
  const cgroup = chooseCgroup();
  const options = {
    root: rootfs.path,
    hosts: hosts.map((host) => `${host.name}:${host.address}`).join(','),
    ...limits,
    ...ids,
    ...(socket ? { socket } : {}),
    ...(rootfs.own ? { own: 1 } : {}),
    ...(cgroup ? { cgroup: cgroup.folder, cgroup_version: cgroup.version } : {}),
  };
  const argv = [
    ...before,
    join(SANDBOX_FOLDER, 'embedded', 'keeper.pl'),
    ...Object.entries(options).map(([key, value]) => `${key}=${value}`),
  ];
  // nothing of the user's environment goes inside
  const child = spawn(program!, argv, {
    cwd: '/',
    env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C' },
    stdio: ['ignore', 'pipe', 'pipe', socket ? 'ignore' : 'pipe'],
    detached: socket !== undefined,
  });
  let out = '';
  let err = '';
  child.stdout!.on('data', (chunk) => {
    out += chunk;
  });
  child.stderr!.on('data', (chunk) => {
    if (err.length < 8192) err += chunk;
  });
  const started = new Promise<number>((resolve, reject) => {
    child.once('error', (error) =>
      reject(
        new SandboxError(
          'sandbox-not-created',
          `The sandbox could not be started: ${program}: ${whyRefused(error)}.`,
          [],
          {
            cause: error,
          },
        ),
      ),
    );
    // not 'close': the keeper goes on holding the connection, and standard error until it is ready
    const said = new Promise((end) => child.stdout!.once('close', end));
    const complained = new Promise((end) => child.stderr!.once('close', end));
    child.once('exit', async (code) => {
      // the end of a process may be known before what it said is read
      if (code === 0) await said;
      const pid = Number(/^keeper (\d+)/m.exec(out)?.[1]);
      if (code === 0 && pid) return resolve(pid);
      await complained;
      reject(explainKeeper(err, program!));
    });
  });
  if (socket) {
    const pid = await started;
    const attached = await attach(socket).catch(() => undefined);
    if (!attached) throw explainKeeper(err, program!);
    return { pid, ...attached };
  }
  const stream = child.stdio[3] as Duplex;
  let ready!: () => void;
  const isReady = new Promise<void>((resolve) => {
    ready = resolve;
  });
  const connection = new Connection(stream, () => ready());
  const pid = await started.catch((error) => {
    stream.destroy();
    throw error;
  });
  const why = await Promise.race([isReady.then(() => undefined), connection.closed]);
  if (why) throw explainKeeper(err, program!);
  return { connection, pid, hosts };
}

/** Connects to a sandbox that stays. */
export async function attach(socket: string): Promise<Omit<Keeper, 'pid'>> {
  const stream = await open(socket);
  const connection = new Connection(stream, () => {});
  const hosts = await new Promise<Required<HostSpec>[]>((resolve, reject) => {
    const id = connection.request('hello', [], {
      message: (_kind, parts) => {
        connection.forget(id);
        resolve(
          parts.map((part) => {
            const [name = '', address = ''] = part.toString().split('\0');
            return { name, address };
          }),
        );
      },
      lost: reject,
    });
  });
  return { connection, hosts };
}

async function open(path: string): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    const stream = connect(path);
    stream.once('connect', () => resolve(stream));
    stream.once('error', reject);
  });
}

/** Waits until the keeper, and with it every process of the sandbox, is gone (pid_namespaces(7)). */
export async function gone(pid: number, timeoutMs = 5000): Promise<boolean> {
  for (const end = Date.now() + timeoutMs; Date.now() < end; await sleep(2)) {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      if (stat.slice(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3) === 'Z') return true;
    } catch {
      return true;
    }
  }
  return false;
}

/** Commands on a machine through the system's ssh: the user's configuration, keys, agent and jump hosts as they are. */
import { createHash } from 'node:crypto';
import { lstatSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeFolder } from '../../lib/folders.ts';
import { wirebookPaths } from '../../lib/paths.ts';
import { ownUid } from '../../lib/user.ts';
import { BOOT } from './agent-source.ts';

export interface SshMachine {
  /** As ssh takes it: `name`, `user@name`, `ssh://user@name:port`. */
  destination: string;
  /** More arguments of ssh, before the destination: `['-F', file]`, `['-o', 'ProxyJump=bastion']`. */
  options?: readonly string[];
  /** `no`: the user is root there, or is told so. Default: `sudo -n` unless root. */
  sudo?: 'as-needed' | 'no';
}

/** Seconds that a connection without a command stays, so that the next command need not make one. */
const PERSIST = 15;
/** A socket's name may have 104 bytes on some systems, and ssh puts 17 behind it while it makes one. */
const SOCKET_MAX = 104 - 18;

/** The arguments that every ssh of ours has: never a question, a dead peer is noticed, one connection for all. */
export function sshArgv({ destination, options = [] }: SshMachine): string[] {
  const settings = {
    BatchMode: 'yes',
    ConnectTimeout: 15,
    ConnectionAttempts: 3,
    ServerAliveInterval: 10,
    ServerAliveCountMax: 3,
    ForwardAgent: 'no',
    ForwardX11: 'no',
    PermitLocalCommand: 'no',
    RequestTTY: 'no',
    RemoteCommand: 'none',
    ClearAllForwardings: 'yes',
  };
  const socket = controlPath(destination, options);
  const multiplexing = socket
    ? { ControlMaster: 'auto', ControlPath: socket.replaceAll('%', '%%'), ControlPersist: PERSIST }
    : {};
  return [
    'ssh',
    ...Object.entries({ ...settings, ...multiplexing }).flatMap(([key, value]) => ['-o', `${key}=${value}`]),
    ...options,
    '--',
    destination,
  ];
}

/** Where the connection's socket is; undefined where no folder for it is ours alone or its name would be too long. */
function controlPath(destination: string, options: readonly string[]): string | undefined {
  const key = createHash('sha256')
    .update([destination, ...options].join('\0'))
    .digest('hex')
    .slice(0, 12);
  for (const folder of [wirebookPaths().runtime, join(tmpdir(), `wirebook-${ownUid()}`)]) {
    const path = join(folder, `ssh-${key}`);
    if (Buffer.byteLength(path) > SOCKET_MAX) continue;
    try {
      makeFolder(folder, 0o700);
      const status = lstatSync(folder);
      if (status.isDirectory() && status.uid === ownUid() && (status.mode & 0o022) === 0) return path;
    } catch {
      // the other folder, or a connection for each command
    }
  }
  return undefined;
}

/** A shell script for whatever login shell is there: one word in single quotes is the same for all of them. */
function script(text: string, ...args: string[]): string {
  return ['sh', '-c', text, 'sh', ...args].map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(' ');
}

/** How the agent is started over ssh. */
export function agentOverSsh(machine: SshMachine): string[] {
  const asRoot =
    machine.sudo === 'no'
      ? 'exec perl -e "$1"'
      : 'if [ "$(id -u)" = 0 ]; then exec perl -e "$1"; else exec sudo -n perl -e "$1"; fi';
  const text = `command -v perl >/dev/null || { echo "wirebook: no perl" >&2; exit 90; }; ${asRoot}`;
  return [...sshArgv(machine), `exec ${script(text, BOOT)}`];
}

/** How a command of ours is run there as the user is: bench and the drivers' own small questions. */
export function commandOverSsh(machine: SshMachine, ...argv: string[]): string[] {
  return [...sshArgv(machine), script('exec "$@"', ...argv)];
}

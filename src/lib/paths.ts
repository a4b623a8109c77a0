/**
 * Wirebook's own folders, by the XDG Base Directory Specification 0.8: state (progress, answers), cache (the sandbox's
 * root file system), config, runtime (sockets and marks of running sandboxes). A value that is not an absolute path is
 * ignored, as the specification says.
 */
import { homedir, tmpdir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { InputError } from './errors.ts';
import { ownUid } from './user.ts';

export interface WirebookPaths {
  /** Progress and answers; worth a backup. */
  state: string;
  /** May be deleted at any time. */
  cache: string;
  config: string;
  /** Gone after a restart of the machine; private to the user. */
  runtime: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** @throws InputError `no-home` for a user whom no list of users knows, as in a container */
function home(env: Environment): string {
  if (env.HOME !== undefined && isAbsolute(env.HOME)) return env.HOME;
  try {
    return homedir();
  } catch {
    throw new InputError('no-home', 'You have no home folder here, so nothing could be kept.', [
      'Name one: HOME=FOLDER wirebook ...',
    ]);
  }
}

export function wirebookPaths(env: Environment = process.env): WirebookPaths {
  const folder = (variable: string, fallback: readonly string[]): string => {
    const value = env[variable];
    const above = value !== undefined && isAbsolute(value) ? value : join(home(env), ...fallback);
    return join(above, 'wirebook');
  };
  const runtime = env.XDG_RUNTIME_DIR;
  return {
    state: folder('XDG_STATE_HOME', ['.local', 'state']),
    cache: folder('XDG_CACHE_HOME', ['.cache']),
    config: folder('XDG_CONFIG_HOME', ['.config']),
    // Without a runtime folder (cron, containers, root by sudo) the temporary folder serves, a folder a user.
    runtime:
      runtime !== undefined && isAbsolute(runtime)
        ? join(runtime, 'wirebook')
        : join(tmpdir(), `wirebook-${ownUid()}`),
  };
}

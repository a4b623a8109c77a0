/**
 * Wirebook's own folders, by the XDG Base Directory Specification 0.8: state (progress, answers), cache (the sandbox's
 * root file system), config, runtime (sockets and marks of running sandboxes). A value that is not an absolute path is
 * ignored, as the specification says.
 */
import { homedir, tmpdir, userInfo } from 'node:os';
import { isAbsolute, join } from 'node:path';

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

export function wirebookPaths(env: Environment = process.env): WirebookPaths {
  const home = env.HOME !== undefined && isAbsolute(env.HOME) ? env.HOME : homedir();
  const folder = (variable: string, fallback: string): string => {
    const value = env[variable];
    return join(value !== undefined && isAbsolute(value) ? value : fallback, 'wirebook');
  };
  const runtime = env.XDG_RUNTIME_DIR;
  return {
    state: folder('XDG_STATE_HOME', join(home, '.local', 'state')),
    cache: folder('XDG_CACHE_HOME', join(home, '.cache')),
    config: folder('XDG_CONFIG_HOME', join(home, '.config')),
    // Without a runtime folder (cron, containers, root by sudo) the temporary folder serves, a folder a user.
    runtime:
      runtime !== undefined && isAbsolute(runtime)
        ? join(runtime, 'wirebook')
        : join(tmpdir(), `wirebook-${userInfo().uid}`),
  };
}

/**
 * What a command may know of the process it runs in. Commands write to these streams and return their exit code; only
 * cli.ts touches argv, signals and the exit code, so that a test can run a command with streams of its own.
 */
import type { ExitCode } from '../lib/errors.ts';

export interface Io {
  stdin: NodeJS.ReadStream;
  stdout: NodeJS.WriteStream;
  stderr: NodeJS.WriteStream;
  env: Readonly<Record<string, string | undefined>>;
  /** Paths that the user gave are relative to this. */
  cwd: string;
  /** Whether stdout may be coloured: a terminal, and neither `--no-color` nor NO_COLOR. */
  color: boolean;
  /** Aborted by SIGINT, SIGTERM and SIGHUP. A command then winds down; cli.ts exits with 130. */
  signal: AbortSignal;
  /** Wirebook's own version. */
  version: string;
}

export type { ExitCode };

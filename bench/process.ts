/** Programs as a benchmark starts them: quietly, and with a word when they fail. */
import { type SpawnOptions, spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { PACKAGE_ROOT } from '../src/lib/package.ts';

export const WIREBOOK = join(PACKAGE_ROOT, 'bin', 'wirebook.js');

/** The program's path, or undefined when it is not on this machine. */
export function find(program: string): string | undefined {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, program))
    .find((path) => {
      try {
        accessSync(path, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

export interface Ran {
  stdout: string;
  stderr: string;
}

/** @throws when it ends otherwise than with 0: a peer that fails is no measure */
export function run(
  command: string,
  args: readonly string[],
  options: SpawnOptions & { input?: string } = {},
): Promise<Ran> {
  const child = spawn(command, args, { ...options, stdio: ['pipe', 'pipe', 'pipe'] });
  const text = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]!.setEncoding('utf8').on('data', (chunk) => {
      text[name] += chunk;
    });
  }
  child.stdin!.on('error', () => {});
  child.stdin!.end(options.input ?? '');
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (code === 0) resolve(text);
      else
        reject(
          new Error(
            `${command} ${args.join(' ')} ended with ${code ?? signal}:\n${text.stdout}${text.stderr}`,
          ),
        );
    });
  });
}

export function wirebook(args: readonly string[], options: SpawnOptions = {}): Promise<Ran> {
  return run(process.execPath, [WIREBOOK, ...args], options);
}

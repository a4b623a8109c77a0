/** Runs the command line of this checkout as a user would, its build brought up to date first. */
import { execFileSync, type SpawnOptions, spawn } from 'node:child_process';
import { join } from 'node:path';
import { PACKAGE_ROOT } from '../../src/lib/package.ts';

export const BIN = join(PACKAGE_ROOT, 'bin', 'wirebook.js');

export interface Ended {
  exit: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

export function bringUpToDate(): void {
  execFileSync(process.execPath, [join(PACKAGE_ROOT, 'scripts', 'ready.cjs')], { stdio: 'ignore' });
}

export function run(command: string, args: readonly string[], options: SpawnOptions = {}): Promise<Ended> {
  const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  child.stdout!.setEncoding('utf8').on('data', (text) => {
    stdout += text;
  });
  child.stderr!.setEncoding('utf8').on('data', (text) => {
    stderr += text;
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (exit, signal) => resolve({ exit, signal, stdout, stderr }));
  });
}

export function wirebook(args: readonly string[], options: SpawnOptions = {}): Promise<Ended> {
  return run(process.execPath, [BIN, ...args], options);
}

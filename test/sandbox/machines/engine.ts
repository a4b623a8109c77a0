/** A real container engine for the tests, in namespaces of its own (engine.sh). Needs root and dockerd. */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PACKAGE_ROOT } from '../../../src/lib/package.ts';

const has = (program: string) =>
  ['/usr/bin', '/usr/sbin', '/bin', '/sbin'].some((folder) => existsSync(join(folder, program)));

/** Why there can be none here; undefined when there can. */
export function noEngine(): string | undefined {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'an engine for the test needs root';
  const missing = ['docker', 'dockerd', 'unshare'].find((program) => !has(program));
  return missing && `${missing} is not here`;
}

export interface Engine {
  /** For DOCKER_HOST. */
  host: string;
  /** Process id of its pid 1: to end it as a crash would. */
  end(): Promise<void>;
}

export async function startEngine(): Promise<Engine> {
  const folder = mkdtempSync(join(tmpdir(), 'wirebook-engine-'));
  const script = join(PACKAGE_ROOT, 'test', 'sandbox', 'machines', 'engine.sh');
  const child = spawn('bash', [script, folder], { stdio: ['pipe', 'pipe', 'pipe'] });
  let said = '';
  await new Promise<void>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk) => {
        said += chunk;
        if (/^ready$/m.test(said)) resolve();
      });
    child.once('close', () => reject(new Error(`the engine did not start: ${said}`)));
  });
  return {
    host: `unix://${join(folder, 'docker.sock')}`,
    end: async () => {
      const gone = new Promise((resolve) => child.once('close', resolve));
      child.stdin.end();
      await gone;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

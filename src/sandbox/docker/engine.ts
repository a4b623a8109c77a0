/** The container engine as a command: docker or podman. What it says when it fails becomes the user's words. */
import { spawn } from 'node:child_process';
import { SandboxError } from '../../lib/errors.ts';
import { lastLines } from '../remote/ssh-errors.ts';
import type { Failure } from '../remote/start.ts';

export type EngineName = 'docker' | 'podman';

export interface Said {
  /** null: the program is not there, or was ended. */
  exit: number | null;
  stdout: string;
  stderr: string;
}

const LIMIT_MS = 60_000;

/** Runs the engine's command; `input` may be a stream of another program. */
export function ask(
  engine: EngineName,
  argv: readonly string[],
  { timeoutMs = LIMIT_MS, input }: { timeoutMs?: number; input?: NodeJS.ReadableStream } = {},
): Promise<Said> {
  return new Promise((resolve) => {
    const child = spawn(engine, argv, { stdio: [input ? 'pipe' : 'ignore', 'pipe', 'pipe'] });
    let stdout = '';
    let stderr = '';
    child.stdout!.on('data', (chunk) => {
      stdout += chunk;
    });
    child.stderr!.on('data', (chunk) => {
      stderr = (stderr + chunk).slice(-8192);
    });
    if (input && child.stdin) {
      child.stdin.on('error', () => {});
      input.pipe(child.stdin);
    }
    const timer = setTimeout(() => {
      stderr += `${engine} ${argv[0]} took longer than ${Math.round(timeoutMs / 1000)} s`;
      child.kill('SIGKILL');
    }, timeoutMs);
    child.once('error', (error) => {
      clearTimeout(timer);
      const why =
        (error as NodeJS.ErrnoException).code === 'ENOENT' ? `${engine}: command not found` : error.message;
      resolve({ exit: null, stdout, stderr: stderr + why });
    });
    child.once('close', (exit) => {
      clearTimeout(timer);
      resolve({ exit, stdout, stderr });
    });
  });
}

/** @throws SandboxError when it fails. */
export async function tell(
  engine: EngineName,
  argv: readonly string[],
  options?: Parameters<typeof ask>[2],
): Promise<string> {
  const said = await ask(engine, argv, options);
  if (said.exit === 0) return said.stdout.trim();
  throw explainEngine(engine, { exit: said.exit, said: said.stderr });
}

interface Known {
  code: string;
  pattern: RegExp;
  message: (engine: string) => string;
  next: (engine: string) => readonly string[];
}

const KNOWN: readonly Known[] = [
  {
    code: 'engine-missing',
    pattern: /command not found/,
    message: (engine) => `${engine} is not on this machine.`,
    next: (engine) => [
      engine === 'docker' ? 'Install it: sudo apt install docker.io' : 'Install it: sudo apt install podman',
    ],
  },
  {
    code: 'engine-refused',
    pattern: /permission denied.*(?:docker\.sock|daemon socket|podman\.sock)/i,
    message: (engine) => `You may not use ${engine} on this machine.`,
    next: () => ['sudo usermod -aG docker $USER, and log in anew. (Who is in that group can become root.)'],
  },
  {
    code: 'engine-down',
    pattern:
      /Cannot connect to the Docker daemon|Is the docker daemon running|connection refused|no such host/i,
    message: (engine) => `The engine of ${engine} does not answer.`,
    next: () => [
      'Start it: sudo systemctl start docker',
      'Or see where DOCKER_HOST and `docker context ls` lead.',
    ],
  },
  {
    code: 'engine-full',
    pattern: /no space left on device/i,
    message: (engine) => `${engine} has no room on its disk left.`,
    next: (engine) => [`${engine} system df says what takes it; ${engine} system prune frees some.`],
  },
  {
    code: 'engine-no-addresses',
    pattern:
      /could not find an available.*address pool|all predefined address pools have been fully subnetted/i,
    message: (engine) => `${engine} has no addresses left for another network.`,
    next: (engine) => [`${engine} network prune removes those that nobody uses.`],
  },
  {
    code: 'engine-privileges',
    pattern: /operation not permitted|unable to apply caps|permission denied/i,
    message: (engine) => `${engine} may not start a container with the rights that a lesson needs.`,
    next: (engine) => [
      `A lesson needs all rights over the network: ${engine} must not run with an authorization plugin or in a container without --privileged.`,
    ],
  },
];

export function explainEngine(engine: EngineName, { code, said, exit }: Failure): SandboxError {
  const lines = lastLines(said);
  const tail = lines ? `\n${lines}` : '';
  const known = code === undefined ? KNOWN.find(({ pattern }) => pattern.test(said)) : undefined;
  if (known) return new SandboxError(known.code, `${known.message(engine)}${tail}`, known.next(engine));
  const how = code ?? (exit === null ? 'it could not be started' : `status ${exit}`);
  return new SandboxError('engine-failed', `${engine} could not do it (${how}).${tail}`, [
    `Does \`${engine} info\` work? \`wirebook doctor --sandbox ${engine}\` tries it all.`,
  ]);
}

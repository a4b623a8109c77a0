/** Debian's nats-server for a test: on loopback, its messages in a folder of the test, restarted at will. */
import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createConnection, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address() as { port: number };
  await new Promise<void>((closed) => server.close(() => closed()));
  return port;
}

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = createConnection(port, '127.0.0.1');
    socket.once('data', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });

export class NatsServer {
  readonly folder: string;
  port = 0;
  readonly #more: readonly string[];
  #child: ChildProcess | undefined;

  /** @param more arguments */
  constructor(folder: string, more: readonly string[] = []) {
    this.folder = folder;
    this.#more = more;
  }

  get url(): string {
    return `nats://127.0.0.1:${this.port}`;
  }

  async start(): Promise<void> {
    this.port ||= await freePort();
    const argv = [
      '-a',
      '127.0.0.1',
      '-p',
      String(this.port),
      '--jetstream',
      '--store_dir',
      this.folder,
    ].concat(this.#more);
    const child = spawn('nats-server', argv, { stdio: 'ignore' });
    const failed = new Promise<never>((_, reject) => child.once('error', reject));
    this.#child = child;
    const up = (async () => {
      while (!(await answers(this.port))) await sleep(20);
    })();
    await Promise.race([up, failed]);
  }

  /** It is there and answers nothing, until it goes on. */
  async pause(): Promise<void> {
    const { pid } = this.#child!;
    process.kill(pid!, 'SIGSTOP');
    // All of its threads.
    const states = (): string[] =>
      readdirSync(`/proc/${pid}/task`).map(
        (task) => /^State:\s+(\S)/m.exec(readFileSync(`/proc/${pid}/task/${task}/status`, 'utf8'))![1]!,
      );
    while (states().some((state) => state !== 'T')) await sleep(5);
  }
  goOn(): void {
    this.#child?.kill('SIGCONT');
  }

  /** As a crash would: nothing is said to anybody. */
  async kill(): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (child === undefined || child.exitCode !== null) return;
    const gone = new Promise((resolve) => child.once('close', resolve));
    child.kill('SIGKILL');
    await gone;
  }
}

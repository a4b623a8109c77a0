/** `wirebook class host` as a process of its own, that can be killed. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { BIN } from '../../cli/wirebook.ts';

export interface Hosting {
  child: ChildProcess;
  /** All that it has printed so far. */
  output(): string;
  /** Resolves with what stands in the parentheses, as soon as it is printed; rejects when it ends before. */
  printed(pattern: RegExp): Promise<string>;
  kill(signal: NodeJS.Signals): Promise<number | null>;
}

/** One that nobody has now; it is used at once. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

export function startHost(args: readonly string[], state: string): Hosting {
  const child = spawn(
    process.execPath,
    [BIN, 'class', 'host', '--no-screen', '--listen', '127.0.0.1', ...args],
    {
      env: { ...process.env, XDG_STATE_HOME: state },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let text = '';
  const looks: (() => void)[] = [];
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const look = () => {
    for (const one of looks.splice(0)) one();
  };
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (piece: string) => {
      text += piece;
      look();
    });
  void ended.then(look);
  return {
    child,
    output: () => text,
    async printed(pattern) {
      for (;;) {
        const found = pattern.exec(text);
        if (found !== null) return found[1] ?? found[0];
        if (child.exitCode !== null || child.signalCode !== null) throw new Error(`it ended:\n${text}`);
        await new Promise<void>((resolve) => looks.push(resolve));
      }
    },
    kill(signal) {
      child.kill(signal);
      return ended;
    },
  };
}

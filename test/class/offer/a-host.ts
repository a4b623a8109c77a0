/** A class held by the command as a user would, with places on this machine; and terminals of ssh that come to it. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { BIN } from '../../cli/wirebook.ts';
import { TestTerminal } from '../../terminal/terminal.ts';

const LESSON = `---
title: Numbers
---

## Count

\`\`\`sh {.run #count}
seq 1 3 | paste -sd+ -
\`\`\`

\`\`\`yaml {.expect}
- output: { contains: 1+2+3 }
\`\`\`

## And write

\`\`\`sh {.task #write points=1}
\`\`\`

\`\`\`yaml {.expect}
- file: /root/answer
\`\`\`

\`\`\`sh {.solution}
touch /root/answer
\`\`\`
`;

export interface OfferHost extends AsyncDisposable {
  readonly folder: string;
  readonly pid: number;
  readonly code: string;
  readonly port: number;
  readonly sshPort: number;
  /** All that it has said. */
  said(): string;
  /** As the power would. */
  kill(): Promise<void>;
  /** Once more, on the same ports. */
  again(): Promise<void>;
  ssh(user: string, options?: SshOptions): TestTerminal;
}

export interface SshOptions {
  columns?: number;
  rows?: number;
  args?: readonly string[];
  command?: readonly string[];
}

export const SSH = [
  ...[
    '-F',
    'none',
    '-o',
    'StrictHostKeyChecking=no',
    '-o',
    'UserKnownHostsFile=/dev/null',
    '-o',
    'LogLevel=ERROR',
  ],
  ...['-o', 'GlobalKnownHostsFile=/dev/null', '-o', 'NumberOfPasswordPrompts=1', '-o', 'IdentityAgent=none'],
];

export async function holdOffer(
  places: number,
  more: readonly string[] = [],
  listen = '127.0.0.1',
): Promise<OfferHost> {
  const folder = mkdtempSync(join(tmpdir(), 'wirebook-offer-'));
  const course = join(folder, 'a course');
  mkdirSync(join(course, '01-numbers'), { recursive: true });
  writeFileSync(join(course, 'course.yaml'), 'title: Numbers\n');
  writeFileSync(join(course, '01-numbers', 'lesson.md'), LESSON);
  writeFileSync(join(course, '01-numbers', 'lesson.key.yaml'), 'write:\n  - file: /root/answer\n');
  const started = { child: undefined as unknown as ChildProcess, text: '' };
  let [port, sshPort, code] = [0, 0, ''];
  const start = async (): Promise<void> => {
    const child = spawn(
      process.execPath,
      [
        ...[BIN, 'class', 'host', course, '--listen', listen, '--lang', 'en', '--no-screen'],
        ...['--port', String(port), '--ssh-port', String(sshPort), '--offer-sandboxes', String(places)],
        ...more,
      ],
      {
        env: {
          ...process.env,
          XDG_STATE_HOME: join(folder, 'state'),
          XDG_CACHE_HOME: process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'),
          SECRET_OF_THE_HOST: 'a-secret-of-the-host',
        },
        stdio: ['pipe', 'pipe', 'pipe'],
      },
    );
    started.child = child;
    started.text = '';
    for (const stream of [child.stdout, child.stderr])
      stream!.on('data', (chunk) => {
        started.text += chunk;
      });
    await until(() => /No Linux:[\s\S]*Progress/.test(started.text) || child.exitCode !== null, 30_000);
    const ssh = /ssh -p (\d+) (\S+)@\S+\n/.exec(started.text);
    const web = /https:\/\/\S+:(\d+)\/join\n/.exec(started.text);
    if (!ssh || !web) throw new Error(`no host: ${started.text}`);
    [sshPort, code, port] = [Number(ssh[1]), ssh[2]!, Number(web[1])];
  };
  await start();
  const terminals: TestTerminal[] = [];
  const ended = (): Promise<void> =>
    new Promise((resolve) => {
      if (started.child.exitCode !== null || started.child.signalCode !== null) resolve();
      else started.child.once('exit', () => resolve());
    });
  return {
    folder,
    get pid() {
      return started.child.pid!;
    },
    get code() {
      return code;
    },
    get port() {
      return port;
    },
    get sshPort() {
      return sshPort;
    },
    said: () => started.text,
    async kill() {
      started.child.kill('SIGKILL');
      await ended();
    },
    again: start,
    ssh(user, { columns = 90, rows = 30, args = [], command = [] } = {}) {
      const terminal = new TestTerminal({
        command: 'ssh',
        args: [...SSH, ...args, '-p', String(sshPort), `${user}@${listen}`, ...command],
        columns,
        rows,
      });
      terminals.push(terminal);
      return terminal;
    },
    async [Symbol.asyncDispose]() {
      for (const terminal of terminals) terminal.kill('SIGKILL');
      started.child.kill('SIGTERM');
      await Promise.race([ended(), new Promise((resolve) => setTimeout(resolve, 8000))]);
      started.child.kill('SIGKILL');
      await ended();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Answers what is asked before the notebook, and waits until it is there. */
export async function comeIn(terminal: TestTerminal, name?: string): Promise<string> {
  await terminal.until('back-');
  const back = /back-[0-9A-Z]{5}-[0-9A-Z]{5}/.exec(terminal.text())![0];
  if (name !== undefined) {
    await terminal.until('Your name in the class');
    terminal.write(`${name}\r`);
  }
  await terminal.until('Share what your cells print');
  terminal.write('\r');
  await terminal.until('Share your shells');
  terminal.write('\r');
  await terminal.until('Count');
  return back;
}

export async function until(is: () => boolean, patienceMs = 15_000): Promise<void> {
  for (const end = Date.now() + patienceMs; !is(); await new Promise((resolve) => setTimeout(resolve, 50)))
    if (Date.now() > end) throw new Error('it never came to be');
}

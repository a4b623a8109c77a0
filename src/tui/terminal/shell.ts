/** A shell in the sandbox on the whole terminal: every byte goes through, only Ctrl-] is ours. */

import type { Words } from '../../page/words/choose.ts';
import type { Pty, PtyOptions } from '../../sandbox/contract.ts';
import type { Session } from '../../session/session.ts';

/** Ctrl-], as in telnet and virsh: programs hardly ever want it. */
const LEAVE = '\x1d';

/** What a program that was cut off may have left on (not 1049: where it is off, that would move the cursor): cursor keys, mouse, alternate screen, paste, colours, cursor. */
const RESTORE =
  '\x1b[?1l\x1b>\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?1047l\x1b[?2004l\x1b[0m\x1b[?25h';

export interface ShellTerminal {
  stdin: NodeJS.ReadStream;
  stdout: NodeJS.WriteStream;
}

export interface ShellOptions {
  open: (options: PtyOptions) => Promise<Pty>;
  /** Said before the shell begins: how to come back. */
  banner: string;
  back: string;
  netns?: string;
}

export async function runShell(
  { stdin, stdout }: ShellTerminal,
  { open, banner, back, netns }: ShellOptions,
): Promise<void> {
  stdout.write(`\r\n\x1b[1m${banner}\x1b[0m\r\n`);
  const pty = await open({
    columns: stdout.columns ?? 80,
    rows: stdout.rows ?? 24,
    onData: (chunk) => void stdout.write(chunk),
    ...(netns ? { netns } : {}),
  });
  const onInput = (chunk: string | Buffer) => {
    const text = chunk.toString();
    const at = text.indexOf(LEAVE);
    if (at < 0) return pty.write(text);
    if (at > 0) pty.write(text.slice(0, at));
    pty.kill();
  };
  const onEnd = () => pty.kill();
  const onResize = () => pty.resize(stdout.columns ?? 80, stdout.rows ?? 24);
  stdin.setRawMode?.(true);
  stdin.ref();
  stdin.on('data', onInput);
  stdin.once('end', onEnd);
  stdin.resume();
  stdout.on('resize', onResize);
  try {
    await pty.exited;
  } finally {
    stdin.off('data', onInput);
    stdin.off('end', onEnd);
    stdout.off('resize', onResize);
    stdin.pause();
    stdin.setRawMode?.(false);
    stdout.write(`${RESTORE}\r\n${back}\r\n`);
  }
}

/** A shell on a host of the session; resolves when the learner is back. Rejects with SandboxError when there is none. */
export async function shellOnTerminal(
  terminal: ShellTerminal,
  session: Session,
  host: string,
  words: Words['shell'],
): Promise<void> {
  await runShell(terminal, {
    open: (options) => session.openPty(host, options),
    banner: words.banner(host),
    back: words.back,
  });
}

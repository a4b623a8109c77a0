/** Joins the user's terminal to a pseudo-terminal of a sandbox, as ssh does. */
import type { Sandbox } from '../sandbox/contract.ts';
import type { Io } from './io.ts';

/** Ctrl-], as in telnet and virsh: programs hardly ever want it. */
const LEAVE = 0x1d;
/** What a program that was cut off may have left on: cursor keys, mouse, alternate screen, paste, colours, a hidden cursor. */
const RESTORE =
  '\x1b[?1l\x1b>\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?1047l\x1b[?2004l\x1b[0m\x1b[?25h';

export async function attachTerminal(
  sandbox: Sandbox,
  host: string,
  options: { netns?: string; argv?: readonly string[] },
  io: Io,
): Promise<number> {
  const pty = await sandbox.pty(host, {
    ...options,
    columns: io.stdout.columns ?? 80,
    rows: io.stdout.rows ?? 24,
    onData: (chunk) => io.stdout.write(chunk),
  });
  const type = (chunk: Buffer) => {
    const at = raw ? chunk.indexOf(LEAVE) : -1;
    if (at < 0) return pty.write(chunk);
    if (at > 0) pty.write(chunk.subarray(0, at));
    pty.kill();
  };
  const resize = () => pty.resize(io.stdout.columns ?? 80, io.stdout.rows ?? 24);
  const end = () => pty.write('\x04');
  const raw = io.stdin.isTTY;
  if (raw) io.stdin.setRawMode(true);
  io.stdin.on('data', type);
  io.stdin.once('end', end);
  io.stdout.on('resize', resize);
  try {
    return await pty.exited;
  } finally {
    io.stdin.off('data', type);
    io.stdin.off('end', end);
    io.stdout.off('resize', resize);
    if (raw) io.stdin.setRawMode(false);
    if (io.stdout.isTTY) io.stdout.write(RESTORE);
    io.stdin.pause();
  }
}

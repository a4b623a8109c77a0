/** Joins the user's terminal to a pseudo-terminal of a sandbox, as ssh does. */
import type { Sandbox } from '../sandbox/contract.ts';
import type { Io } from './io.ts';

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
  const type = (chunk: Buffer) => pty.write(chunk);
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
    io.stdin.pause();
  }
}

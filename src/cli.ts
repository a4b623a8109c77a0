/**
 * The command line: parse, options, run, report, exit code. The only file that touches argv and the exit code.
 * What a command needs is loaded when it is called, so that `--help` is quick and `test` never loads the screen.
 */
import { langIn, parseArguments } from './commands/arguments.ts';
import type { Call } from './commands/call.ts';
import { describeError } from './commands/failure.ts';
import type { Io } from './commands/io.ts';
import { runCommand } from './commands/run.ts';
import { packageVersion } from './lib/package.ts';
import type { Say } from './page/said/translate.ts';

const { stdin, stdout, stderr, env } = process;
const version = packageVersion();
const interruption = new AbortController();

/** How long a command may take to wind down after the first Ctrl-C. */
const GRACE_MS = 5000;

watchStreams();
watchSignals();
process.on('uncaughtException', (error) => process.exit(report(error)));
const call = await read(process.argv.slice(2));
const code = await run(call);
await Promise.all([flushed(stdout), flushed(stderr)]);
process.exit(interruption.signal.aborted ? 130 : code);

/** What is printed instead of being run is made once more where another language is spoken. */
async function read(argv: readonly string[]): Promise<Call> {
  const call = parseArguments(argv, version);
  if (call.kind === 'run') return call;
  const { helpTongue } = await import('./page/said/command.ts');
  return parseArguments(argv, version, await helpTongue(langIn(argv), env));
}

async function run(call: Call): Promise<number> {
  if (call.kind === 'print') {
    stdout.write(call.text);
    return 0;
  }
  if (call.kind === 'refuse') {
    stderr.write(call.text);
    return 2;
  }
  const color = call.given.color && !env.NO_COLOR && (stdout.isTTY || Boolean(env.FORCE_COLOR));
  // Libraries of the screen look here and not at NO_COLOR.
  if (!color) env.FORCE_COLOR = '0';
  if (call.given.mouse === false) env.WIREBOOK_MOUSE = '0';
  if (call.given.reducedMotion) env.WIREBOOK_REDUCED_MOTION = '1';
  if (call.given.screenReader) env.INK_SCREEN_READER = 'true';
  const io: Io = {
    stdin,
    stdout,
    stderr,
    env,
    cwd: process.cwd(),
    color,
    signal: interruption.signal,
    version,
  };
  try {
    return await runCommand(call.command, call.args, call.given, io);
  } catch (error) {
    const { commandSay } = await import('./page/said/command.ts');
    return report(error, await commandSay(call.given.lang, env));
  }
}

function report(error: unknown, say?: Say): number {
  const { text, exit } = describeError(error, version, say);
  stderr.write(text);
  return exit;
}

function watchSignals(): void {
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, () => {
      if (interruption.signal.aborted) process.exit(130);
      windDown();
    });
  }
}

function windDown(): void {
  if (interruption.signal.aborted) return;
  interruption.abort();
  setTimeout(() => process.exit(130), GRACE_MS).unref();
}

/** A reader that goes away (`wirebook ... | head`) is no fault: end quietly, as a shell tool does on SIGPIPE. */
function watchStreams(): void {
  for (const stream of [stdout, stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') process.exit(141);
      // The terminal is gone, and no signal said so.
      if (error.code === 'EIO') return windDown();
      throw error;
    });
  }
}

function flushed(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => stream.write('', () => resolve()));
}

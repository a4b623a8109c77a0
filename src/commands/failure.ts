/** An error as the user reads it: what went wrong and what to do now; a bug of ours with its stack. */

import { type ExitCode, WirebookError } from '../lib/errors.ts';
import type { Say } from '../page/said/translate.ts';

/** Not one of `ExitCode`: EX_SOFTWARE of sysexits.h, an error inside the program itself. */
const BUG = 70;

export function describeError(
  error: unknown,
  version: string,
  say: Say = (sentence) => sentence,
): { text: string; exit: ExitCode | typeof BUG } {
  if (error instanceof WirebookError) {
    const next = error.next.map((line) => `  ${say(line)}\n`).join('');
    return { text: `${error.told(say)}\n${next && `\n${say('What to do:')}\n${next}`}`, exit: error.exit };
  }
  const stack = error instanceof Error ? (error.stack ?? String(error)) : String(error);
  return {
    text: `${say('This is a bug in Wirebook. Please report it with the lines below and what you did.')}

${stack}
${causes(error)}
Wirebook ${version}, Node.js ${process.versions.node}, ${process.platform} ${process.arch}
`,
    exit: BUG,
  };
}

function causes(error: unknown): string {
  let text = '';
  for (let cause = error instanceof Error ? error.cause : undefined; cause; ) {
    text += `Caused by: ${cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)}\n`;
    cause = cause instanceof Error ? cause.cause : undefined;
  }
  return text;
}

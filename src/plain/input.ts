/** Lines from the learner or from a script, one when it is asked for; what comes earlier waits. */
import { createInterface, type Interface } from 'node:readline';
import { setImmediate as tick } from 'node:timers/promises';

export interface LineInput {
  /** Undefined at the end of the input. */
  read(prompt: string): Promise<string | undefined>;
  /** What is printed in between leaves the prompt and what is being typed as they were. */
  between(print: () => void): void;
  /** Lends the terminal to another program. */
  lend(use: () => Promise<void>): Promise<void>;
  close(): void;
}

export interface LineInputOptions {
  stdin: NodeJS.ReadStream;
  stdout: NodeJS.WriteStream;
  /** Ctrl-C at the prompt or while something runs; only where there is a terminal. */
  onInterrupt(): void;
}

export function createLineInput({ stdin, stdout, onInterrupt }: LineInputOptions): LineInput {
  const terminal = Boolean(stdin.isTTY && stdout.isTTY);
  const waiting: string[] = [];
  let wanted: ((line: string | undefined) => void) | undefined;
  let ended = false;

  const open = () => {
    const lines = createInterface({ input: stdin, output: stdout, terminal, historySize: 500 });
    lines.on('line', (line) => {
      if (wanted) {
        const give = wanted;
        wanted = undefined;
        give(line);
      } else waiting.push(line);
    });
    lines.on('SIGINT', onInterrupt);
    lines.on('close', () => {
      if (lines !== current) return;
      ended = true;
      wanted?.(undefined);
    });
    return lines;
  };
  let current: Interface | undefined;
  current = open();

  return {
    read(prompt) {
      const next = waiting.shift();
      if (next !== undefined) return Promise.resolve(next);
      if (ended) return Promise.resolve(undefined);
      if (terminal) {
        current?.setPrompt(prompt);
        current?.prompt();
      }
      return new Promise((resolve) => {
        wanted = resolve;
      });
    },
    between(print) {
      const typing = terminal && wanted !== undefined && current !== undefined;
      if (typing) stdout.write('\r\x1b[K');
      print();
      if (typing) current?.prompt(true);
    },
    async lend(use) {
      const before = current;
      current = undefined;
      before?.close();
      // Node stops reading one tick after readline has let go.
      await tick();
      try {
        await use();
      } finally {
        await tick();
        current = open();
      }
    },
    close() {
      current?.close();
      stdin.pause();
    },
  };
}

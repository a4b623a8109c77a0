/** Lends the terminal to another program and takes it back. Ink registers how; until then there is nothing to lend. */
import { setImmediate as tick } from 'node:timers/promises';

export interface Handover {
  /** Runs `use` while the screen is not ours; resolves when it is ours again. */
  lend(use: () => Promise<void>): Promise<void>;
  register(suspend: (use: () => Promise<void>) => Promise<void>): void;
}

/**
 * Stops reading. Who has listened for `readable` and does no more is forgotten one tick later; before that `pause()` is no
 * change to Node, and it reads on beside the program that the terminal is lent to: keys are lost, and where that one was
 * quicker the read waits for ever, as what is handed to another program is read without a way back. Node stops one tick
 * after `pause()`: whoever reads next must come after that, and a program that is started before it loses its first keys to us.
 */
async function stopReading(stdin: NodeJS.ReadStream): Promise<void> {
  await tick();
  stdin.pause();
  await tick();
}

/** @param around what else the terminal is told before it is lent and after it has come back */
export function createHandover(
  stdin: NodeJS.ReadStream,
  around: { before(): void; after(): void } = { before() {}, after() {} },
): Handover {
  let suspend: ((use: () => Promise<void>) => Promise<void>) | undefined;
  return {
    async lend(use) {
      await suspend?.(async () => {
        await stopReading(stdin);
        around.before();
        try {
          await use();
        } finally {
          await stopReading(stdin);
        }
      });
      around.after();
    },
    register(how) {
      suspend = how;
    },
  };
}

/** Lends the terminal to another program and takes it back. Ink registers how; until then there is nothing to lend. */
export interface Handover {
  /** Runs `use` while the screen is not ours; resolves when it is ours again. */
  lend(use: () => Promise<void>): Promise<void>;
  register(suspend: (use: () => Promise<void>) => Promise<void>): void;
}

export function createHandover(): Handover {
  let suspend: ((use: () => Promise<void>) => Promise<void>) | undefined;
  return {
    async lend(use) {
      if (suspend) await suspend(use);
      else await use();
    },
    register(how) {
      suspend = how;
    },
  };
}

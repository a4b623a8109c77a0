/** Time passes on the screen only while something counts. */
export interface Ticker {
  /** Goes or stands still. */
  run(counting: boolean): void;
}

export function createTicker(everyMs: number, tick: () => void): Ticker {
  let timer: NodeJS.Timeout | undefined;
  return {
    run(counting) {
      if (counting) timer ??= setInterval(tick, everyMs);
      else {
        clearInterval(timer);
        timer = undefined;
      }
    },
  };
}

/** What happens later: a spinner that turns, a pause in typing, a session that prints faster than anybody reads. */

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

export interface Delay {
  /** Does the work after the pause; asked again before that, the pause begins anew. */
  later(): void;
  /** At once, and not once more after the pause. */
  now(): void;
  cancel(): void;
}

export function createDelay(pauseMs: number, work: () => void): Delay {
  let timer: NodeJS.Timeout | undefined;
  return {
    later() {
      clearTimeout(timer);
      timer = setTimeout(work, pauseMs);
    },
    now() {
      clearTimeout(timer);
      work();
    },
    cancel() {
      clearTimeout(timer);
    },
  };
}

/** Does the work again and again, each time after the pause that is wanted then. */
export function createStep(work: () => void): { run(pauseMs: number | undefined): void } {
  let timer: NodeJS.Timeout | undefined;
  let pause: number | undefined;
  return {
    run(pauseMs) {
      if (pauseMs === pause && (timer !== undefined || pauseMs === undefined)) return;
      clearTimeout(timer);
      timer = undefined;
      pause = pauseMs;
      if (pauseMs === undefined) return;
      timer = setTimeout(() => {
        timer = undefined;
        work();
      }, pauseMs);
    },
  };
}

/** Does the work soon, but never more often than once in `leastMs`, however often it is asked for. */
export function createPace(leastMs: number, work: () => void): { ask(): void; cancel(): void } {
  let timer: NodeJS.Timeout | undefined;
  let last = 0;
  return {
    ask() {
      timer ??= setTimeout(
        () => {
          timer = undefined;
          last = performance.now();
          work();
        },
        Math.max(0, last + leastMs - performance.now()),
      );
    },
    cancel() {
      clearTimeout(timer);
      timer = undefined;
    },
  };
}

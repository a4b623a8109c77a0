/**
 * The clock that all hosts of a class share: the server's. Timers and times on boards run by it, whatever the clocks of the
 * hosts' machines say. Each sight of it is late by the way that it came, so the latest-looking of the last ones is nearest.
 */

const KEPT = 32;

export class ServerClock {
  readonly #local: () => number;
  /** What the server's clock says more than ours. */
  readonly #ahead: number[] = [];

  constructor(local: () => number = Date.now) {
    this.#local = local;
  }

  /** @param at what the server's clock said a moment ago, milliseconds */
  seen(at: number): void {
    this.#ahead.push(at - this.#local());
    if (this.#ahead.length > KEPT) this.#ahead.shift();
  }

  now(): number {
    return Math.round(this.#local() + (this.#ahead.length === 0 ? 0 : Math.max(...this.#ahead)));
  }
}

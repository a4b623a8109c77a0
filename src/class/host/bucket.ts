/** So many at once, and so many a second after that. It may go into debt: what was done is done, and is paid for by waiting. */
export class Bucket {
  readonly #perSecond: number;
  readonly #burst: number;
  #tokens: number;
  #at: number;

  /** @param now milliseconds that never go backwards */
  constructor(perSecond: number, burst: number, now: number) {
    this.#perSecond = perSecond;
    this.#burst = burst;
    this.#tokens = burst;
    this.#at = now;
  }

  /** What is left; below zero: the debt. */
  left(now: number): number {
    this.#tokens = Math.min(this.#burst, this.#tokens + ((now - this.#at) / 1000) * this.#perSecond);
    this.#at = now;
    return this.#tokens;
  }

  take(now: number): void {
    this.#tokens = this.left(now) - 1;
  }

  /** How long until there is one again. */
  waitMs(now: number): number {
    return Math.max(0, Math.ceil(((1 - this.left(now)) / this.#perSecond) * 1000));
  }
}

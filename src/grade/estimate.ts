/** How long the rest will take: by the last results, weighted towards the newest. Pure. */
export class Estimate {
  #perOne: number | undefined;

  /** One more is done; `elapsedMs` since the one before it, of all that run side by side. */
  add(elapsedMs: number): void {
    this.#perOne = this.#perOne === undefined ? elapsedMs : this.#perOne * 0.9 + elapsedMs * 0.1;
  }

  leftMs(left: number): number | undefined {
    return this.#perOne === undefined ? undefined : this.#perOne * left;
  }
}

/** What needs the sandbox, one after the other. An interrupt stops what is under way and drops what waits behind it. */
export class Queue {
  #last: Promise<void> = Promise.resolve();
  #stop = new AbortController();
  #waiting = 0;
  #generation = 0;

  /** Aborts with what is under way now. */
  get signal(): AbortSignal {
    return this.#stop.signal;
  }

  get busy(): boolean {
    return this.#waiting > 0;
  }

  /** Rises with everything that is put in. */
  get generation(): number {
    return this.#generation;
  }

  /** @param failed called with what `work` throws; `dropped` when it was never begun, or has failed */
  add(work: () => Promise<void>, failed: (error: unknown) => void, dropped?: () => void): void {
    const { signal } = this.#stop;
    this.#generation += 1;
    this.#waiting += 1;
    this.#last = this.#last.then(async () => {
      try {
        if (signal.aborted) dropped?.();
        else await work();
      } catch (error) {
        failed(error);
        dropped?.();
      } finally {
        this.#waiting -= 1;
      }
    });
  }

  interrupt(): void {
    this.#stop.abort();
    this.#stop = new AbortController();
  }

  /** Resolves when nothing is left, also of what was put in meanwhile. */
  async idle(): Promise<void> {
    for (let seen: Promise<void> | undefined; seen !== this.#last; ) {
      seen = this.#last;
      await seen;
    }
  }
}

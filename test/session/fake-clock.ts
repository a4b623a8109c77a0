/** A clock that stands still until somebody sleeps: `within` and `holds` are tested to the millisecond, without waiting. */
import type { Clock } from '../../src/lib/clock.ts';

export class FakeClock implements Clock {
  #ms = 0;
  readonly slept: number[] = [];

  now(): number {
    return Date.UTC(2026, 0, 1) + this.#ms;
  }
  monotonic(): number {
    return this.#ms;
  }
  async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted) return;
    this.slept.push(ms);
    this.#ms += ms;
  }
  advance(ms: number): void {
    this.#ms += ms;
  }
}

/**
 * Connections of whom nothing is known yet. They cost memory and a descriptor each, so they have little time, and there
 * are only so many of them: when there are too many, the address with the most gives up its oldest. So who floods
 * crowds out themselves.
 */
import { placeOf } from './tries.ts';

export const HELLO_WITHIN_MS = 10_000;
export const MOST_PENDING = 2048;

interface One {
  cut(): void;
}

export class Pending {
  readonly #of = new Map<string, Set<One>>();
  readonly #most: number;
  readonly #withinMs: number;
  #count = 0;

  constructor(most = MOST_PENDING, withinMs = HELLO_WITHIN_MS) {
    this.#most = most;
    this.#withinMs = withinMs;
  }

  get count(): number {
    return this.#count;
  }

  /** To be called once it is known who it is, or that it is gone. */
  add(address: string, one: One): () => void {
    const place = placeOf(address);
    const ones = this.#of.get(place) ?? new Set();
    this.#of.set(place, ones);
    ones.add(one);
    this.#count += 1;
    let isOver = false;
    const over = (): void => {
      if (isOver) return;
      isOver = true;
      clearTimeout(timer);
      this.#count -= 1;
      ones.delete(one);
      if (ones.size === 0 && this.#of.get(place) === ones) this.#of.delete(place);
    };
    const timer = setTimeout(() => {
      over();
      one.cut();
    }, this.#withinMs);
    if (this.#count > this.#most) this.#cutOldest();
    return over;
  }

  /** Lets go of all of them. */
  close(): void {
    for (const ones of this.#of.values()) for (const one of [...ones]) one.cut();
  }

  #cutOldest(): void {
    let most: Set<One> | undefined;
    for (const ones of this.#of.values()) if (ones.size > (most?.size ?? 0)) most = ones;
    // Its socket tells that it is gone, and is taken out then.
    most?.values().next().value?.cut();
  }
}

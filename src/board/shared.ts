/**
 * What learners share of their cells: the last of each, and of all together no more than fits. What was shared longest ago
 * goes first, so that two thousand learners who agree do not fill the host's memory.
 */
export interface Shared {
  text: string;
  output: string;
}

/** UTF-16 code units, of all learners together. */
const MOST = 24 * 1024 * 1024;

export class SharedCells {
  /** Learner -> `<lesson>/<cell>` -> what they shared; of both maps the oldest is first. */
  readonly #of = new Map<string, Map<string, Shared>>();
  readonly #most: number;
  #size = 0;

  constructor(most = MOST) {
    this.#most = most;
  }

  get(learner: string, key: string): Shared | undefined {
    return this.#of.get(learner)?.get(key);
  }

  set(learner: string, key: string, shared: Shared): void {
    const cells = this.#of.get(learner) ?? new Map<string, Shared>();
    this.#size += sizeOf(shared) - sizeOf(cells.get(key));
    // Taken out and put in again: the last one to speak is last.
    cells.delete(key);
    cells.set(key, shared);
    this.#of.delete(learner);
    this.#of.set(learner, cells);
    while (this.#size > this.#most) this.#dropOldest();
  }

  /** They agree no longer: gone at once. */
  forget(learner: string, which: (key: string) => boolean = () => true): void {
    const cells = this.#of.get(learner);
    if (cells === undefined) return;
    for (const [key, shared] of cells)
      if (which(key)) {
        this.#size -= sizeOf(shared);
        cells.delete(key);
      }
    if (cells.size === 0) this.#of.delete(learner);
  }

  #dropOldest(): void {
    const [learner, cells] = this.#of.entries().next().value!;
    const key = cells.keys().next().value!;
    this.forget(learner, (one) => one === key);
  }
}

const sizeOf = (shared: Shared | undefined): number =>
  shared === undefined ? 0 : shared.text.length + shared.output.length;

/** One check over time: `within` (until it holds) and `holds` (and stays so). Times count from the cell's end. */
import type { Check, Verdict } from '../check/model.ts';

export class Watch {
  readonly check: Check;
  #verdict: Verdict | undefined;
  #looks = 0;
  /** Since when it holds without a break; undefined while it does not. */
  #heldSince: number | undefined;
  settled = false;

  constructor(check: Check) {
    this.check = check;
  }

  get verdict(): Verdict {
    return this.#verdict!;
  }

  /** When the next look decides: its `holds` is over, or its `within`. */
  get dueMs(): number {
    return this.#heldSince === undefined ? this.check.withinMs : this.#heldSince + this.check.holdsMs;
  }

  /** `lookedAt` is when the look began: one that began in time and ended late still counts. */
  judged(verdict: Verdict, lookedAt: number, now: number, aborted: boolean): void {
    this.#looks += 1;
    const { withinMs, holdsMs } = this.check;
    let found = verdict.found;
    if (verdict.state === 'pass') {
      this.#heldSince ??= lookedAt;
      this.settled = lookedAt - this.#heldSince >= holdsMs;
      if (aborted && !this.settled) {
        this.settled = true;
        this.#keep({ ...verdict, state: 'broken', found: 'interrupted before it was known to stay so' }, now);
        return;
      }
    } else {
      if (this.#heldSince !== undefined)
        found = `${found} (it held, but only for ${Math.round(lookedAt - this.#heldSince)} ms)`;
      this.#heldSince = undefined;
      this.settled = lookedAt >= withinMs || aborted;
    }
    this.#keep({ ...verdict, found }, now);
  }

  #keep(verdict: Verdict, now: number): void {
    this.#verdict = { ...verdict, looks: this.#looks, durationMs: Math.round(now) };
  }
}

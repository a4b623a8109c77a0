/** When a learner was connected, and how long they worked. Pure but for what it keeps. */
import type { Span } from './model.ts';

/** A connection that comes back so soon was the network's doing, not the learner's. */
const CUT_MS = 60_000;
/** Who does nothing for longer is not at work. */
const PAUSE_MS = 5 * 60_000;

export class Presence {
  readonly #spans: Span[] = [];
  #open: { from: number; host: string } | undefined;
  #activeMs = 0;
  #actedAt: number | undefined;

  connected(at: number, host: string): void {
    // With another host already, which has not noticed yet that they went.
    if (this.#open !== undefined) this.#open.host = host;
    else this.#open = { from: at, host };
  }

  disconnected(at: number, host: string): void {
    if (this.#open?.host !== host) return;
    this.#close(at);
  }

  /** Whoever they were connected with. */
  ended(at: number): void {
    if (this.#open !== undefined) this.#close(at);
  }

  /** @returns how much of the time since the last thing counts as work */
  acted(at: number): number {
    const since = this.#actedAt === undefined ? 0 : at - this.#actedAt;
    this.#actedAt = Math.max(at, this.#actedAt ?? at);
    const worked = since > 0 && since <= PAUSE_MS ? since : 0;
    this.#activeMs += worked;
    return worked;
  }

  get activeMs(): number {
    return this.#activeMs;
  }

  get isOpen(): boolean {
    return this.#open !== undefined;
  }

  /** @param at the end of what is looked at */
  spans(at: number): Span[] {
    const { from } = this.#open ?? {};
    const all = from === undefined ? this.#spans : joined(this.#spans, { from, to: Math.max(from, at) });
    return all.map((span) => ({ ...span }));
  }

  #close(at: number): void {
    const { from } = this.#open!;
    this.#open = undefined;
    const all = joined(this.#spans, { from, to: Math.max(from, at) });
    this.#spans.splice(0, this.#spans.length, ...all);
  }
}

function joined(spans: readonly Span[], next: Span): Span[] {
  const last = spans.at(-1);
  if (last === undefined || next.from - last.to > CUT_MS) return [...spans, next];
  return [...spans.slice(0, -1), { from: last.from, to: Math.max(last.to, next.to) }];
}

export const lengthOf = (spans: readonly Span[]): number =>
  spans.reduce((sum, { from, to }) => sum + to - from, 0);

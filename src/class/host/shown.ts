/**
 * What is presented: the newest map of those who present now, with this host or another one. It is held in memory alone, goes
 * as soon as its presenter goes, and is told to boards that have asked for it: twice a second at the most, however often it
 * changes, and to each only as quickly as it reads.
 */
import type { ShownMap } from '../../board/shown-map.ts';
import { SHOWN_LOST_MS, type ShownThere } from '../log/contract.ts';
import type { Peer } from './peer.ts';

export const SHOWN_EVERY_MS = 500;
/** From so many bytes on that wait, a board is left to read first. */
const ENOUGH = 256 * 1024;

interface Showing {
  map: ShownMap;
  /** By the clock that all hosts have alike. */
  at: number;
}

interface Watching {
  peer: Peer;
  /** It has not been told of what is shown now. */
  behind: boolean;
}

interface ShownOptions {
  host: string;
  now(): number;
  /** Tells the other hosts. */
  share(there: ShownThere): void;
}

export class Shown {
  readonly #options: ShownOptions;
  /** By whoever shows it. */
  readonly #here = new Map<object, Showing>();
  readonly #elsewhere = new Map<string, Showing & { toldAt: number }>();
  readonly #watching = new Set<Watching>();
  #changed = false;
  #ownChanged = false;
  #toldAt = Number.NEGATIVE_INFINITY;

  constructor(options: ShownOptions) {
    this.#options = options;
  }

  /** @param from stands for who shows it; what they showed before is gone */
  show(from: object, map: ShownMap | undefined): void {
    if (map !== undefined) this.#here.set(from, { map, at: this.#options.now() });
    else if (!this.#here.delete(from)) return;
    this.#changed = true;
    this.#ownChanged = true;
  }

  /** Is told what is shown, now and from now on. */
  watch(peer: Peer): () => void {
    const one: Watching = { peer, behind: false };
    this.#watching.add(one);
    peer.send(this.#text());
    return () => this.#watching.delete(one);
  }

  /** What another host shows. */
  told({ host, at, map }: ShownThere): void {
    const before = this.#elsewhere.get(host);
    if (map === undefined) {
      if (!this.#elsewhere.delete(host)) return;
    } else this.#elsewhere.set(host, { map, at, toldAt: this.#options.now() });
    if (before?.at !== at || map === undefined) this.#changed = true;
  }

  /** Says again what is shown here, for hosts that have come since; forgets those that say nothing any more. */
  beat(): void {
    if (this.#here.size > 0) this.#ownChanged = true;
    for (const [host, { toldAt }] of this.#elsewhere)
      if (this.#options.now() - toldAt > SHOWN_LOST_MS) {
        this.#elsewhere.delete(host);
        this.#changed = true;
      }
  }

  tell(): void {
    const now = performance.now();
    if (now - this.#toldAt >= SHOWN_EVERY_MS && (this.#changed || this.#ownChanged)) {
      this.#toldAt = now;
      if (this.#ownChanged) this.#share();
      if (this.#changed) for (const one of this.#watching) one.behind = true;
      this.#changed = false;
      this.#ownChanged = false;
    }
    let text: string | undefined;
    for (const one of this.#watching) {
      if (!one.behind || one.peer.buffered > ENOUGH) continue;
      one.behind = false;
      text ??= this.#text();
      one.peer.send(text);
    }
  }

  /** A host that stops says that nothing of it is shown any more. */
  close(): void {
    if (this.#here.size === 0) return;
    this.#here.clear();
    this.#share();
  }

  #share(): void {
    const { host, now, share } = this.#options;
    const own = newest(this.#here.values());
    share(own === undefined ? { host, at: now() } : { host, ...own });
  }

  #text(): string {
    const shown = newest([...this.#here.values(), ...this.#elsewhere.values()]);
    return JSON.stringify({ type: 'shown', ...(shown ? { map: shown.map } : {}) });
  }
}

function newest(all: Iterable<Showing>): Showing | undefined {
  let last: Showing | undefined;
  for (const { map, at } of all) if (last === undefined || at >= last.at) last = { map, at };
  return last;
}

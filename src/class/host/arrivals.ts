/**
 * How often one address may connect: each time costs a handshake, which is computing. A whole school behind one address may come
 * at once, and once more after the host was away; after that, connections that come quicker than anybody needs are dropped
 * before the handshake.
 */
import { Bucket } from './bucket.ts';
import { placeOf } from './tries.ts';

export const ARRIVALS = { perSecond: 100, burst: 6000 } as const;
const MOST_KNOWN = 10_000;

export class Arrivals {
  /** Who came longest ago is first. */
  readonly #of = new Map<string, Bucket>();
  readonly #perSecond: number;
  readonly #burst: number;

  constructor({ perSecond, burst } = ARRIVALS as { perSecond: number; burst: number }) {
    this.#perSecond = perSecond;
    this.#burst = burst;
  }

  /** False: too often. */
  take(address: string, now: number): boolean {
    const place = placeOf(address);
    const bucket = this.#of.get(place) ?? new Bucket(this.#perSecond, this.#burst, now);
    this.#of.delete(place);
    this.#of.set(place, bucket);
    if (this.#of.size > MOST_KNOWN) this.#of.delete(this.#of.keys().next().value!);
    if (bucket.waitMs(now) > 0) return false;
    bucket.take(now);
    return true;
  }
}

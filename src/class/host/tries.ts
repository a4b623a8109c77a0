/**
 * Counts who says a wrong code: of one address so many, and of all together so many (code.ts counts on it). Only
 * wrong ones count: a school behind one address may come all at once. Who has used theirs up is not even compared, else
 * trying on would still find it.
 */
import { isIPv6 } from 'node:net';
import { Bucket } from './bucket.ts';

export const OF_ONE = { perSecond: 10 / 60, burst: 20 } as const;
export const OF_ALL = { perSecond: 10, burst: 600 } as const;
const MOST_KNOWN = 10_000;

export class Tries {
  readonly #all: Bucket;
  /** Who was wrong longest ago is first. */
  readonly #of = new Map<string, Bucket>();

  constructor(now: number) {
    this.#all = new Bucket(OF_ALL.perSecond, OF_ALL.burst, now);
  }

  /** 0: it may try; else milliseconds until it may. */
  waitMs(address: string, now: number): number {
    return Math.max(this.#all.waitMs(now), this.#of.get(placeOf(address))?.waitMs(now) ?? 0);
  }

  wrong(address: string, now: number): void {
    const place = placeOf(address);
    const bucket = this.#of.get(place) ?? new Bucket(OF_ONE.perSecond, OF_ONE.burst, now);
    bucket.take(now);
    this.#all.take(now);
    this.#of.delete(place);
    this.#of.set(place, bucket);
    if (this.#of.size > MOST_KNOWN) this.#of.delete(this.#of.keys().next().value!);
  }
}

/** Who has one address of version 6 has 2^64 of them. */
export function placeOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address);
  if (mapped !== null) return mapped[1]!;
  if (!isIPv6(address)) return address;
  const [head = '', tail] = address.replace(/%.*/, '').split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail ? tail.split(':') : [];
  const zeros = tail === undefined ? 0 : 8 - before.length - after.length;
  return [...before, ...Array<string>(Math.max(0, zeros)).fill('0'), ...after].slice(0, 4).join(':');
}

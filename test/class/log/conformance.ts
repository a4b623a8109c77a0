/** What every store of a class must keep, whatever is behind it. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Entry, Speaker } from '../../../src/board/events.ts';
import { fittingMap } from '../../../src/board/shown-map.ts';
import type { ClassLog, Presence, ShownThere } from '../../../src/class/log/contract.ts';
import { networkNamed } from '../../map/fixture.ts';

/** One class, as it is kept. */
export interface Kept {
  /** Again: the same class, by a host that starts anew, or by another one. */
  open(): Promise<ClassLog>;
  /** Whether several hosts may have it open at the same time. */
  shared: boolean;
  destroy(): Promise<void>;
}

export const said = (from: Speaker, n: number, at = n): Entry => ({
  from,
  n,
  at,
  event: { type: 'question', id: `${from}-${n}`, text: `number ${n}, ünïcödé 网络 \u2028 "quoted"\n` },
});

const key = ({ from, n }: Entry): string => `${from} ${n}`;

/** What `follow` gave, each once, as a fold takes it; and that positions only grow. */
export class Heard {
  readonly entries: Entry[] = [];
  readonly #known = new Set<string>();
  #position = 0;
  #waiting: { count: number; resolve: () => void }[] = [];

  readonly on = (entry: Entry, position: number): void => {
    expect(position).toBeGreaterThan(this.#position);
    this.#position = position;
    if (this.#known.has(key(entry))) return;
    this.#known.add(key(entry));
    this.entries.push(entry);
    for (const one of this.#waiting) if (this.entries.length >= one.count) one.resolve();
  };

  /** Resolves when there are so many. */
  async until(count: number): Promise<void> {
    if (this.entries.length < count)
      await new Promise<void>((resolve) => this.#waiting.push({ count, resolve }));
  }

  of(from: Speaker): number[] {
    return this.entries.filter((entry) => entry.from === from).map(({ n }) => n);
  }
}

const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

export function conforms(make: () => Promise<Kept>): void {
  let kept: Kept;
  const open: ClassLog[] = [];
  const start = async (): Promise<ClassLog> => {
    const log = await kept.open();
    open.push(log);
    return log;
  };
  const close = async (log: ClassLog): Promise<void> => {
    open.splice(open.indexOf(log), 1);
    await log[Symbol.asyncDispose]();
  };
  beforeEach(async () => {
    kept = await make();
  });
  afterEach(async () => {
    for (const log of open.splice(0)) await log[Symbol.asyncDispose]();
    await kept.destroy();
  });

  test('of a class in which nothing was said, following gives nothing and is done', async () => {
    const heard = new Heard();
    await (await start()).follow(heard.on);
    expect(heard.entries).toEqual([]);
  });

  test('what was said is given back as it was, and first', async () => {
    const log = await start();
    const entries = upTo(20).map((n) => said('learner:a', n, 1_790_000_000_000 + n));
    for (const entry of entries) await log.append(entry);
    const heard = new Heard();
    await log.follow(heard.on);
    // Everything that was there has been given when `follow` comes back.
    expect(heard.entries).toEqual(entries);
  });

  test('who follows hears what is said later', async () => {
    const log = await start();
    await log.append(said('host', 1));
    const heard = new Heard();
    await log.follow(heard.on);
    await log.append(said('host', 2));
    await log.append(said('instructor:x', 1));
    await heard.until(3);
    expect(heard.entries.map(key)).toEqual(['host 1', 'host 2', 'instructor:x 1']);
  });

  test('many at once, each in the order in which they speak', async () => {
    const log = await start();
    const heard = new Heard();
    await log.follow(heard.on);
    const speakers = upTo(40).map((index): Speaker => `learner:${index}`);
    await Promise.all(speakers.flatMap((from) => upTo(25).map((n) => log.append(said(from, n)))));
    await heard.until(40 * 25);
    for (const from of speakers) expect(heard.of(from)).toEqual(upTo(25));
  });

  test('the same said twice is given in one place', async () => {
    const log = await start();
    for (const n of [1, 2, 2, 1, 3]) await log.append(said('learner:a', n));
    const heard = new Heard();
    await log.follow(heard.on);
    expect(heard.of('learner:a')).toEqual([1, 2, 3]);
  });

  test('a host that starts again has everything, in the same order', async () => {
    const first = await start();
    const before = new Heard();
    await first.follow(before.on);
    await Promise.all(upTo(200).map((n) => first.append(said(`learner:${n % 7}`, Math.ceil(n / 7)))));
    await before.until(200);
    await close(first);
    const after = new Heard();
    await (await start()).follow(after.on);
    expect(after.entries).toEqual(before.entries);
  });

  test('an entry as large as one may be comes back whole', async () => {
    const log = await start();
    const entry: Entry = {
      from: 'learner:a',
      n: 1,
      at: 1,
      event: {
        type: 'output',
        lesson: 'l',
        cell: 'c',
        text: '\u{1f310}'.repeat(8000),
        output: '\u0001'.repeat(16_000),
      },
    };
    await log.append(entry);
    const heard = new Heard();
    await log.follow(heard.on);
    expect(heard.entries).toEqual([entry]);
  });

  test('a log that nobody closed is not lost', async () => {
    const log = await start();
    await log.append(said('host', 1));
    expect(await Promise.race([log.lost, Promise.resolve('in use')])).toBe('in use');
  });

  test('its clock is about right', async () => {
    const log = await start();
    await log.follow(() => {});
    await log.append(said('host', 1));
    expect(Math.abs(log.now() - Date.now())).toBeLessThan(5000);
    expect(Number.isInteger(log.now())).toBe(true);
  });

  test('several hosts: what one writes all hear, in one order, and who is where', async ({ skip }) => {
    skip(!kept.shared, 'kept for one host');
    const [a, b] = [await start(), await start()];
    const [atA, atB] = [new Heard(), new Heard()];
    await Promise.all([a.follow(atA.on), b.follow(atB.on)]);
    const told: Presence[] = [];
    const knows = new Promise<void>((resolve) =>
      b.onPresence((presence) => {
        told.push(presence);
        resolve();
      }),
    );
    b.present({ host: 'b', learners: ['2'] });
    await Promise.all(
      upTo(100).flatMap((n) => [a.append(said('learner:1', n)), b.append(said('learner:2', n))]),
    );
    await Promise.all([atA.until(200), atB.until(200)]);
    expect(atA.entries).toEqual(atB.entries);
    a.present({ host: 'a', learners: ['1', '3'] });
    await knows;
    expect(told).toEqual([{ host: 'a', learners: ['1', '3'] }]);
  });

  test('several hosts: what is presented with one the others hear, and it is not kept', async ({ skip }) => {
    skip(!kept.shared, 'kept for one host');
    const [a, b] = [await start(), await start()];
    const heard = new Heard();
    await b.follow(heard.on);
    const told: ShownThere[] = [];
    b.onShown((shown) => told.push(shown));
    b.present({ host: 'b', learners: [] });
    const map = fittingMap({ lesson: 'l', network: networkNamed('cable'), changes: [] });
    b.show({ host: 'b', at: 1, map });
    // Whatever else comes that way is no map.
    a.show({ host: 'a', at: 1, map: { lesson: 7 } as never });
    await expect
      .poll(() => {
        a.show({ host: 'a', at: 2, map });
        return told.length > 0;
      })
      .toBe(true);
    a.show({ host: 'a', at: 3 });
    await expect.poll(() => told.at(-1)).toEqual({ host: 'a', at: 3 });
    expect(told[0]).toEqual(JSON.parse(JSON.stringify({ host: 'a', at: 2, map })));
    expect(heard.entries).toEqual([]);
  });
}

/** The log that cannot be written for a while, or for good: nobody is told that something is kept that is not. */
import { afterEach, expect, test } from 'vitest';
import type { Entry } from '../../../src/board/events.ts';
import type { ClassLog } from '../../../src/class/log/contract.ts';
import { InputError, type WirebookError } from '../../../src/lib/errors.ts';
import { Board, type Held, hold, joined } from './a-host.ts';

/** In memory; refuses whatever it is told to. */
class Moody implements ClassLog {
  refuses: ((entry: Entry) => WirebookError | undefined) | undefined;
  readonly #entries: Entry[] = [];
  readonly #followers: ((entry: Entry, position: number) => void)[] = [];
  readonly #lost = Promise.withResolvers<WirebookError>();
  readonly lost = this.#lost.promise;
  async append(entry: Entry) {
    const error = this.refuses?.(entry);
    if (error !== undefined) throw error;
    this.#entries.push(entry);
    for (const on of this.#followers) on(entry, this.#entries.length);
  }
  async read(on: (entry: Entry, position: number) => void) {
    for (const [at, entry] of this.#entries.entries()) on(entry, at + 1);
  }
  async follow(on: (entry: Entry, position: number) => void) {
    await this.read(on);
    this.#followers.push(on);
  }
  lose(error: WirebookError) {
    this.#lost.resolve(error);
  }
  now = () => Date.now();
  onTrouble() {}
  present() {}
  onPresence() {}
  show() {}
  onShown() {}
  async [Symbol.asyncDispose]() {}
}

let held: Held | undefined;
afterEach(() => held?.[Symbol.asyncDispose]());

const FULL = new InputError('class-store-full', 'There is no room left.');
const BROKEN = new InputError('class-store-broken', 'The disk is gone.');

test('a full disk holds up what is said, in its order, and is told once; what is not kept is not shown', async () => {
  const log = new Moody();
  const troubles: (string | undefined)[] = [];
  held = await hold({ log, trouble: (error) => troubles.push(error?.code) });
  const { port } = held.served;
  const board = await Board.open(port);
  const ada = await joined(port, 'Ada');
  await board.until(({ rows }) => rows.length === 1);
  let refused = 0;
  log.refuses = () => {
    refused += 1;
    return FULL;
  };
  ada.client.say({ type: 'hand', up: true });
  ada.client.say({ type: 'question', id: 'q', text: 'Why?' });
  board.client.say({ type: 'announced', id: 'a', text: 'A moment.' });
  // Tried again, and again.
  await expect.poll(() => refused, { timeout: 10_000 }).toBeGreaterThan(5);
  expect(troubles).toEqual(['class-store-full']);
  expect(board.client.messages.filter(({ type }) => type === 'heard')).toEqual([]);
  expect(ada.client.messages.filter(({ type }) => type === 'heard')).toEqual([]);
  log.refuses = undefined;
  expect((await ada.client.next('heard', ({ n }) => n === 2)).n).toBe(2);
  await board.until(({ questions, rows }) => questions.length === 1 && rows[0]?.hand !== undefined);
  await expect
    .poll(() => board.client.messages.some(({ type }) => type === 'heard'), { timeout: 10_000 })
    .toBe(true);
  expect(troubles).toEqual(['class-store-full', undefined]);
});

test('a log that is broken acknowledges nothing: who speaks is let go, and the host knows why', async () => {
  const log = new Moody();
  held = await hold({ log });
  const ada = await joined(held.served.port, 'Ada');
  log.refuses = () => BROKEN;
  ada.client.say({ type: 'hand', up: true });
  await ada.client.closed;
  expect(ada.client.messages.filter(({ type }) => type === 'heard')).toEqual([]);
  log.lose(BROKEN);
  expect(await held.served.ended).toBe(BROKEN);
});

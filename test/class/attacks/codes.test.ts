/** Codes cannot be guessed: who tries too often is not even compared, and hinders nobody else. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { OF_ALL, OF_ONE, placeOf, Tries } from '../../../src/class/host/tries.ts';
import { again, connected, type Held, hold, instructor, joined, newLearner } from '../host/a-host.ts';

let held: Held;
beforeEach(async () => {
  held = await hold();
});
afterEach(() => held[Symbol.asyncDispose]());
const port = () => held.served.port;
const FROM_ELSEWHERE = { localAddress: '127.0.0.2' };

test('after so many wrong ones also the right one is refused, for who tried; others come in', async () => {
  const ada = await joined(port(), 'Ada');
  for (let at = 0; at < OF_ONE.burst; at++) {
    const client = await connected(port(), newLearner('Eve', { secret: 'AAAAAA' }));
    expect(await client.refused()).toBe('wrong-code');
  }
  const right = await connected(port(), newLearner('Eve'));
  const refused = await right.next('refused');
  expect(refused.code).toBe('too-many-tries');
  expect(refused.again).toBeGreaterThan(0);
  expect(refused.again).toBeLessThanOrEqual(60);
  const other = await connected(port(), newLearner('Bob'), FROM_ELSEWHERE);
  await other.next('welcome');
  // Who is in the class, and who holds it, come back from that address all the same.
  const back = await connected(port(), again(ada.id, ada.token));
  await back.next('welcome');
  const board = await connected(port(), instructor());
  await board.next('welcome');
});

test('one try a connection', async () => {
  const client = await connected(port(), newLearner('Eve', { secret: 'AAAAAA' }));
  client.send(newLearner('Eve', { secret: 'BBBBBB' }));
  client.send(newLearner('Eve'));
  expect(await client.refused()).toMatch(/wrong-code|malformed/);
  await client.closed;
  expect(client.messages.map(({ type }) => type)).not.toContain('welcome');
});

describe('tries', () => {
  test('of one address come back slowly', () => {
    const tries = new Tries(0);
    for (let at = 0; at < OF_ONE.burst; at++) {
      expect(tries.waitMs('192.0.2.1', 0)).toBe(0);
      tries.wrong('192.0.2.1', 0);
    }
    expect(tries.waitMs('192.0.2.1', 0)).toBe(6000);
    expect(tries.waitMs('192.0.2.1', 6001)).toBe(0);
    expect(tries.waitMs('192.0.2.2', 0)).toBe(0);
  });

  test('of all addresses together are no more than the code counts on: 600 a minute', () => {
    const tries = new Tries(0);
    let tried = 0;
    for (let now = 0; now < 3_600_000; now += 20) {
      const from = `198.51.${now % 250}.${((now / 250) % 250) | 0}`;
      if (tries.waitMs(from, now) > 0) continue;
      tries.wrong(from, now);
      tried += 1;
    }
    expect(tried).toBeLessThanOrEqual(OF_ALL.burst + 3600 * OF_ALL.perSecond);
    expect(tried).toBeGreaterThan(30_000);
  });

  test('of one network of version 6 are those of one, and of a mapped address those of version 4', () => {
    expect(placeOf('2001:db8:1:2::7')).toBe(placeOf('2001:db8:1:2:ffff::9'));
    expect(placeOf('2001:db8:1:3::7')).not.toBe(placeOf('2001:db8:1:2::7'));
    expect(placeOf('::ffff:192.0.2.1')).toBe('192.0.2.1');
    expect(placeOf('::1')).toBe('0:0:0:0');
  });

  test('of many addresses do not fill the memory', () => {
    const tries = new Tries(0);
    for (let at = 0; at < 30_000; at++) tries.wrong(`2001:db8:${at.toString(16)}::1`, at * 1000);
    expect(tries.waitMs('2001:db8:752f::1', 30_000_000)).toBe(0);
  });
});

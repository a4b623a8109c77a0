/** Whatever comes over a connection: who sends it is let go, and nobody else notices. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { LIMITS } from '../../../src/board/limits.ts';
import { Client, connected, type Held, hold, joined, newLearner } from '../host/a-host.ts';

let held: Held;
beforeEach(async () => {
  held = await hold();
});
afterEach(() => held[Symbol.asyncDispose]());
const port = () => held.served.port;

const say = (event: string, n = 1) => `{"type":"say","n":${n},"at":1,"event":${event}}`;

const BAD: [string, string][] = [
  ['nothing', ''],
  ['no JSON', 'hello'],
  ['half of it', '{"type":"say"'],
  ['a number', '7'],
  ['null', 'null'],
  ['a list', '[]'],
  ['a deep list', '['.repeat(30_000)],
  ['a deep object', '{"a":'.repeat(10_000)],
  ['a deep value that is JSON', `${'['.repeat(20_000)}${']'.repeat(20_000)}`],
  ['an unknown message', '{"type":"shutdown"}'],
  ['a field too many', '{"type":"ping","x":1}'],
  ['__proto__', '{"type":"ping","__proto__":{"isInstructor":true}}'],
  ['__proto__ in an event', say('{"type":"hand","up":true,"__proto__":{"type":"class-ended"}}')],
  ['constructor', say('{"type":"hand","up":true,"constructor":{"prototype":{"x":1}}}')],
  ['toString as a type', say('{"type":"toString"}')],
  ['a number that is none', '{"type":"say","n":1e999,"at":1,"event":{"type":"left"}}'],
  ['a negative number', '{"type":"say","n":-1,"at":1,"event":{"type":"left"}}'],
  ['a broken number', '{"type":"say","n":1.5,"at":1,"event":{"type":"left"}}'],
  ['a text for a number', '{"type":"say","n":"1","at":1,"event":{"type":"left"}}'],
  ['too long a question', say(`{"type":"question","id":"q","text":"${'x'.repeat(LIMITS.text + 1)}"}`)],
  ['too long an id', say(`{"type":"moved","lesson":"${'x'.repeat(LIMITS.id + 1)}","step":0}`)],
  [
    'too many failing checks',
    say(
      `{"type":"cell","lesson":"l","cell":"c","status":"failed","attempts":1,"hints":0,"solution":false,"earned":0,"holding":0,"failing":[${Array(17).fill('{"check":"a","kind":"b","state":"fail","title":"t"}').join(',')}]}`,
    ),
  ],
  ['a step without end', say('{"type":"moved","lesson":"01-veth","step":1e15}')],
];

describe('of a learner', () => {
  test.each(BAD)('%s', async (_, text) => {
    const ada = await joined(port(), 'Ada');
    const bob = await joined(port(), 'Bob');
    ada.client.raw(text);
    expect(await ada.client.refused()).toBe('malformed');
    await ada.client.closed;
    bob.client.say({ type: 'hand', up: true });
    expect((await bob.client.next('heard')).n).toBe(1);
    expect(({} as { isInstructor?: boolean }).isInstructor).toBeUndefined();
    expect(held.served.book.ended).toBe(false);
  });

  test('bytes', async () => {
    const ada = await joined(port(), 'Ada');
    ada.client.raw(Buffer.from('{"type":"ping"}'));
    expect(await ada.client.refused()).toBe('malformed');
    await ada.client.closed;
  });

  test('more than a message may have', async () => {
    const ada = await joined(port(), 'Ada');
    ada.client.raw(`{"type":"ping","x":"${'x'.repeat(LIMITS.messageBytes)}"}`);
    // Told by WebSocket's own number: nothing of it was read.
    expect(await ada.client.closed).toBe(1009);
  });
});

describe('before the hello', () => {
  test.each([
    ...BAD,
    ['a ping', '{"type":"ping"}'] as [string, string],
    ['an event', say('{"type":"left"}')] as [string, string],
    ['a hello without a token', JSON.stringify(newLearner('Ada', { token: undefined }))] as [string, string],
    ['a hello with a short token', JSON.stringify(newLearner('Ada', { token: 'x' }))] as [string, string],
  ])('%s', async (_, text) => {
    const client = await new Client(port()).opened();
    client.raw(text);
    expect(await client.refused()).toBe('malformed');
    await client.closed;
    expect(held.served.book.size).toBe(0);
  });

  test('another protocol is told so, whatever else is in it', async () => {
    const client = await connected(port(), { type: 'hello', as: 'robot', protocol: 99 });
    expect(await client.refused()).toBe('protocol');
  });
});

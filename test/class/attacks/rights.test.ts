/** Who is let in may do what they may, and nothing of anybody else's. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ClassEvent } from '../../../src/board/events.ts';
import { cell } from '../../board/a-class.ts';
import {
  again,
  Board,
  connected,
  type Held,
  hold,
  instructor,
  joined,
  newLearner,
  token,
} from '../host/a-host.ts';

let held: Held;
beforeEach(async () => {
  held = await hold();
});
afterEach(() => held[Symbol.asyncDispose]());
const port = () => held.served.port;

describe('a learner', () => {
  test('cannot come in as another, with whatever token', async () => {
    const ada = await joined(port(), 'Ada');
    const bob = await joined(port(), 'Bob');
    for (const theirs of [bob.token, '', token(), `${ada.token} `, ada.token.slice(0, -1)]) {
      const client = await connected(port(), again(ada.id, theirs));
      expect(await client.refused()).toBe('unknown-learner');
      await client.closed;
    }
    // Nor was she disturbed by it.
    ada.client.say({ type: 'hand', up: true });
    expect((await ada.client.next('heard')).n).toBe(1);
  });

  test('cannot put another’s id into what they say', async () => {
    const ada = await joined(port(), 'Ada');
    const bob = await joined(port(), 'Bob');
    bob.client.send({ type: 'say', n: 1, at: 1, learner: ada.id, event: { type: 'hand', up: true } });
    expect(await bob.client.refused()).toBe('malformed');
    expect(held.served.book.row(ada.id, Date.now()).hand).toBeUndefined();
    expect(held.served.book.row(bob.id, Date.now()).hand).toBeUndefined();
  });

  test.each<[string, ClassEvent]>([
    ['the pace', { type: 'pace', pace: { mode: 'following' } }],
    ['an announcement', { type: 'announced', id: 'a', text: 'All go home' }],
    ['a hint to another', { type: 'hint', id: 'h', text: 'rm -rf', to: 'x' }],
    ['a removal', { type: 'removed', learner: 'x' }],
    ['the end', { type: 'class-ended' }],
    ['a poll’s end', { type: 'poll-closed', id: 'p', share: true }],
    [
      'a joining',
      {
        type: 'joined',
        learner: 'x',
        name: 'X',
        consent: { progress: true, outputs: true, transcript: true },
        tokenHash: '0'.repeat(64),
      },
    ],
    ['a host’s opening', { type: 'class-opened', id: 'z', title: 'Mine' }],
    ['a connection', { type: 'connected', learner: 'x', host: 'y' }],
  ])('cannot say %s', async (_, event) => {
    const ada = await joined(port(), 'Ada');
    const before = held.served.book.boardWithoutRows(0);
    ada.client.send({ type: 'say', n: 1, at: 1, event });
    expect(await ada.client.refused()).toBe('malformed');
    await ada.client.closed;
    expect(held.served.book.boardWithoutRows(0)).toEqual(before);
  });

  test('cannot look at a cell, nor say hello once more as an instructor', async () => {
    const ada = await joined(port(), 'Ada');
    ada.client.send({ type: 'look', learner: ada.id, lesson: '01-veth', cell: 'make' });
    expect(await ada.client.refused()).toBe('malformed');
    const bob = await joined(port(), 'Bob');
    bob.client.send(instructor());
    expect(await bob.client.refused()).toBe('malformed');
  });

  test('is told nothing of the others, but how many there are and what the instructor shows to all', async () => {
    const board = await Board.open(port());
    const ada = await joined(port(), 'Quokka', {
      consent: { progress: true, outputs: true, transcript: true },
    });
    const bob = await joined(port(), 'Bob');
    board.client.say({
      type: 'poll-opened',
      id: 'p',
      question: 'Is it up?',
      choices: ['yes', 'no'],
    });
    ada.client.say(cell('01-veth', 'make', 'failed'));
    ada.client.say({
      type: 'output',
      lesson: '01-veth',
      cell: 'make',
      text: 'quokka wrote',
      output: 'quokka saw',
    });
    ada.client.say({ type: 'question', id: 'q', text: 'quokka asks' });
    ada.client.say({ type: 'vote', poll: 'p', choice: 1 });
    await ada.client.next('heard', ({ n }) => n === 4);
    board.client.say({ type: 'hint', id: 'h', to: ada.id, text: 'for quokka alone' });
    board.client.say({
      type: 'question-answered',
      learner: ada.id,
      question: 'q',
      text: 'quokka is answered',
    });
    await ada.client.next('news', ({ news }) => news.kind === 'answer');
    board.client.say({ type: 'poll-closed', id: 'p', share: false });
    board.client.say({ type: 'announced', id: 'z', text: 'the end of it' });
    await bob.client.next('class', ({ class: { poll } }) => poll?.open === false);
    const all = JSON.stringify(bob.client.messages);
    expect(all).toContain('Is it up?');
    expect(all.toLowerCase()).not.toContain('quokka');
    expect(all).not.toContain(ada.id);
    expect(all).not.toContain('votes');
    expect(all).not.toContain('notes');
  });

  test('who says old numbers again changes nothing', async () => {
    const ada = await joined(port(), 'Ada');
    ada.client.say({ type: 'hand', up: true });
    ada.client.say({ type: 'hand', up: false });
    await ada.client.next('heard', ({ n }) => n === 2);
    ada.client.say({ type: 'hand', up: true }, 1);
    ada.client.say({ type: 'hand', up: true }, 2);
    expect((await ada.client.next('heard')).n).toBe(2);
    ada.client.send({ type: 'ping' });
    await ada.client.next('pong');
    expect(held.served.book.row(ada.id, Date.now()).hand).toBeUndefined();
  });

  test('who was taken out is out: with the connection that they have, with their token, and as who they were', async () => {
    const board = await Board.open(port());
    const ada = await joined(port(), 'Ada');
    board.client.say({ type: 'removed', learner: ada.id });
    expect(await ada.client.refused()).toBe('removed');
    await ada.client.closed;
    const back = await connected(port(), again(ada.id, ada.token));
    expect(await back.refused()).toBe('removed');
    await board.until(({ rows }) => rows.length === 0);
    // With the code they are somebody new: the instructor has taken out the learner, not the person.
    const anew = await joined(port(), 'Ada', { token: ada.token });
    expect(anew.id).not.toBe(ada.id);
    await held.again();
    const later = await connected(port(), again(ada.id, ada.token));
    expect(await later.refused()).toBe('removed');
  });
});

describe('names', () => {
  test('that another has are taken, also at the same moment', async () => {
    await joined(port(), 'Ada');
    const also = await connected(port(), newLearner('ＡＤＡ'));
    expect(await also.refused()).toBe('name-taken');
    const all = await Promise.all(
      Array.from({ length: 8 }, async () => {
        const client = await connected(port(), newLearner('Grace'));
        return client.answered();
      }),
    );
    expect(all.toSorted()).toEqual(['Grace', ...Array<string>(7).fill('name-taken')]);
  });
});

describe('with a roster', () => {
  const roster = [
    { id: 'a1', name: 'Ada' },
    { id: 'b2', name: 'Bob' },
    { id: 'c3', name: 'Bob' },
    { id: 'd4' },
  ];
  let strict: Held;
  beforeEach(async () => {
    strict = await hold({ roster });
  });
  afterEach(() => strict[Symbol.asyncDispose]());
  const join = async (hello: object) => {
    const client = await connected(strict.served.port, hello);
    return client.answered();
  };

  test('a code serves one, and so does a name', async () => {
    expect(await join(newLearner('', { roster: 'A1' }))).toBe('Ada');
    expect(await join(newLearner('', { roster: 'a1' }))).toBe('name-taken');
    expect(await join(newLearner('ada'))).toBe('name-taken');
    expect(await join(newLearner('Mallory'))).toBe('not-on-roster');
    expect(await join(newLearner('Mallory', { roster: 'zzz' }))).toBe('not-on-roster');
    // Who is called so is two: their codes tell them apart, and the name of the second is taken.
    expect(await join(newLearner('Bob'))).toBe('not-on-roster');
    expect(await join(newLearner('D4', { roster: 'd4' }))).toBe('D4');
  });
});

test('an instructor’s key is all of it', async () => {
  const { KEY } = await import('../host/a-host.ts');
  for (const key of ['', KEY.slice(0, -1), `${KEY}x`, KEY.toLowerCase(), token()]) {
    const client = await connected(port(), instructor(key));
    expect(await client.refused()).toBe('wrong-code');
    expect(JSON.stringify(client.messages)).not.toContain('rows');
  }
});

test('a full class is full', async () => {
  const small = await hold({ max: 2 });
  await joined(small.served.port, 'Ada');
  const bob = await joined(small.served.port, 'Bob');
  const eve = await connected(small.served.port, newLearner('Eve'));
  expect(await eve.refused()).toBe('full');
  const back = await connected(small.served.port, again(bob.id, bob.token));
  expect(await back.next('welcome')).toMatchObject({ name: 'Bob' });
  await small[Symbol.asyncDispose]();
});

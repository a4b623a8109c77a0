/**
 * Who sends too much, or reads too little, or only holds a place: the others are served as before, which is measured, and the
 * host's memory stays what it was.
 */
import { Socket } from 'node:net';
import { connect, type TLSSocket } from 'node:tls';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ClassEvent, Speaker } from '../../../src/board/events.ts';
import { Arrivals } from '../../../src/class/host/arrivals.ts';
import { Hub } from '../../../src/class/host/hub.ts';
import { Pending } from '../../../src/class/host/pending.ts';
import { Rooms } from '../../../src/class/host/rooms.ts';
import { COURSE, logOf, NOON, joined as theirs } from '../../board/a-class.ts';
import {
  again,
  Board,
  Client,
  connected,
  type Held,
  hold,
  instructor,
  joined,
  newLearner,
} from '../host/a-host.ts';

let held: Held;
const opened: (Socket | TLSSocket)[] = [];
const pending = new Pending(40, 1500);
beforeEach(async () => {
  held = await hold({ pending });
});
afterEach(async () => {
  for (const socket of opened.splice(0)) socket.destroy();
  await held[Symbol.asyncDispose]();
});
const port = () => held.served.port;

type Joined = Awaited<ReturnType<typeof joined>>;

/** How long it takes until the host has kept something, many times, one after the other: the worst but one in twenty. */
async function latency({ client }: Joined, times = 60): Promise<number> {
  const all: number[] = [];
  for (let at = 0; at < times; at++) {
    const began = performance.now();
    const n = client.say({ type: 'hand', up: at % 2 === 0 });
    await client.next('heard', (heard) => heard.n === n);
    all.push(performance.now() - began);
    // Below the rate that a learner has.
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return all.toSorted((a, b) => a - b)[Math.floor(times * 0.95)]!;
}

/** Told in the failure, so that a slow machine can be told from a fault. */
const slower = (before: number, during: number) =>
  `before ${before.toFixed(1)} ms, during ${during.toFixed(1)} ms`;

/** The same machine floods and serves, on two processors: what is allowed is far below what waiting for the flood would take. */
const ALLOWED_MS = 400;

describe('who sends too much', () => {
  test('is read more slowly, then let go; the others do not wait for it', async () => {
    const bob = await joined(port(), 'Bob');
    const before = await latency(bob);
    const flooders = await Promise.all(['Eve', 'Mallory', 'Trudy'].map((name) => joined(port(), name)));
    const ping = JSON.stringify({ type: 'ping' });
    const floods = flooders.map(async ({ client }) => {
      for (let at = 0; at < 200 && client.socket.readyState === client.socket.OPEN; at++) {
        for (let piece = 0; piece < 100; piece++) client.socket.send(ping, () => undefined);
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    });
    const during = await latency(bob);
    await Promise.all(floods);
    expect(during, slower(before, during)).toBeLessThan(before + ALLOWED_MS);
    for (const { client } of flooders) {
      await client.closed;
      expect(client.messages.filter(({ type }) => type === 'pong').length).toBeLessThan(2000);
      expect(client.messages.at(-1)).toMatchObject({ type: 'refused', code: 'too-fast' });
    }
  }, 60_000);

  test('who was long without connection may bring it all', async () => {
    const ada = await joined(port(), 'Ada');
    for (let at = 1; at <= 300; at++) ada.client.say({ type: 'reaction', reaction: 'lost' });
    expect((await ada.client.next('heard', ({ n }) => n === 300)).n).toBe(300);
    expect(ada.client.socket.readyState).toBe(ada.client.socket.OPEN);
  });

  test('who comes and goes without end is told to wait; the others do not notice', async () => {
    const ada = await joined(port(), 'Ada');
    const bob = await joined(port(), 'Bob');
    let refused: string | undefined;
    let times = 0;
    for (; times < 60 && refused === undefined; times++) {
      const client = await connected(port(), again(ada.id, ada.token));
      const answer = await client.answered();
      if (answer !== 'Ada') refused = answer;
    }
    expect(refused).toBe('too-fast');
    expect(times).toBeGreaterThan(20);
    expect(await latency(bob, 20)).toBeLessThan(ALLOWED_MS);
  });

  test('questions without end do not make boards read them all ten times a second', async () => {
    const learners = await Promise.all(
      Array.from({ length: 12 }, (_, at) => joined(port(), `Learner ${at}`)),
    );
    const board = await Board.open(port());
    const began = performance.now();
    const text = '?'.repeat(2000);
    for (let at = 0; at < 40; at++) {
      for (const { client } of learners) client.say({ type: 'question', id: `q${at}`, text });
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    await Promise.all(learners.map(({ client }) => client.next('heard', ({ n }) => n === 40)));
    await board.until(({ questions }) => questions.filter(({ id }) => id === 'q39').length === 12);
    const whole = board.client.messages.filter((message) => message.type === 'patch' && message.board);
    const long = whole.filter((message) => JSON.stringify(message).length > 100_000);
    expect(board.state.questions.length).toBe(120);
    expect(long.length).toBeLessThan((performance.now() - began) / 1000 + 3);
  });

  test('WebSocket’s own pings and pongs count too', async () => {
    const bob = await joined(port(), 'Bob');
    for (const kind of ['ping', 'pong'] as const) {
      const eve = await joined(port(), `Eve ${kind}`);
      for (let at = 0; at < 300; at++) eve.client.socket[kind]('x', true, () => undefined);
      await eve.client.closed;
    }
    for (let at = 0; at < 20; at++) bob.client.socket.ping();
    bob.client.say({ type: 'hand', up: true });
    await bob.client.next('heard');
  });
});

describe('who reads too little', () => {
  test('a board that reads nothing is given less to read, costs no memory, and no other board waits for it', async () => {
    const learners = await Promise.all(
      Array.from({ length: 20 }, (_, at) => joined(port(), `Learner ${at}`)),
    );
    const asleep = await connected(port(), instructor(undefined, 'asleep'));
    await asleep.next('welcome');
    asleep.socket.pause();
    const watching = await Board.open(port(), 'watching');
    const text = 'x'.repeat(1800);
    // Each patch carries all questions: a hundred of them of some hundred kilobytes.
    for (let round = 0; round < 10; round++) {
      for (const [at, { client }] of learners.entries())
        client.say({ type: 'question', id: `q${round}-${at}`, text });
      await Promise.all(learners.map(({ client }) => client.next('heard', ({ n }) => n === round + 1)));
      await watching.until(({ questions }) => questions.length === (round + 1) * 20);
    }
    const [bob] = learners as [Joined];
    const during = await latency(bob);
    expect(during).toBeLessThan(ALLOWED_MS);
    expect(watching.state.questions.length).toBe(200);
    // It wakes, and is told what it has missed: no more than that.
    asleep.socket.resume();
    await asleep.next('patch', ({ board }) => board?.questions.length === 200);
    const bytes = asleep.messages.reduce((sum, message) => sum + JSON.stringify(message).length, 0);
    expect(bytes).toBeLessThan(8 * 1024 * 1024);
  }, 60_000);

  test('a learner who reads nothing holds up nobody, and is told all when they read again', async () => {
    const ada = await joined(port(), 'Ada');
    const bob = await joined(port(), 'Bob');
    ada.client.socket.pause();
    // Each may say so much at once: more than any buffer on the way holds, twelve megabytes.
    const boards = await Promise.all(
      Array.from({ length: 20 }, (_, at) => Board.open(port(), `board-${at}`)),
    );
    const text = '网'.repeat(2000);
    for (const { client } of boards)
      for (let at = 1; at <= 100; at++) client.say({ type: 'hint', id: `h${at}`, to: ada.id, text });
    await Promise.all(boards.map(({ client }) => client.next('heard', ({ n }) => n === 100)));
    const during = await latency(bob);
    expect(during).toBeLessThan(ALLOWED_MS);
    ada.client.socket.resume();
    await ada.client.next('news', ({ seq }) => seq === 2000);
    const numbers = ada.client.messages.flatMap((message) => (message.type === 'news' ? [message.seq] : []));
    expect(numbers).toEqual(Array.from({ length: 2000 }, (_, at) => at + 1));
    // Nor is who comes back without any of them thrown out by so much news.
    const back = await connected(port(), again(ada.id, ada.token, { seen: 0 }));
    await back.next('news', ({ seq }) => seq === 2000);
  }, 60_000);

  test('nothing more is put before who does not read', async () => {
    const hub = new Hub({
      log: { follow: async () => undefined } as never,
      course: COURSE,
      host: 'h',
      now: () => NOON,
      trouble: () => undefined,
    });
    const told = logOf(
      ['host:1', { type: 'class-opened', id: 'c', title: 'Monday' }],
      ['host:1', theirs('ada')],
      ...Array.from({ length: 50 }, (_, at): [Speaker, ClassEvent] => [
        'instructor:x',
        { type: 'announced', id: `a${at}`, text: 'Break' },
      ]),
    );
    for (const entry of told) hub.book.apply(entry);
    const rooms = new Rooms(hub);
    const sent: number[] = [];
    const seat = {
      learner: 'ada',
      seen: 0,
      buffered: 0,
      send: (message: { seq?: number }) => {
        sent.push(message.seq!);
        seat.buffered += 30_000;
      },
      sendText: () => undefined,
      dismiss: () => undefined,
    };
    rooms.sit(seat as never);
    rooms.news(seat as never);
    expect(sent.length).toBe(9);
    rooms.tell();
    expect(sent.length).toBe(9);
    seat.buffered = 0;
    rooms.tell();
    expect(sent).toEqual(Array.from({ length: 18 }, (_, at) => at + 1));
    rooms.leave(seat as never);
    seat.buffered = 0;
    rooms.tell();
    expect(sent.length).toBe(18);
  });
});

describe('who only holds a place', () => {
  const rawFrom = (localAddress: string): Promise<Socket> =>
    new Promise((resolve) => {
      const socket = new Socket();
      opened.push(socket);
      socket.on('error', () => undefined);
      socket.connect({ host: '127.0.0.1', port: port(), localAddress }, () => resolve(socket));
    });
  const gone = (socket: Socket | TLSSocket) =>
    new Promise<void>((resolve) => (socket.destroyed ? resolve() : socket.once('close', () => resolve())));

  test('TCP without TLS is cut after a while', async () => {
    const sockets = await Promise.all(Array.from({ length: 20 }, () => rawFrom('127.0.0.3')));
    const bob = await joined(port(), 'Bob');
    expect(await latency(bob, 20)).toBeLessThan(ALLOWED_MS);
    await Promise.all(sockets.map(gone));
    expect(pending.count).toBe(0);
    expect(bob.client.socket.readyState).toBe(bob.client.socket.OPEN);
  });

  test('a handshake, a request and a hello that come a byte at a time are cut as well', async () => {
    const half = await rawFrom('127.0.0.3');
    // The beginning of a ClientHello that says it is 512 bytes long.
    half.write(Buffer.from([22, 3, 1, 2, 0, 1]));
    const slow = connect({ host: '127.0.0.1', port: port(), rejectUnauthorized: false });
    opened.push(slow);
    slow.on('error', () => undefined);
    const drip = setInterval(() => {
      half.write(Buffer.from([0]));
      slow.write('G');
    }, 100);
    const mute = await new Client(port()).opened();
    const slower = await new Client(port()).opened();
    const began = performance.now();
    await Promise.all([gone(half), gone(slow), mute.closed, slower.closed]);
    clearInterval(drip);
    expect(performance.now() - began).toBeLessThan(5000);
    expect(pending.count).toBe(0);
  });

  test('a flood of connections crowds out its own, not those of others', async () => {
    const flood = await Promise.all(Array.from({ length: 200 }, () => rawFrom('127.0.0.4')));
    expect(pending.count).toBeLessThanOrEqual(41);
    const bob = await joined(port(), 'Bob');
    await Promise.all(flood.slice(0, 150).map(gone));
    bob.client.send({ type: 'ping' });
    await bob.client.next('pong');
    // And who is in the class is not pending any more, however long they stay.
    await Promise.all(flood.map(gone));
    await new Promise((resolve) => setTimeout(resolve, 1600));
    expect(bob.client.socket.readyState).toBe(bob.client.socket.OPEN);
    expect((await connected(port(), newLearner('Zoe'))).socket.readyState).toBe(1);
  });

  test('handshakes without end are not made; others still get theirs', async () => {
    await using strict = await hold({ arrivals: new Arrivals({ perSecond: 1, burst: 10 }) });
    const comeFrom = async (localAddress: string) => {
      const client = new Client(strict.served.port, { localAddress });
      const came = await client.opened().then(
        () => true,
        () => false,
      );
      client.close();
      return came;
    };
    let made = 0;
    for (let at = 0; at < 40; at++) if (await comeFrom('127.0.0.5')) made += 1;
    expect(made).toBeGreaterThanOrEqual(10);
    expect(made).toBeLessThan(30);
    expect(await comeFrom('127.0.0.6')).toBe(true);
  });
});

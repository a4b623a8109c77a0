/** A class kept by NATS JetStream: Debian's nats-server, on loopback, killed and started again at will. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ServerClock } from '../../../src/class/log/nats/clock.ts';
import { openNatsLog } from '../../../src/class/log/nats/log.ts';
import { streamOf } from '../../../src/class/log/nats/names.ts';
import { connectQueue } from '../../../src/queue/connect.ts';
import { NatsServer } from '../../queue/nats-server.ts';
import { conforms, Heard, said } from './conformance.ts';

let folder: string;
let server: NatsServer;
let made = 0;
function fresh(): string {
  made += 1;
  return `class-${made}`;
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'class-nats-'));
  server = new NatsServer(join(folder, 'store'));
  await server.start();
});
afterAll(async () => {
  await server.kill();
  rmSync(folder, { recursive: true, force: true });
});

const deleteStream = async (id: string): Promise<void> => {
  const queue = await connectQueue(server.url, 'test', async () => {});
  await queue.jsm.streams.delete(streamOf(id));
  await queue.close();
};

describe('as every store', () => {
  conforms(async () => {
    const id = fresh();
    return {
      open: () => openNatsLog({ url: server.url, id }),
      shared: true,
      destroy: async () => {},
    };
  });
});

test('hosts whose own clocks differ by minutes count by one clock', () => {
  const server = { now: 1_790_000_000_000 };
  const clocks = [-180_000, 0, 95_000].map((wrong) => {
    const clock = new ServerClock(() => server.now + wrong);
    return clock;
  });
  const ways = [40, 3, 700, 12, 5000, 90];
  for (const way of ways)
    for (const clock of clocks) {
      const said = server.now;
      server.now += way;
      clock.seen(said);
      server.now -= way;
    }
  server.now += 60_000;
  // The quickest way was three milliseconds.
  for (const clock of clocks) expect(server.now - clock.now()).toBe(3);
});

test('a clock that is set meanwhile is followed', () => {
  const server = { now: 1_790_000_000_000 };
  let wrong = 300_000;
  const clock = new ServerClock(() => server.now + wrong);
  for (let at = 0; at < 100; at++) clock.seen(server.now);
  wrong = 0;
  for (let at = 0; at < 100; at++) clock.seen(server.now);
  expect(clock.now()).toBe(server.now);
  wrong = -300_000;
  for (let at = 0; at < 100; at++) clock.seen(server.now);
  expect(clock.now()).toBe(server.now);
});

test('two classes on one server know nothing of one another', async () => {
  await using a = await openNatsLog({ url: server.url, id: fresh() });
  await using b = await openNatsLog({ url: server.url, id: fresh() });
  await a.append(said('host', 1));
  await b.append(said('learner:b', 1));
  const heard = new Heard();
  await b.follow(heard.on);
  expect(heard.entries).toEqual([said('learner:b', 1)]);
});

test('the server killed -9 in the middle and away for a while: appending waits, nothing is lost or out of order', async () => {
  const id = fresh();
  await using log = await openNatsLog({ url: server.url, id });
  const heard = new Heard();
  await log.follow(heard.on);
  const appended: Promise<void>[] = [];
  let acknowledged = 0;
  const count = (): void => {
    acknowledged += 1;
  };
  const speak = (from: number, to: number): void => {
    for (let n = from; n <= to; n++)
      for (const name of ['a', 'b', 'c']) appended.push(log.append(said(`learner:${name}`, n)).then(count));
  };
  speak(1, 100);
  await heard.until(30);
  await server.kill();
  const before = acknowledged;
  speak(101, 150);
  await server.start();
  await Promise.all(appended);
  await heard.until(450);
  expect(before).toBeLessThan(450);
  for (const name of ['a', 'b', 'c'] as const)
    expect(heard.of(`learner:${name}`)).toEqual(Array.from({ length: 150 }, (_, index) => index + 1));
  // And it goes on.
  await log.append(said('host', 1));
  await heard.until(451);
});

test('a server that is away is told of, and that it is back; a cut of a moment is not', async () => {
  await using log = await openNatsLog({ url: server.url, id: fresh() });
  const told: (string | undefined)[] = [];
  log.onTrouble((trouble) => told.push(trouble?.code));
  await log.append(said('host', 1));
  await server.kill();
  const waiting = log.append(said('host', 2));
  await expect.poll(() => told, { timeout: 20_000 }).toEqual(['queue-not-reached']);
  // What is true for seconds only does not heap up meanwhile.
  log.present({ host: 'a', learners: [] });
  await server.start();
  await waiting;
  await expect.poll(() => told, { timeout: 20_000 }).toEqual(['queue-not-reached', undefined]);
});

test('what was acknowledged is there after kill -9 of the server', async () => {
  const id = fresh();
  let acknowledged = 0;
  {
    await using log = await openNatsLog({ url: server.url, id });
    const failing = Promise.all(
      Array.from({ length: 2000 }, (_, index) =>
        log.append(said(`learner:${index % 50}`, Math.floor(index / 50) + 1)).then(
          () => {
            acknowledged += 1;
          },
          () => {},
        ),
      ),
    );
    while (acknowledged < 300) await new Promise((resolve) => setTimeout(resolve, 1));
    await server.kill();
    await log[Symbol.asyncDispose]();
    await failing;
  }
  expect(acknowledged).toBeLessThan(2000);
  await server.start();
  await using again = await openNatsLog({ url: server.url, id });
  const heard = new Heard();
  await again.follow(heard.on);
  expect(heard.entries.length).toBeGreaterThanOrEqual(acknowledged);
});

test('closed while the server is away: what waits is refused, and says why', async () => {
  const log = await openNatsLog({ url: server.url, id: fresh() });
  await server.kill();
  const waiting = log.append(said('learner:a', 1)).catch((error) => error.code);
  await log[Symbol.asyncDispose]();
  expect(await waiting).toBe('queue-not-reached');
  await server.start();
});

test('the stream deleted: who follows and who appends are told, and the log is lost', async () => {
  const id = fresh();
  await using log = await openNatsLog({ url: server.url, id });
  await log.append(said('host', 1));
  await log.follow(() => {});
  await deleteStream(id);
  await expect(log.append(said('host', 2))).rejects.toMatchObject({ code: 'class-store-broken' });
  expect((await log.lost).message).toContain('not there any more');
});

test('the stream deleted and made anew by another: it is not taken for this class', async () => {
  const id = fresh();
  await using log = await openNatsLog({ url: server.url, id });
  await log.append(said('host', 1));
  const heard = new Heard();
  await log.follow(heard.on);
  await deleteStream(id);
  await using other = await openNatsLog({ url: server.url, id });
  await other.append(said('host', 1));
  await other.append(said('learner:other', 1));
  expect((await log.lost).code).toBe('class-store-broken');
  expect(heard.entries).toEqual([said('host', 1)]);
});

test('no room: the newest is refused and told of, nothing old is thrown away', async () => {
  const config = join(folder, 'small.conf');
  writeFileSync(config, 'jetstream { max_file_store: 20KB, max_memory_store: 1MB }');
  const small = new NatsServer(join(folder, 'small'), ['-c', config]);
  await small.start();
  try {
    await using log = await openNatsLog({ url: small.url, id: 'a' });
    let stored = 0;
    const filling = (async () => {
      for (let n = 1; ; n++) {
        await log.append(said('learner:a', n));
        stored = n;
      }
    })();
    await expect(filling).rejects.toMatchObject({ code: 'class-store-full' });
    expect(stored).toBeGreaterThan(20);
    const heard = new Heard();
    await log.follow(heard.on);
    expect(heard.of('learner:a')).toEqual(Array.from({ length: stored }, (_, index) => index + 1));
  } finally {
    await small.kill();
  }
});

test('a stream that would throw the oldest away is not taken', async () => {
  const id = fresh();
  const queue = await connectQueue(server.url, 'test', async (jsm) => {
    await jsm.streams.add({ name: streamOf(id), subjects: [`wirebook.class.${id}.log`], max_msgs: 100 });
  });
  await queue.close();
  await expect(openNatsLog({ url: server.url, id })).rejects.toMatchObject({ code: 'class-store-broken' });
});

test('what another program put into the stream is passed over', async () => {
  const id = fresh();
  await using log = await openNatsLog({ url: server.url, id });
  const queue = await connectQueue(server.url, 'test', async () => {});
  for (const text of ['', 'null', '{"from":1}', '\u0000', '[]', '{"from":"host","n":"x","at":1,"event":{}}'])
    await queue.js.publish(`wirebook.class.${id}.log`, text);
  await queue.close();
  await log.append(said('host', 1));
  const heard = new Heard();
  await log.follow(heard.on);
  expect(heard.entries).toEqual([said('host', 1)]);
});

test.each(['', 'a.b', 'a>', '*', 'a b', '../x', 'ä', 'x'.repeat(65)])(
  'no name of a class: %j',
  async (id) => {
    await expect(openNatsLog({ url: server.url, id })).rejects.toMatchObject({
      code: 'bad-class-id',
      exit: 2,
    });
  },
);

test('no server there: told at once, with what to start', async () => {
  await expect(openNatsLog({ url: 'nats://127.0.0.1:9', id: 'x' })).rejects.toMatchObject({
    code: 'queue-not-reached',
    exit: 3,
  });
});

/**
 * A class held by two hosts over NATS JetStream, one of them killed -9: no acknowledged event is lost, none is shown twice, and
 * who was with the one that died goes on with the other.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Book } from '../../../src/board/book.ts';
import type { Entry } from '../../../src/board/events.ts';
import { openNatsLog } from '../../../src/class/log/nats/log.ts';
import { reportOf } from '../../../src/class/report/make.ts';
import { COURSE } from '../../board/a-class.ts';
import { NatsServer } from '../../queue/nats-server.ts';
import { Crowd, cellSaid, type SimulatedLearner } from '../helpers/crowd.ts';
import { type HostProcess, makeKeys, startHost } from '../helpers/processes.ts';
import { Watcher } from '../helpers/watcher.ts';

const keys = makeKeys();
const LEARNERS = 200;
const TIMES = 20;
/** Said at once by those who are with the host that dies. */
const BREATH = 15;
let folder: string;
let server: NatsServer;
let hosts: HostProcess[];
const start = () => startHost(keys, COURSE, { url: server.url, id: 'replicas' });
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'class-replicas-'));
  server = new NatsServer(folder);
  await server.start();
  hosts = await Promise.all([start(), start()]);
});
afterEach(async () => {
  await Promise.all(hosts.map((host) => host.kill()));
  await server.kill();
  rmSync(folder, { recursive: true, force: true });
});

/** Everything that is in the stream, each once and in its order. */
async function kept(): Promise<Entry[]> {
  await using log = await openNatsLog({ url: server.url, id: 'replicas' });
  const entries: Entry[] = [];
  await log.follow((entry) => entries.push(entry));
  return entries;
}

const numbers = (entries: readonly Entry[], id: string): number[] =>
  entries.filter(({ from }) => from === `learner:${id}`).map(({ n }) => n);
const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);
const every = (what: readonly SimulatedLearner[], fits: (learner: SimulatedLearner) => boolean) =>
  expect
    .poll(() => what.filter((one) => !fits(one)).map(({ name }) => name), { timeout: 60_000 })
    .toEqual([]);

test(`${LEARNERS} learners with two hosts, one killed in the middle: nothing acknowledged is lost, nothing shown twice`, async () => {
  const [a, b] = hosts as [HostProcess, HostProcess];
  const [atA, atB] = [new Watcher(a, keys.key, { board: 'a' }), new Watcher(b, keys.key, { board: 'b' })];
  await Promise.all([atA.welcomed(), atB.welcomed()]);
  const crowd = new Crowd({ hosts, secret: keys.secret, count: LEARNERS });
  await crowd.join();
  const { learners } = crowd;
  const first = learners.filter(({ host }) => host === 0);
  expect(first).toHaveLength(LEARNERS / 2);

  const talking = crowd.talk(TIMES, 250);
  atA.say({ type: 'announced', id: 'hello', text: 'to everybody, by the one that dies' });
  await every(learners, ({ news }) => news.length === 1);
  await every(first, ({ heard }) => heard >= 5);
  // Much is on its way when it dies, and a part of that acknowledged.
  const total = (): number => first.reduce((sum, { heard }) => sum + heard, 0);
  for (let times = 0; times < BREATH; times++) for (const one of first) one.say(cellSaid(one, one.said + 1));
  const before = total();
  await expect.poll(total, { interval: 1, timeout: 60_000 }).toBeGreaterThan(before + 100);
  await a.kill();
  // What each has been told is kept, at the moment in which it dies.
  const acknowledged = new Map(learners.map(({ id, heard }) => [id, heard]));
  expect(first.some(({ unheard }) => unheard > 0)).toBe(true);
  const after = await kept();
  for (const [id, heard] of acknowledged)
    expect(numbers(after, id)).toEqual(expect.arrayContaining(upTo(heard)));
  atB.say({ type: 'announced', id: 'again', text: 'by the one that lives' });

  await talking;
  await crowd.settle();
  await every(learners, ({ news }) => news.length === 2);
  for (const { said, heard, news, host, welcomes, refusals } of learners) {
    expect(said).toBeGreaterThanOrEqual(TIMES);
    expect({ heard, news, host, refusals }).toEqual({
      heard: said,
      news: [1, 2],
      host: 1,
      refusals: [],
    });
    expect(welcomes).toBeLessThan(10);
  }
  expect(first.every(({ welcomes }) => welcomes > 1)).toBe(true);

  // In the log each stands once, in its order.
  const entries = await kept();
  for (const { id, said } of learners) expect(numbers(entries, id)).toEqual(upTo(said));

  // What the board shows is what the log comes to, and no number of a learner came twice, or after a later one.
  const book = new Book(COURSE);
  for (const entry of entries) book.apply(entry);
  const rows = [...book.learners()].map(({ id }) => book.row(id, 0)).sort((x, y) => (x.id < y.id ? -1 : 1));
  const shown = () =>
    atB
      .state!.rows.map(({ id, name, cells, points }) => ({ id, name, cells, points }))
      .sort((x, y) => (x.id < y.id ? -1 : 1));
  await expect
    .poll(shown, { timeout: 20_000 })
    .toEqual(rows.map(({ id, name, cells, points }) => ({ id, name, cells, points })));
  expect(rows).toHaveLength(LEARNERS);
  for (const { id, said } of learners) {
    const seen = atB.seen.filter(({ learner }) => learner === id).map(({ attempts }) => attempts);
    expect(seen).toEqual([...new Set(seen)].sort((x, y) => x - y));
    expect(seen.at(-1)).toBe(said);
  }
  expect(atB.state!.announcements.map(({ id }) => id)).toEqual(['hello', 'again']);
  // Nobody is away: all are with the one that lives.
  await expect
    .poll(() => atB.state!.rows.filter(({ status }) => status === 'away').length, { timeout: 20_000 })
    .toBe(0);
  atA.close();
  atB.close();
  crowd.close();
}, 180_000);

test('what a host has read and the server has not kept is not acknowledged, and is said again to the other one', async () => {
  const [a] = hosts as [HostProcess];
  const crowd = new Crowd({ hosts, secret: keys.secret, count: 20 });
  await crowd.join();
  const { learners } = crowd;
  const first = learners.filter(({ host }) => host === 0);
  await server.pause();
  for (let times = 0; times < 5; times++) for (const one of first) one.say(cellSaid(one, one.said + 1));
  await Promise.all(first.map((one) => one.ping()));
  expect(first.map(({ unheard }) => unheard)).toEqual(first.map(() => 5));
  await a.kill();
  server.goOn();
  await crowd.settle();
  const entries = await kept();
  for (const { id } of first) expect(numbers(entries, id)).toEqual(upTo(5));
  crowd.close();
}, 90_000);

test('a host that was killed is followed by another one, which has all of it; attendance knows of the cut', async () => {
  const [a, b] = hosts as [HostProcess, HostProcess];
  const crowd = new Crowd({ hosts: [a], secret: keys.secret, count: 3 });
  await crowd.join();
  for (const learner of crowd.learners) learner.say(cellSaid(learner, 1));
  await crowd.settle();
  crowd.close();
  await Promise.all([a.kill(), b.kill()]);
  const c = await start();
  hosts.push(c);
  const watcher = new Watcher(c, keys.key);
  await watcher.welcomed();
  expect(watcher.state!.rows.map(({ points }) => points)).toEqual([3, 3, 3]);
  // The one that lives says for those that cannot any more that their connections are over, as of when they lived.
  const ended = (entries: Entry[]) => entries.filter(({ event }) => event.type === 'disconnected');
  await expect
    .poll(
      async () => new Set(ended(await kept()).map(({ event }) => 'learner' in event && event.learner)).size,
      { timeout: 30_000 },
    )
    .toBe(3);
  const entries = await kept();
  const report = reportOf(entries, { course: COURSE, wirebook: 'test', at: Date.now() + 3600_000 });
  for (const { spans, connectedMs } of report.learners) {
    expect(spans).toHaveLength(1);
    expect(connectedMs).toBeLessThan(60_000);
  }
  watcher.close();
}, 120_000);

test('of one learner with two hosts at the same time the later connection stays', async () => {
  const [a, b] = hosts as [HostProcess, HostProcess];
  const crowd = new Crowd({ hosts: [a], secret: keys.secret, count: 1 });
  await crowd.join();
  const [learner] = crowd.learners;
  const twin = learner!.twin([b]);
  await twin.join();
  await expect.poll(() => learner!.refusals, { timeout: 20_000 }).toEqual(['elsewhere']);
  twin.say({ type: 'hand', up: true });
  await expect.poll(() => twin.heard, { timeout: 20_000 }).toBe(1);
  expect(twin.refusals).toEqual([]);
  twin.close();
  crowd.close();
}, 60_000);

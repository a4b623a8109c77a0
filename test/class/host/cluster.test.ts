/**
 * A class kept by a cluster of three NATS servers, one of them killed -9 while two hundred learners speak through two hosts: no
 * acknowledged event is lost, none is shown twice, and nobody has to do anything for it to go on.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Book } from '../../../src/board/book.ts';
import type { Entry } from '../../../src/board/events.ts';
import { openNatsLog } from '../../../src/class/log/nats/log.ts';
import { streamOf } from '../../../src/class/log/nats/names.ts';
import { COURSE } from '../../board/a-class.ts';
import { NatsCluster } from '../../queue/nats-cluster.ts';
import { Crowd, cellSaid } from '../helpers/crowd.ts';
import { type HostProcess, makeKeys, startHost } from '../helpers/processes.ts';
import { Watcher } from '../helpers/watcher.ts';

const keys = makeKeys();
const ID = 'cluster';
const LEARNERS = 200;
/** What each says one after the other, and then at once. */
const TIMES = 12;
const BREATH = 6;
let folder: string;
let cluster: NatsCluster;
let hosts: HostProcess[];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'class-cluster-'));
  cluster = await NatsCluster.start(folder);
  const start = () => startHost(keys, COURSE, { url: cluster.url, id: ID });
  hosts = [await start(), await start()];
}, 60_000);
afterEach(async () => {
  await Promise.all(hosts.map((host) => host.kill()));
  await cluster.kill();
  rmSync(folder, { recursive: true, force: true });
});

async function kept(): Promise<Entry[]> {
  await using log = await openNatsLog({ url: cluster.url, id: ID });
  const entries: Entry[] = [];
  await log.read((entry) => entries.push(entry));
  return entries;
}

const numbers = (entries: readonly Entry[], id: string): number[] =>
  entries.filter(({ from }) => from === `learner:${id}`).map(({ n }) => n);
const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

// The one that leads the stream, and one that only follows it: with it go the readings that it served.
test.each([
  ['that leads the stream', 0],
  ['that follows', 1],
])(
  `${LEARNERS} learners with two hosts, the server %s killed in the middle`,
  async (_, behind) => {
    const { leader, replicas } = await cluster.leaderOf(streamOf(ID));
    expect(replicas).toBe(3);
    const watchers = hosts.map((host, at) => new Watcher(host, keys.key, { board: `board${at}` }));
    await Promise.all(watchers.map((one) => one.welcomed()));
    const crowd = new Crowd({ hosts, secret: keys.secret, count: LEARNERS });
    await crowd.join();
    const { learners } = crowd;
    const total = (): number => learners.reduce((sum, { heard }) => sum + heard, 0);

    const talking = crowd.talk(TIMES, 250);
    await expect.poll(total, { timeout: 60_000 }).toBeGreaterThan(LEARNERS * 3);
    // Much is on its way when it dies.
    for (let times = 0; times < BREATH; times++)
      for (const one of learners) one.say(cellSaid(one, one.said + 1));
    const before = total();
    await expect.poll(total, { interval: 1, timeout: 60_000 }).toBeGreaterThan(before + 50);
    await cluster.servers[(leader + behind) % 3]!.kill();
    const acknowledged = new Map(learners.map(({ id, heard }) => [id, heard]));
    const died = performance.now();
    await talking;
    await crowd.settle();
    if (process.env.TELL)
      console.log(`all was acknowledged ${Math.round(performance.now() - died)} ms later`);

    const entries = await kept();
    const book = new Book(COURSE);
    for (const entry of entries) book.apply(entry);
    for (const { id, said, heard, refusals } of learners) {
      expect({ heard, refusals }).toEqual({ heard: said, refusals: [] });
      expect(heard).toBeGreaterThanOrEqual(acknowledged.get(id)!);
      expect([...new Set(numbers(entries, id))]).toEqual(upTo(said));
    }
    for (const watcher of watchers) {
      const points = () => watcher.state!.rows.map(({ id, points: own }) => [id, own]).sort();
      const all = [...book.learners()].map(({ id }) => [id, book.row(id, 0).points]).sort();
      await expect.poll(points, { timeout: 30_000 }).toEqual(all);
      for (const { id, said } of learners) {
        const seen = watcher.seen.filter(({ learner }) => learner === id).map(({ attempts }) => attempts);
        expect(seen).toEqual([...new Set(seen)].sort((x, y) => x - y));
        expect(seen.at(-1)).toBe(said);
      }
      watcher.close();
    }
    // It comes back, and has what the others have.
    await cluster.servers[(leader + behind) % 3]!.start();
    for (const one of learners) one.say(cellSaid(one, one.said + 1));
    await crowd.settle();
    crowd.close();
  },
  240_000,
);

/** A host with many learners at once: everything that they say is on the board, once, and nobody is let go. What it costs is the bench's to say. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { COURSE } from '../../board/a-class.ts';
import { Crowd } from '../helpers/crowd.ts';
import { type HostProcess, makeKeys, startHost } from '../helpers/processes.ts';
import { Watcher } from '../helpers/watcher.ts';

const keys = makeKeys();
let folder: string;
let host: HostProcess;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'class-crowd-'));
  host = await startHost(keys, COURSE, { folder });
});
afterEach(async () => {
  await host.kill();
  rmSync(folder, { recursive: true, force: true });
});

test('300 learners, ten things each: all of it on the board, each once, and the same rows as who comes later is given', async () => {
  const watcher = new Watcher(host, keys.key);
  await watcher.welcomed();
  const crowd = new Crowd({ hosts: [host], secret: keys.secret, count: 300 });
  await crowd.join();
  await crowd.talk(10, 200);
  await crowd.settle();
  // What was acknowledged is told with the next patch; of two in the same patch the later one.
  const last = () => new Map(watcher.seen.map(({ learner, attempts }) => [learner, attempts]));
  await expect.poll(() => [...last().values()].filter((n) => n === 10).length, { timeout: 40_000 }).toBe(300);
  for (const { id, refusals, welcomes, heard } of crowd.learners) {
    expect({ refusals, welcomes, heard }).toEqual({ refusals: [], welcomes: 1, heard: 10 });
    const numbers = watcher.seen.filter(({ learner }) => learner === id).map(({ attempts }) => attempts);
    // Each once, and never an earlier one after a later.
    expect(numbers).toEqual([...new Set(numbers)].sort((x, y) => x - y));
  }
  const later = new Watcher(host, keys.key, { board: 'later' });
  await later.welcomed();
  const shown = ({ state }: Watcher) =>
    state!.rows
      .map(({ id, cells, points, stuckOn }) => ({ id, cells, points, stuckOn }))
      .sort((a, b) => (a.id < b.id ? -1 : 1));
  expect(shown(watcher)).toEqual(shown(later));
  later.close();
  watcher.close();
  crowd.close();
}, 90_000);

test('who says too much at once is slowed, not lost: 500 things in one breath', async () => {
  const crowd = new Crowd({ hosts: [host], secret: keys.secret, count: 1 });
  await crowd.join();
  const [learner] = crowd.learners;
  for (let n = 1; n <= 500; n++) learner!.say({ type: 'hand', up: n % 2 === 0 });
  await crowd.settle();
  expect(learner).toMatchObject({ heard: 500, refusals: [], welcomes: 1 });
  crowd.close();
}, 60_000);

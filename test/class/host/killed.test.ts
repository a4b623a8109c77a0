/** Real processes: the host is killed in the middle, started again, and nobody has lost anything. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { parseCode } from '../../../src/class/code.ts';
import { findClasses } from '../../../src/class/host/folder.ts';
import { LOG_FILE } from '../../../src/class/log/disk/log.ts';
import { readLog } from '../../../src/class/log/disk/read.ts';
import { bringUpToDate } from '../../cli/wirebook.ts';
import { Crowd } from '../helpers/crowd.ts';
import { Watcher } from '../helpers/watcher.ts';
import { freePort, type Hosting, startHost } from './command.ts';

let state: string;
let host: Hosting | undefined;
let crowd: Crowd | undefined;
beforeAll(bringUpToDate, 120_000);
beforeEach(() => {
  state = mkdtempSync(join(tmpdir(), 'wirebook-class-'));
});
afterEach(async () => {
  crowd?.close();
  await host?.kill('SIGKILL');
  rmSync(state, { recursive: true });
});

const CODE = /wirebook class join \S+ (\S+)/;

test('kill -9 in the middle, and start again: everybody comes back, nothing acknowledged is lost, none counts twice', async () => {
  const port = await freePort();
  const args = ['01-namespaces', '--port', `${port}`];
  host = startHost(args, state);
  const code = await host.printed(CODE);
  const oldKey = await host.printed(/\/board#(\S+)/);
  const { secret } = parseCode(code);
  crowd = new Crowd({ hosts: [{ address: '127.0.0.1', port }], secret, count: 12 });
  await crowd.join();
  const talking = crowd.talk(60, 100);
  for (let kills = 1; kills <= 2; kills++) {
    const enough = kills * 120;
    while (crowd.learners.reduce((sum, { heard }) => sum + heard, 0) < enough)
      await new Promise((resolve) => setTimeout(resolve, 10));
    await host.kill('SIGKILL');
    host = startHost(args, state);
    expect(await host.printed(CODE)).toBe(code);
  }
  await talking;
  await crowd.settle();
  expect(crowd.learners.map(({ welcomes }) => welcomes > 1)).not.toContain(false);
  expect(crowd.learners.flatMap(({ refusals }) => refusals)).toEqual([]);

  // A board of before the kills, with the key that it has.
  const watcher = new Watcher({ address: '127.0.0.1', port }, oldKey);
  await watcher.welcomed();
  const rows = watcher.state!.rows;
  expect(rows.length).toBe(12);
  watcher.close();

  await host.kill('SIGKILL');
  const [{ folder, file }] = findClasses(join(state, 'wirebook')) as [ReturnType<typeof findClasses>[0]];
  const kept = new Map<string, number[]>();
  await readLog(join(folder, LOG_FILE), ({ from, n }) => {
    const numbers = kept.get(from) ?? [];
    kept.set(from, numbers);
    if (n > (numbers.at(-1) ?? 0)) numbers.push(n);
  });
  const all = Array.from({ length: 60 }, (_, at) => at + 1);
  for (const { id } of crowd.learners) expect(kept.get(`learner:${id}`)).toEqual(all);
  expect(file.endedAt).toBeUndefined();
}, 120_000);

test('SIGTERM stops the host and not the class; ended by a board, the next host begins a new one', async () => {
  const port = await freePort();
  const args = ['01-namespaces', '--port', `${port}`, '--title', 'Monday'];
  host = startHost(args, state);
  const first = await host.printed(CODE);
  await host.kill('SIGTERM');
  expect(host.output()).toContain('goes on when you start it again');
  host = startHost(args, state);
  expect(await host.printed(CODE)).toBe(first);
  expect(host.output()).toContain('Monday: the class goes on.');
  const key = await host.printed(/\/board#(\S+)/);
  const watcher = new Watcher({ address: '127.0.0.1', port }, key);
  await watcher.welcomed();
  watcher.say({ type: 'class-ended' });
  await host.printed(/The class has ended/);
  expect(await new Promise((resolve) => host!.child.once('close', resolve))).toBe(0);
  watcher.close();
  host = startHost(args, state);
  expect(await host.printed(CODE)).not.toBe(first);
  expect(host.output()).toContain('Monday: the class is open.');
}, 60_000);

test.each<[string, string[], RegExp]>([
  ['a course that is not there', ['no-such-course'], /no-such-course/],
  ['a certificate without its key', ['--cert', 'x.pem'], /needs its key/],
  ['a roster that is not there', ['--roster', 'nobody.csv'], /nobody\.csv is not there/],
  ['an address of another machine', ['--listen', '192.0.2.1'], /--listen ADDRESS/],
  ['NATS without a name', ['--nats', 'nats://127.0.0.1:1'], /--class NAME --secret FILE/],
])('%s is said so', async (_, args, words) => {
  host = startHost(args.includes('no-such-course') ? args : ['01-namespaces', '--port', '0', ...args], state);
  const exit = await new Promise((resolve) => host!.child.once('close', resolve));
  expect(host.output()).toMatch(words);
  expect(exit).toBe(2);
});

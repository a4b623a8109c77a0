/** `wirebook class host --nats` twice: one class with one code, by two processes, of which one is killed. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { parseCode } from '../../../src/class/code.ts';
import { bringUpToDate } from '../../cli/wirebook.ts';
import { NatsServer } from '../../queue/nats-server.ts';
import { Crowd } from '../helpers/crowd.ts';
import { Watcher } from '../helpers/watcher.ts';
import { freePort, type Hosting, startHost } from './command.ts';

let folder: string;
let server: NatsServer;
const hosts: Hosting[] = [];
let crowd: Crowd | undefined;
beforeAll(bringUpToDate, 120_000);
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'wirebook-class-'));
  server = new NatsServer(join(folder, 'nats'));
  await server.start();
  writeFileSync(join(folder, 'secret'), 'a secret of all hosts of the class');
});
afterEach(async () => {
  crowd?.close();
  await Promise.all(hosts.splice(0).map((host) => host.kill('SIGKILL')));
  await server.kill();
  rmSync(folder, { recursive: true, force: true });
});

const CODE = /wirebook class join \S+ (\S+)/;
const begin = (port: number, ...more: string[]): Hosting => {
  const nats = ['--nats', server.url, '--class', 'monday', '--secret', join(folder, 'secret')];
  const host = startHost(['01-namespaces', '--port', `${port}`, ...nats, ...more], folder);
  hosts.push(host);
  return host;
};

test('two hosts are one class; who was with the one that dies goes on with the other', async () => {
  const ports = [await freePort(), await freePort()];
  const [a, b] = ports.map((port) => begin(port)) as [Hosting, Hosting];
  const code = await a.printed(CODE);
  expect(await b.printed(CODE)).toBe(code);
  const key = await a.printed(/\/board#(\S+)/);
  expect(await b.printed(/\/board#(\S+)/)).toBe(key);
  const addresses = ports.map((port) => ({ address: '127.0.0.1', port }));
  crowd = new Crowd({ hosts: addresses, secret: parseCode(code).secret, count: 6 });
  await crowd.join();
  const talking = crowd.talk(20, 100);
  while (crowd.learners.some(({ heard }) => heard < 5))
    await new Promise((resolve) => setTimeout(resolve, 10));
  await a.kill('SIGKILL');
  await talking;
  await crowd.settle();
  const watcher = new Watcher(addresses[1]!, key);
  await watcher.welcomed();
  expect(watcher.state!.rows.map(({ name }) => name).toSorted()).toEqual(
    crowd.learners.map(({ name }) => name).toSorted(),
  );
  watcher.say({ type: 'class-ended' });
  await b.printed(/The class has ended/);
  watcher.close();
}, 120_000);

test('a host with another secret, or with other lessons, is told so', async () => {
  const port = await freePort();
  await begin(port).printed(CODE);
  writeFileSync(join(folder, 'other'), 'another secret than that of the others');
  const stranger = begin(await freePort(), '--secret', join(folder, 'other'));
  expect(await new Promise((resolve) => stranger.child.once('close', resolve))).toBe(2);
  expect(stranger.output()).toContain('was begun with another secret');
  const nats = ['--nats', server.url, '--class', 'monday', '--secret', join(folder, 'secret')];
  const other = startHost(['02-cable', '--port', `${await freePort()}`, ...nats], folder);
  hosts.push(other);
  expect(await new Promise((resolve) => other.child.once('close', resolve))).toBe(2);
  expect(other.output()).toContain('was begun with another course');
}, 60_000);

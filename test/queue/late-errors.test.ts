/** A server that goes down never ends our own process, whatever was being said to it in that moment. */
import { mkdtempSync, rmSync } from 'node:fs';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { connectQueue, type Queue } from '../../src/queue/connect.ts';
import { NatsServer } from './nats-server.ts';

let folder: string;
let server: NatsServer;
let queue: Queue;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'queue-late-'));
  server = new NatsServer(folder);
  await server.start();
  queue = await connectQueue(server.url, 'test', async () => {});
});
afterEach(async () => {
  await queue.close();
  await server.kill();
  rmSync(folder, { recursive: true, force: true });
});

const socketOf = ({ nc }: Queue): Socket =>
  (nc as unknown as { protocol: { transport: { socket: Socket } } }).protocol.transport.socket;

/** As the library leaves it, and what the socket then tells. */
function goDown(socket: Socket): void {
  socket.removeAllListeners();
  socket.emit('error', new Error('write after end'));
}

test('an error that the socket tells when it was let go is heard', async () => {
  const first = socketOf(queue);
  goDown(first);
  first.destroy();
  expect(first.listenerCount('error')).toBeGreaterThan(0);
});

test('also of the connection that comes after a restart', async () => {
  const first = socketOf(queue);
  const again = (async () => {
    for await (const { type } of queue.nc.status()) if (type === 'reconnect') return;
  })();
  await server.kill();
  await server.start();
  await again;
  const second = socketOf(queue);
  expect(second).not.toBe(first);
  goDown(second);
  expect(second.listenerCount('error')).toBeGreaterThan(0);
});

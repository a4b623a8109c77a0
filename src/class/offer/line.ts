/**
 * The one way out of a seat: a socket in its view that leads to the class's own port, and to nothing else. Each seat comes to it
 * from an address of its own of the loopback, so that what one says wrongly is not counted to the others.
 */
import { chmodSync, closeSync, constants, openSync, rmSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { makeFolder } from '../../lib/folders.ts';

const NAME = 'class';
/** One is in use; another while it is replaced. */
const MOST = 4;

export interface SeatLine {
  close(): void;
}

export interface LineOptions {
  /** What the seat sees as its folder for it. */
  folder: string;
  /** Of the class. */
  host: string;
  port: number;
  /** Of the seat, below 250 * 250. */
  number: number;
}

export async function openLine({ folder, host, port, number }: LineOptions): Promise<SeatLine> {
  makeFolder(folder, 0o711);
  rmSync(join(folder, NAME), { force: true });
  const sockets = new Set<Socket>();
  const server = createServer((inside) => {
    if (sockets.size >= MOST * 2) {
      inside.destroy();
      return;
    }
    const from = `127.77.${Math.floor(number / 250)}.${(number % 250) + 2}`;
    const outside = connect({ host, port, localAddress: from });
    for (const [socket, other] of [
      [inside, outside],
      [outside, inside],
    ] as const) {
      sockets.add(socket);
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        sockets.delete(socket);
        other.destroy();
      });
    }
    inside.pipe(outside);
    outside.pipe(inside);
  });
  // A path of a socket has 107 bytes at the most (unix(7)); a descriptor's is short.
  const at = openSync(folder, constants.O_RDONLY | constants.O_DIRECTORY);
  const path = `/proc/self/fd/${at}/${NAME}`;
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(path, () => resolve());
    });
    // Who can come to it at all is decided by the folders above.
    chmodSync(join(folder, NAME), 0o666);
  } catch (error) {
    closeSync(at);
    throw error;
  }
  return {
    close() {
      server.close(() => closeSync(at));
      for (const socket of sockets) socket.destroy();
      rmSync(join(folder, NAME), { force: true });
    },
  };
}

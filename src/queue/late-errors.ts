/**
 * nats.js (3.4) takes its listeners off a socket that goes down. What is published in that very moment makes the socket tell
 * an error ("write after end") that nobody listens to any more, which would end the whole process: a class, or a night of
 * grading, because a server was restarted. What it had to say the connection knows already; so it is heard, and dropped.
 */
import type { Socket } from 'node:net';
import type { NatsConnection } from '@nats-io/transport-node';

interface Transport {
  socket?: Socket;
  setupHandlers(): void;
}

const mended = new WeakSet<object>();

/** Also for the connections that it makes anew by itself. */
export function hearLateErrors(nc: NatsConnection): void {
  const { transport } = (nc as unknown as { protocol?: { transport?: Transport } }).protocol ?? {};
  if (transport === undefined) return;
  hear(transport.socket);
  const prototype = Object.getPrototypeOf(transport) as Transport;
  if (mended.has(prototype) || typeof prototype.setupHandlers !== 'function') return;
  mended.add(prototype);
  const { setupHandlers } = prototype;
  prototype.setupHandlers = function (this: Transport) {
    setupHandlers.call(this);
    hear(this.socket);
  };
}

function hear(socket: Socket | undefined): void {
  if (socket === undefined || mended.has(socket)) return;
  mended.add(socket);
  const remove = socket.removeAllListeners.bind(socket);
  socket.removeAllListeners = (event) => {
    remove(event);
    return socket.on('error', () => undefined);
  };
}

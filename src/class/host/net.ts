/** The host on the network: TLS, HTTP for the page, and WebSockets; nothing here knows what is said on them. */

import type { IncomingMessage } from 'node:http';
import { createServer, type Server } from 'node:https';
import { type AddressInfo, createServer as createDoor, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { LIMITS } from '../../board/limits.ts';
import { SOCKET } from '../../board/socket.ts';
import { InputError } from '../../lib/errors.ts';
import { whyRefused } from '../../lib/refusal.ts';
import { isAny } from './addresses.ts';
import { Arrivals } from './arrivals.ts';
import { Bucket } from './bucket.ts';
import type { Certificate } from './certificate/make.ts';
import type { Line, Peer } from './peer.ts';
import { Pending } from './pending.ts';
import { refusal } from './refuse.ts';
import { createAnswer, isOurs, type Page } from './web.ts';

/** Silence after which nobody is there: who is, answers our pings. */
const SILENCE_MS = 20_000;
const LOOK_EVERY_MS = 5000;
/** Of WebSocket's own pings and pongs: many more than anybody needs. */
const CONTROL = { perSecond: 5, burst: 100 } as const;
/** A board that reads nothing of what it was sent for so long. */
const STALLED_MS = 30_000;
/** What a board may have waiting: the whole class, once. */
const MOST_OF_A_BOARD = 64 * 1024 * 1024;

export interface NetOptions extends Certificate {
  port: number;
  /** An address of this machine; absent: all of them. */
  listen?: string;
  /** Names by which the host is called, beside its addresses. */
  names: readonly string[];
  /** A line is made for each connection; `letIn` says that it is known who it is. */
  open(peer: Peer, address: string, letIn: (as: 'learner' | 'board') => void): Line;
  /** Tests have less patience. */
  pending?: Pending;
  arrivals?: Arrivals;
  more?: MoreNet;
}

export interface Inside {
  host: string;
  port: number;
}

/** Other pages and sockets than the board's and the class's. */
export interface MoreNet {
  page: Page;
  /** Where it is listened to. */
  path: string;
  /** A socket there, from one of our own pages; `letIn` says that it is known who it is. */
  open(socket: WebSocket, address: string, letIn: () => void): void;
}

export interface Net {
  port: number;
  /** Where places of this machine come to, each from an address of its own of the loopback. */
  inside: Inside;
  /** Connections that are let in. */
  count(): number;
  close(): Promise<void>;
}

/** @throws InputError `port-taken`, `cannot-listen` */
export async function openNet(options: NetOptions): Promise<Net> {
  const names = new Set(['localhost', ...options.names.map((name) => name.toLowerCase())]);
  const pending = options.pending ?? new Pending();
  const arrivals = options.arrivals ?? new Arrivals();
  /** By the other end, since a socket with TLS is another object than the one below it. */
  const known = new Map<string, () => void>();
  const server = createServer(
    {
      cert: options.cert,
      key: options.key,
      minVersion: 'TLSv1.2',
      handshakeTimeout: 10_000,
      headersTimeout: 8000,
      requestTimeout: 10_000,
      keepAliveTimeout: 4000,
      connectionsCheckingInterval: 1000,
      maxHeaderSize: 8192,
    },
    createAnswer(names, options.more?.page),
  );
  server.maxHeadersCount = 64;
  server.maxRequestsPerSocket = 200;
  // Before the handshake: who never finishes it counts too.
  server.on('connection', (socket: Socket) => {
    if (!arrivals.take(socket.remoteAddress ?? '', performance.now())) {
      socket.destroy();
      return;
    }
    const end = endOf(socket);
    const done = pending.add(socket.remoteAddress ?? '', { cut: () => socket.destroy() });
    known.set(end, done);
    socket.once('close', () => {
      done();
      if (known.get(end) === done) known.delete(end);
    });
  });
  server.on('tlsClientError', (_error, socket) => socket.destroy());
  server.on('clientError', (_error, socket) => socket.destroy());
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: LIMITS.messageBytes,
    perMessageDeflate: false,
    clientTracking: true,
    // One a turn: who sends many at once leaves the others theirs.
    allowSynchronousEvents: false,
  });
  const others = new WebSocketServer({
    noServer: true,
    maxPayload: LIMITS.messageBytes,
    perMessageDeflate: false,
  });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    const { more } = options;
    const isOther = more !== undefined && request.url === more.path;
    const refused = refusedUpgrade(request, isOther ? more.path : SOCKET.path, names);
    if (refused !== undefined) {
      socket.end(`HTTP/1.1 ${refused}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
      return;
    }
    const letIn = known.get(endOf(request.socket));
    if (isOther) {
      others.handleUpgrade(request, socket, head, (webSocket) =>
        more.open(webSocket, request.socket.remoteAddress ?? '', () => letIn?.()),
      );
      return;
    }
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      attach(webSocket, request.socket.remoteAddress ?? '', letIn, options.open);
    });
  });
  await listening(server, options);
  const { address, port } = server.address() as AddressInfo;
  const inner = await insideOf(server, { address, port, hasPlaces: options.more !== undefined });
  const timer = setInterval(() => look(sockets), LOOK_EVERY_MS);
  return {
    port,
    inside: inner.at,
    count: () => sockets.clients.size,
    async close() {
      clearInterval(timer);
      inner.close();
      for (const client of sockets.clients) client.close(1001);
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      // They have a moment to say good-bye.
      setTimeout(() => {
        for (const client of [...sockets.clients, ...others.clients]) client.terminate();
        server.closeAllConnections();
      }, 500);
      await closed;
    },
  };
}

const endOf = ({ remoteAddress, remotePort }: Socket): string => `${remoteAddress} ${remotePort}`;

/** The status line with which it is refused. */
function refusedUpgrade(
  { url, headers }: IncomingMessage,
  path: string,
  names: ReadonlySet<string>,
): string | undefined {
  if (url !== path) return '404 Not Found';
  if (!isOurs(headers.host, names)) return '421 Misdirected Request';
  // Browsers always say where a page is from; only our own may speak to us. Others are no browsers.
  const { origin } = headers;
  if (origin !== undefined && origin.toLowerCase() !== `https://${headers.host}`.toLowerCase())
    return '403 Forbidden';
  return undefined;
}

interface Life {
  heardAt: number;
  /** A board may have more waiting, for a while. */
  isBoard: boolean;
  stalledSince: number | undefined;
  buffered: number;
}

const lives = new WeakMap<WebSocket, Life>();

function attach(
  socket: WebSocket,
  address: string,
  known: (() => void) | undefined,
  open: NetOptions['open'],
): void {
  const life: Life = { heardAt: performance.now(), isBoard: false, stalledSince: undefined, buffered: 0 };
  lives.set(socket, life);
  let isClosing = false;
  const peer: Peer = {
    send(text) {
      if (socket.readyState !== socket.OPEN) return;
      // Who does not read is let go: they come back, and are given all anew.
      const most = life.isBoard ? MOST_OF_A_BOARD : LIMITS.backlogBytes;
      if (socket.bufferedAmount > most) socket.terminate();
      else socket.send(text);
    },
    get buffered() {
      return socket.bufferedAmount;
    },
    close() {
      isClosing = true;
      socket.close(1008);
      // Who does not answer the farewell is not waited for.
      setTimeout(() => socket.terminate(), 2000).unref();
    },
    cut: () => socket.terminate(),
    pause: () => socket.pause(),
    resume() {
      // What it said meanwhile is only now read.
      life.heardAt = performance.now();
      socket.resume();
    },
  };
  const line = open(peer, address, (as) => {
    life.isBoard = as === 'board';
    known?.();
  });
  const control = new Bucket(CONTROL.perSecond, CONTROL.burst, performance.now());
  const onControl = (): void => {
    life.heardAt = performance.now();
    control.take(life.heardAt);
    if (control.left(life.heardAt) < 0) socket.terminate();
  };
  socket.on('ping', onControl);
  socket.on('pong', onControl);
  socket.on('message', (data, isBinary) => {
    life.heardAt = performance.now();
    if (isClosing) return;
    if (!isBinary) return line.message((data as Buffer).toString());
    peer.send(refusal('malformed'));
    peer.close();
  });
  // Too large, or no WebSocket at all: ws closes it with the number that says so.
  socket.on('error', () => {
    isClosing = true;
  });
  socket.on('close', () => line.closed());
}

function look(sockets: WebSocketServer): void {
  const now = performance.now();
  for (const socket of sockets.clients) {
    const life = lives.get(socket)!;
    const { bufferedAmount } = socket;
    if (bufferedAmount === 0 || bufferedAmount < life.buffered) life.stalledSince = undefined;
    else life.stalledSince ??= now;
    life.buffered = bufferedAmount;
    const isStalled = life.stalledSince !== undefined && now - life.stalledSince > STALLED_MS;
    // Who is paused by us cannot be heard.
    const isSilent = !socket.isPaused && now - life.heardAt > SILENCE_MS;
    if (isStalled || isSilent) socket.terminate();
    else if (socket.readyState === socket.OPEN) socket.ping();
  }
}

function listening(server: Server, { port, listen }: NetOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE')
        reject(
          new InputError('port-taken', `Port ${port} is taken by another program.`, [
            'Choose another one: --port NUMBER; or end the other program (a class that is still held?).',
          ]),
        );
      else
        reject(
          new InputError(
            'cannot-listen',
            `Nothing can be listened to on port ${port}: ${whyRefused(error)}.`,
            ['Give an address of this machine (--listen ADDRESS), and a port above 1023 (--port NUMBER).'],
          ),
        );
    });
    server.listen({ port, host: listen, backlog: 1024 }, () => {
      server.removeAllListeners('error');
      server.on('error', () => undefined);
      resolve();
    });
  });
}

/**
 * IPv6 has one address for the machine itself, so all places would be one to who counts by addresses. Where the class listens
 * on IPv6 alone and has places, they come by a door of IPv4 that leads to the same server.
 */
async function insideOf(
  server: Server,
  { address, port, hasPlaces }: { address: string; port: number; hasPlaces: boolean },
): Promise<{ at: Inside; close(): void }> {
  if (isAny(address)) return { at: { host: '127.0.0.1', port }, close: () => undefined };
  if (!hasPlaces || !address.includes(':')) return { at: { host: address, port }, close: () => undefined };
  const door = createDoor((socket) => server.emit('connection', socket));
  await new Promise<void>((resolve, reject) => {
    door.once('error', reject);
    door.listen(0, '127.0.0.1', resolve);
  });
  return {
    at: { host: '127.0.0.1', port: (door.address() as AddressInfo).port },
    close: () => void door.close(),
  };
}

/**
 * A host of a class for tests of the learner: speaks the real messages over the real transport, keeps what it is told by
 * the rules of the contract, and does on command what a network or a crash does.
 */
import { X509Certificate } from 'node:crypto';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import type { LearnerEvent } from '../../../src/board/events.ts';
import {
  type ClassNow,
  fromLearnerSchema,
  type Hello,
  helloSchema,
  type News,
  type RefusalCode,
  SOCKET,
  type ToLearner,
} from '../../../src/board/messages.ts';
import type { CourseOutline } from '../../../src/board/outline.ts';
import { OWN } from './certificates.ts';

export const SECRET = 'right-secret';

export interface Heard {
  n: number;
  event: LearnerEvent;
}

export interface HostOptions {
  course?: CourseOutline;
  certificate?: { key: string; cert: string };
  /** Called before a thing that was said is kept, and after; what it returns cuts the connection there. */
  cut?: (moment: 'before' | 'kept', n: number) => boolean;
  refuse?: (hello: Hello) => { code: RefusalCode; again?: number } | undefined;
  port?: number;
}

export interface ScriptedHost extends AsyncDisposable {
  readonly port: number;
  /** What the one learner has said, each number once. */
  readonly heard: readonly Heard[];
  /** Everything that came, also twice. */
  readonly received: readonly Heard[];
  readonly hellos: readonly Hello[];
  connections(): number;
  send(message: ToLearner): void;
  news(news: News): void;
  /** What the class is like from now on; told at once. */
  set(change: Partial<ClassNow>): void;
  /** All connections break off without a word. */
  cutAll(): void;
  /** Nothing is answered any more, and the connection stays. */
  freeze(frozen: boolean): void;
  close(): Promise<void>;
}

/** Whether a certificate is the class's own, as a join code would say. */
export async function isOwn(der: Uint8Array): Promise<boolean> {
  return Buffer.from(der).equals(new X509Certificate(OWN.cert).raw);
}

export const EMPTY_COURSE: CourseOutline = { title: 'A course', lessons: [] };

export async function scriptedHost(options: HostOptions = {}): Promise<ScriptedHost> {
  const { key, cert } = options.certificate ?? OWN;
  const server = createServer({ key, cert });
  const sockets = new WebSocketServer({ server, path: SOCKET.path });
  const heard: Heard[] = [];
  const received: Heard[] = [];
  const hellos: Hello[] = [];
  const news: News[] = [];
  let token: string | undefined;
  let frozen = false;
  let now: ClassNow = { title: 'A class', pace: { mode: 'free' }, present: 1, ended: false };

  const last = () => heard.at(-1)?.n ?? 0;
  const tell = (socket: WebSocket, message: ToLearner) => {
    if (!frozen) socket.send(JSON.stringify(message));
  };

  const welcome = (socket: WebSocket, hello: Hello) => {
    hellos.push(hello);
    const refused = options.refuse?.(hello);
    if (refused) {
      tell(socket, { type: 'refused', ...refused, next: [] });
      socket.close();
      return;
    }
    if (hello.as === 'instructor') throw new Error('no board in these tests');
    if (hello.as === 'new-learner') {
      if (hello.secret !== SECRET) return tell(socket, { type: 'refused', code: 'wrong-code', next: [] });
      token = hello.token;
    } else if (hello.token !== token)
      return tell(socket, { type: 'refused', code: 'unknown-learner', next: [] });
    tell(socket, {
      type: 'welcome',
      learner: 'ada',
      name: 'Ada',
      heard: last(),
      consent: { progress: true, outputs: false, transcript: false },
      hand: false,
      course: options.course ?? EMPTY_COURSE,
      class: now,
    });
    const seen = hello.as === 'learner' ? hello.seen : 0;
    for (const [at, one] of news.entries())
      if (at + 1 > seen) tell(socket, { type: 'news', seq: at + 1, news: one });
  };

  sockets.on('connection', (socket) => {
    let greeted = false;
    socket.on('message', (data) => {
      if (frozen) return;
      const json: unknown = JSON.parse(String(data));
      if (!greeted) {
        greeted = true;
        return welcome(socket, helloSchema.parse(json));
      }
      const message = fromLearnerSchema.parse(json);
      if (message.type === 'ping') return tell(socket, { type: 'pong' });
      const { n, event } = message;
      if (options.cut?.('before', n)) return socket.terminate();
      received.push({ n, event });
      // What was read before the connection broke is still given out: a host takes nothing that has a gap before it.
      if (n > last() + 1) return socket.terminate();
      if (n === last() + 1) heard.push({ n, event });
      if (options.cut?.('kept', n)) return socket.terminate();
      tell(socket, { type: 'heard', n: last() });
    });
  });
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));

  const all = (message: ToLearner) => {
    for (const socket of sockets.clients) tell(socket, message);
  };
  const close = async () => {
    for (const socket of sockets.clients) socket.terminate();
    sockets.close();
    await new Promise((resolve) => server.close(resolve));
  };
  return {
    port: (server.address() as AddressInfo).port,
    heard,
    received,
    hellos,
    connections: () => sockets.clients.size,
    send: all,
    news(one) {
      news.push(one);
      all({ type: 'news', seq: news.length, news: one });
    },
    set(change) {
      now = { ...now, ...change };
      all({ type: 'class', class: now });
    },
    cutAll() {
      for (const socket of sockets.clients) socket.terminate();
    },
    freeze(value) {
      frozen = value;
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** Waits until it holds. */
export async function until(holds: () => boolean, what = String(holds)): Promise<void> {
  const end = performance.now() + 25_000;
  while (!holds()) {
    if (performance.now() > end) throw new Error(`never came true: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** A host in this process, and clients that speak to it as anybody could: JSON over WebSockets. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ClientOptions, WebSocket } from 'ws';
import type { InstructorEvent, LearnerEvent } from '../../../src/board/events.ts';
import type { ToInstructor, ToLearner } from '../../../src/board/messages.ts';
import { applyPatch } from '../../../src/board/patch.ts';
import type { BoardState } from '../../../src/board/rows.ts';
import { PROTOCOL, SOCKET } from '../../../src/board/socket.ts';
import { makeCertificate } from '../../../src/class/host/certificate/make.ts';
import { hashOf } from '../../../src/class/host/door.ts';
import { type ServedClass, type ServeOptions, serveClass } from '../../../src/class/host/serve.ts';
import { openDiskLog } from '../../../src/class/log/disk/log.ts';
import { COURSE } from '../../board/a-class.ts';

export const SECRET = 'K7QM4T';
export const KEY = randomBytes(32).toString('base64url');
export const CERTIFICATE = makeCertificate(['127.0.0.1'], Date.now());
export const CONSENT = { progress: true, outputs: false, transcript: false };

export interface Held extends AsyncDisposable {
  served: ServedClass;
  folder: string;
  /** As if it was killed, and started again on the same port. */
  again(): Promise<void>;
}

export async function hold(options: Partial<ServeOptions> = {}): Promise<Held> {
  const folder = mkdtempSync(join(tmpdir(), 'wirebook-class-'));
  let log = await openDiskLog(folder);
  const start = (port: number) =>
    serveClass({
      log,
      id: 'c',
      title: 'Monday',
      course: COURSE,
      secret: SECRET,
      instructorKeyHash: hashOf(KEY),
      certificate: CERTIFICATE,
      listen: '127.0.0.1',
      port,
      ...options,
    });
  const held: Held = {
    served: await start(0),
    folder,
    async again() {
      const { port } = held.served;
      await held.served.close();
      await log[Symbol.asyncDispose]();
      log = await openDiskLog(folder);
      held.served = await start(port);
    },
    async [Symbol.asyncDispose]() {
      await held.served.close();
      await log[Symbol.asyncDispose]();
      rmSync(folder, { recursive: true });
    },
  };
  return held;
}

type Any = ToLearner | ToInstructor;
type Of<T extends Any['type']> = Extract<Any, { type: T }>;

/** Keeps everything that was said to it; `next` waits for the first that fits, of those that were not asked for before. */
export class Client {
  readonly socket: WebSocket;
  readonly messages: Any[] = [];
  readonly closed: Promise<number>;
  #asked = 0;
  #waiting: (() => void)[] = [];
  n = 0;

  constructor(port: number, options: ClientOptions = {}, path: string = SOCKET.path) {
    this.socket = new WebSocket(`wss://127.0.0.1:${port}${path}`, {
      rejectUnauthorized: false,
      perMessageDeflate: false,
      ...options,
    });
    this.socket.on('message', (data) => {
      this.messages.push(JSON.parse(String(data)) as Any);
      this.#wake();
    });
    this.closed = new Promise((resolve) =>
      this.socket.once('close', (code) => {
        resolve(code);
        this.#wake();
      }),
    );
    this.socket.on('error', () => undefined);
  }

  #wake(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }

  async opened(): Promise<this> {
    if (this.socket.readyState === WebSocket.CONNECTING)
      await new Promise((resolve, reject) => {
        this.socket.once('open', resolve);
        this.socket.once('error', reject);
      });
    return this;
  }

  raw(text: string | Buffer): void {
    this.socket.send(text);
  }

  send(message: object): void {
    this.raw(JSON.stringify(message));
  }

  say(event: LearnerEvent | InstructorEvent, n = ++this.n): number {
    this.n = n;
    this.send({ type: 'say', n, at: Date.now(), event });
    return n;
  }

  async next<T extends Any['type']>(type: T, fits: (message: Of<T>) => boolean = () => true): Promise<Of<T>> {
    for (;;) {
      while (this.#asked < this.messages.length) {
        const message = this.messages[this.#asked++]!;
        if (message.type === type && fits(message as Of<T>)) return message as Of<T>;
      }
      if (this.socket.readyState === WebSocket.CLOSED)
        throw new Error(`closed before ${type} came; got ${JSON.stringify(this.messages).slice(0, 500)}`);
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  /** What its hello came to: its name, or the code with which it was refused. */
  async answered(): Promise<string> {
    while (this.messages.length === 0 && this.socket.readyState !== WebSocket.CLOSED)
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    const [first] = this.messages;
    if (first?.type === 'refused') return first.code;
    return first?.type === 'welcome' && 'name' in first ? first.name : `no answer: ${first?.type}`;
  }

  /** What it was refused with. */
  async refused(): Promise<string> {
    return (await this.next('refused')).code;
  }

  close(): void {
    this.socket.terminate();
  }
}

export const token = (): string => randomBytes(32).toString('base64url');

export const newLearner = (name: string, more: object = {}) => ({
  type: 'hello',
  as: 'new-learner',
  protocol: PROTOCOL,
  secret: SECRET,
  token: token(),
  name,
  consent: CONSENT,
  clock: Date.now(),
  version: '0',
  ...more,
});

export const again = (learner: string, theirs: string, more: object = {}) => ({
  type: 'hello',
  as: 'learner',
  protocol: PROTOCOL,
  learner,
  token: theirs,
  seen: 0,
  clock: Date.now(),
  version: '0',
  ...more,
});

export const instructor = (key = KEY, board = 'x') => ({
  type: 'hello',
  as: 'instructor',
  protocol: PROTOCOL,
  key,
  board,
});

export async function connected(port: number, hello: object, options?: ClientOptions): Promise<Client> {
  const client = await new Client(port, options).opened();
  client.send(hello);
  return client;
}

export async function joined(port: number, name: string, more: object = {}) {
  const hello = newLearner(name, more);
  const client = await connected(port, hello);
  const welcome = (await client.next('welcome')) as Extract<ToLearner, { type: 'welcome' }>;
  return { client, welcome, id: welcome.learner, token: hello.token };
}

/** A board that holds what it is told, as the page does. */
export class Board {
  readonly client: Client;
  state!: BoardState;

  private constructor(client: Client) {
    this.client = client;
  }

  static async open(port: number, name = 'x'): Promise<Board> {
    const board = new Board(await connected(port, instructor(KEY, name)));
    const welcome = (await board.client.next('welcome')) as Extract<ToInstructor, { type: 'welcome' }>;
    board.state = welcome.board;
    return board;
  }

  /** Resolves with the state as soon as it fits. */
  async until(fits: (state: BoardState) => boolean): Promise<BoardState> {
    while (!fits(this.state)) this.state = applyPatch(this.state, await this.client.next('patch'));
    return this.state;
  }
}

/**
 * Learners by the thousand, in one process: each over a TLS connection of its own, by the real messages; none has a
 * sandbox. They say things when they are told to, keep what is not acknowledged and say it again with the next connection, to
 * the next host where there are several.
 */
import { randomBytes } from 'node:crypto';
import { WebSocket } from 'ws';
import type { LearnerEvent } from '../../../src/board/events.ts';
import type { ToLearner } from '../../../src/board/messages.ts';
import type { CourseOutline } from '../../../src/board/outline.ts';
import { PROTOCOL, SOCKET } from '../../../src/board/socket.ts';

export interface Host {
  address: string;
  port: number;
}

export interface CrowdOptions {
  /** A learner begins with one of them, and goes to the next when it is lost. */
  hosts: readonly Host[];
  secret: string;
  count: number;
  /** Names are `NAME 1`, `NAME 2` ... */
  name?: string;
  /** Connections that are made at the same time. */
  together?: number;
}

/** Milliseconds by a clock that all processes of a machine share. */
export const moment = (): number => Number(process.hrtime.bigint()) / 1e6;

interface Said {
  n: number;
  at: number;
  event: LearnerEvent;
}

const AGAIN_MS = 100;

export class SimulatedLearner {
  readonly name: string;
  id = '';
  heard = 0;
  /** How often it was welcomed. */
  welcomes = 0;
  course: CourseOutline | undefined;
  readonly refusals: string[] = [];
  /** The numbers of what it was told, as they came. */
  readonly news: number[] = [];
  /** By number: when it was said, and when that was acknowledged. */
  readonly saidAt: number[] = [0];
  readonly heardAt: number[] = [0];
  readonly #options: CrowdOptions;
  #token = randomBytes(24).toString('hex');
  #host: number;
  #waiting: Said[] = [];
  readonly #pinged: (() => void)[] = [];
  #last = 0;
  #socket: WebSocket | undefined;
  #isClosed = false;
  #greeted = Promise.withResolvers<void>();

  constructor(options: CrowdOptions, index: number) {
    this.#options = options;
    this.name = `${options.name ?? 'Learner'} ${index + 1}`;
    this.#host = index % options.hosts.length;
  }

  get unheard(): number {
    return this.#waiting.length;
  }

  get said(): number {
    return this.#last;
  }

  /** Which of the hosts it is with, or tries. */
  get host(): number {
    return this.#host;
  }

  get isConnected(): boolean {
    return this.#socket?.readyState === WebSocket.OPEN && this.welcomes > 0;
  }

  /** The same learner once more, as from another machine; this one does not come back by itself any more. */
  twin(hosts: readonly Host[]): SimulatedLearner {
    const twin = new SimulatedLearner({ ...this.#options, hosts }, 0);
    twin.id = this.id;
    twin.#token = this.#token;
    this.#isClosed = true;
    return twin;
  }

  /** Resolves with the first welcome. */
  join(): Promise<void> {
    this.#connect();
    return this.#greeted.promise;
  }

  say(event: LearnerEvent): number {
    this.#last += 1;
    const said = { n: this.#last, at: Date.now(), event };
    this.#waiting.push(said);
    this.saidAt[said.n] = moment();
    if (this.isConnected) this.#send({ type: 'say', ...said });
    return said.n;
  }

  /** Resolves when the host has read all that was said before. */
  ping(): Promise<void> {
    this.#send({ type: 'ping' });
    return new Promise((resolve) => this.#pinged.push(resolve));
  }

  close(): void {
    this.#isClosed = true;
    this.#socket?.terminate();
  }

  #send(message: object): void {
    this.#socket?.send(JSON.stringify(message));
  }

  #connect(): void {
    const { address, port } = this.#options.hosts[this.#host]!;
    const socket = new WebSocket(`wss://${address}:${port}${SOCKET.path}`, {
      perMessageDeflate: false,
      rejectUnauthorized: false,
      handshakeTimeout: 30_000,
    });
    this.#socket = socket;
    socket.on('error', () => {});
    socket.on('open', () => {
      const common = {
        type: 'hello',
        protocol: PROTOCOL,
        token: this.#token,
        clock: Date.now(),
        version: 'crowd',
      };
      this.#send(
        this.id === ''
          ? {
              ...common,
              as: 'new-learner',
              secret: this.#options.secret,
              name: this.name,
              consent: { progress: true, outputs: false, transcript: false },
            }
          : { ...common, as: 'learner', learner: this.id, seen: this.news.at(-1) ?? 0 },
      );
    });
    socket.on('message', (data: Buffer) => this.#take(JSON.parse(data.toString()) as ToLearner));
    socket.on('close', () => {
      if (this.#isClosed) return;
      this.#host = (this.#host + 1) % this.#options.hosts.length;
      setTimeout(() => this.#isClosed || this.#connect(), AGAIN_MS * (0.5 + Math.random()));
    });
  }

  #take(message: ToLearner): void {
    switch (message.type) {
      case 'welcome':
        this.id = message.learner;
        this.course ??= message.course;
        this.#hear(message.heard);
        this.welcomes += 1;
        for (const said of this.#waiting) this.#send({ type: 'say', ...said });
        this.#greeted.resolve();
        return;
      case 'heard':
        this.#hear(message.n);
        return;
      case 'news':
        this.news.push(message.seq);
        return;
      case 'pong':
        this.#pinged.shift()?.();
        return;
      case 'refused':
        this.refusals.push(message.code);
        return;
    }
  }

  #hear(n: number): void {
    const now = moment();
    for (let one = this.heard + 1; one <= n; one++) this.heardAt[one] = now;
    this.heard = Math.max(this.heard, n);
    this.#waiting = this.#waiting.filter((said) => said.n > n);
  }
}

export class Crowd {
  readonly learners: readonly SimulatedLearner[];
  readonly #options: CrowdOptions;

  constructor(options: CrowdOptions) {
    this.#options = options;
    this.learners = Array.from({ length: options.count }, (_, index) => new SimulatedLearner(options, index));
  }

  async join(): Promise<void> {
    const waiting = [...this.learners];
    const one = async (): Promise<void> => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await next.join();
    };
    await Promise.all(Array.from({ length: this.#options.together ?? 32 }, one));
  }

  /** Each says one thing a second, spread over the second, so many times. */
  async talk(times: number, everyMs = 1000, what: typeof cellSaid = cellSaid): Promise<void> {
    const began = moment();
    const { length } = this.learners;
    let done = 0;
    // What is late is said at once: the rate holds also when this process was kept from its work for a moment.
    while (done < times * length) {
      const due = Math.min(times * length, Math.floor(((moment() - began) / everyMs) * length));
      for (; done < due; done++) {
        const learner = this.learners[done % length]!;
        learner.say(what(learner, learner.said + 1));
      }
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  /** Everything that was said is acknowledged. */
  async settle(): Promise<void> {
    while (this.learners.some(({ unheard }) => unheard > 0))
      await new Promise((resolve) => setTimeout(resolve, 20));
  }

  close(): void {
    for (const learner of this.learners) learner.close();
  }
}

const RUNS = 8;

/** Goes through the course; the number is written into the attempts, so that a board can tell which one it sees. */
export function cellSaid({ course }: SimulatedLearner, n: number): LearnerEvent {
  const cells = course!.lessons.flatMap(({ id, steps }) =>
    steps.flatMap(({ cells: its }) => its.map((cell) => ({ lesson: id, cell }))),
  );
  // Some runs of each before it goes on, as people do.
  const { lesson, cell } = cells[Math.floor((n - 1) / RUNS) % cells.length]!;
  const isPassed = n % 3 !== 0;
  return {
    type: 'cell',
    lesson,
    cell: cell.id,
    status: isPassed ? 'passed' : 'failed',
    attempts: n,
    hints: 0,
    solution: false,
    earned: isPassed ? cell.points : 0,
    holding: isPassed ? cell.checks : 0,
    failing: isPassed
      ? []
      : [
          {
            check: `${cell.id}/1`,
            kind: 'ping',
            state: 'fail',
            title: 'ping 10.0.0.2 from red',
            because: 'no route to 10.0.0.2',
          },
        ],
  };
}

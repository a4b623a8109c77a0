/** A board that draws nothing: connected as an instructor's, it keeps the state by the patches and when each cell came. */
import { WebSocket } from 'ws';
import type { InstructorEvent } from '../../../src/board/events.ts';
import type { ToInstructor } from '../../../src/board/messages.ts';
import { applyPatch } from '../../../src/board/patch.ts';
import type { BoardState } from '../../../src/board/rows.ts';
import { PROTOCOL, SOCKET } from '../../../src/board/socket.ts';
import { type Host, moment } from './crowd.ts';

export interface Seen {
  learner: string;
  /** Of the cell: with a crowd, the number of what was said. */
  attempts: number;
  at: number;
}

export class Watcher {
  state: BoardState | undefined;
  readonly seen: Seen[] = [];
  patches = 0;
  refused: string | undefined;
  #said = 0;
  #heard = 0;
  readonly #socket: WebSocket;
  readonly #keep: boolean;
  #welcomed = Promise.withResolvers<void>();

  /** @param keepState of a large class that costs more than to look at the patches */
  constructor({ address, port }: Host, key: string, { board = 'watcher', keepState = true } = {}) {
    this.#keep = keepState;
    this.#socket = new WebSocket(`wss://${address}:${port}${SOCKET.path}`, {
      perMessageDeflate: false,
      rejectUnauthorized: false,
      maxPayload: 256 * 1024 * 1024,
    });
    this.#socket.on('open', () =>
      this.#send({ type: 'hello', as: 'instructor', protocol: PROTOCOL, key, board }),
    );
    this.#socket.on('message', (data: Buffer) => this.#take(JSON.parse(data.toString()) as ToInstructor));
    this.#socket.on('error', (error) => this.#welcomed.reject(error));
  }

  welcomed(): Promise<void> {
    return this.#welcomed.promise;
  }

  say(event: InstructorEvent): void {
    this.#said += 1;
    this.#send({ type: 'say', n: this.#said, at: Date.now(), event });
  }

  /** Everything that was said is acknowledged. */
  get isHeard(): boolean {
    return this.#heard >= this.#said;
  }

  close(): void {
    this.#socket.terminate();
  }

  #send(message: object): void {
    this.#socket.send(JSON.stringify(message));
  }

  #take(message: ToInstructor): void {
    switch (message.type) {
      case 'welcome':
        this.state = message.board;
        this.#said = message.heard;
        this.#heard = message.heard;
        this.#welcomed.resolve();
        return;
      case 'heard':
        this.#heard = message.n;
        return;
      case 'refused':
        this.refused = message.code;
        this.#welcomed.reject(new Error(message.code));
        return;
      case 'patch': {
        const at = moment();
        this.patches += 1;
        for (const { id, cells } of message.rows)
          for (const mark of Object.values(cells))
            if (mark !== null) this.seen.push({ learner: id, attempts: mark.attempts, at });
        if (this.#keep) this.state = applyPatch(this.state!, message);
        return;
      }
    }
  }
}

/** Requests to an agent and what comes back for each, over one stream. Knows nothing of shells or checks. */
import type { Duplex, Readable, Writable } from 'node:stream';
import { SandboxError } from '../../lib/errors.ts';
import { Decoder, encode, type Message } from './frames.ts';

/** Gets the messages of one request; `done` ends it. */
export interface Listener {
  message(kind: string, parts: Message): void;
  /** The connection is gone: nothing more will come. */
  lost(error: Error): void;
}

/** Both directions in one, or a pair: what comes from the agent, what goes to it. */
export type AgentStream = Duplex | { from: Readable; to: Writable };

/** Messages that answer no request: of how the agent began and ended. */
const OWN = new Set(['ready', 'failed', 'restored']);

export class Connection {
  readonly #from: Readable;
  readonly #to: Writable;
  readonly #listeners = new Map<number, Listener>();
  #next = 1;
  #closed: Error | undefined;
  /** Resolves when the stream is closed, with why. */
  readonly closed: Promise<Error>;

  /** `onOwn` gets messages that belong to no request; `lost` says why there is no connection any more. */
  constructor(
    stream: AgentStream,
    onOwn: (kind: string, parts: Message) => void,
    lost = () =>
      new SandboxError('sandbox-lost', 'The sandbox ended.', 'Reset the lesson to start a fresh one.'),
  ) {
    const { from, to } = 'from' in stream ? stream : { from: stream, to: stream };
    this.#from = from;
    this.#to = to;
    const decoder = new Decoder();
    this.closed = new Promise((resolve) => {
      const end = (error?: Error) => {
        if (this.#closed) return;
        this.#closed = error ?? lost();
        for (const listener of this.#listeners.values()) listener.lost(this.#closed);
        this.#listeners.clear();
        resolve(this.#closed);
      };
      from.on('data', (chunk: Buffer) => {
        let messages: Message[];
        try {
          messages = decoder.push(chunk);
        } catch (error) {
          this.destroy();
          end(error as Error);
          return;
        }
        for (const [kind, id, ...parts] of messages) {
          const what = kind!.toString();
          if (OWN.has(what)) onOwn(what, [id!, ...parts]);
          else this.#listeners.get(Number(id))?.message(what, parts);
        }
      });
      for (const event of ['error', 'end', 'close']) from.on(event, () => end());
      // a write to one that is gone: the other direction says so too
      to.on('error', () => end());
    });
  }

  get lost(): Error | undefined {
    return this.#closed;
  }

  /** Sends a request and gives its number; the listener stays until `forget`. */
  request(kind: string, args: readonly (string | number | Uint8Array)[], listener: Listener): number {
    const id = this.#next++;
    if (this.#closed) {
      const error = this.#closed;
      queueMicrotask(() => listener.lost(error));
      return id;
    }
    this.#listeners.set(id, listener);
    this.#to.write(encode([kind, id, ...args]));
    return id;
  }

  send(kind: string, ...args: (string | number | Uint8Array)[]): void {
    if (!this.#closed) this.#to.write(encode([kind, ...args]));
  }

  /** Another one gets what still comes for a request, and the one before can go. */
  replace(id: number, listener: Listener): void {
    if (this.#listeners.has(id)) this.#listeners.set(id, listener);
  }

  forget(id: number): void {
    this.#listeners.delete(id);
  }

  end(): void {
    this.#to.end();
  }

  destroy(): void {
    this.#from.destroy();
    this.#to.destroy();
  }
}

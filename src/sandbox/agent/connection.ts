/** Requests to an agent and what comes back for each, over one stream. Knows nothing of shells or checks. */
import type { Duplex } from 'node:stream';
import { SandboxError } from '../../lib/errors.ts';
import { Decoder, encode, type Message } from './frames.ts';

/** Gets the messages of one request; `done` ends it. */
export interface Listener {
  message(kind: string, parts: Message): void;
  /** The connection is gone: nothing more will come. */
  lost(error: Error): void;
}

export class Connection {
  readonly #stream: Duplex;
  readonly #listeners = new Map<number, Listener>();
  #next = 1;
  #closed: Error | undefined;
  /** Resolves when the stream is closed, with why. */
  readonly closed: Promise<Error>;

  /** `onHello` gets messages that belong to no request (`ready`). */
  constructor(stream: Duplex, onHello: (kind: string, parts: Message) => void) {
    this.#stream = stream;
    const decoder = new Decoder();
    this.closed = new Promise((resolve) => {
      const end = (error?: Error) => {
        if (this.#closed) return;
        this.#closed =
          error ??
          new SandboxError('sandbox-lost', 'The sandbox ended.', 'Reset the lesson to start a fresh one.');
        for (const listener of this.#listeners.values()) listener.lost(this.#closed);
        this.#listeners.clear();
        resolve(this.#closed);
      };
      stream.on('data', (chunk: Buffer) => {
        let messages: Message[];
        try {
          messages = decoder.push(chunk);
        } catch (error) {
          stream.destroy();
          end(error as Error);
          return;
        }
        for (const [kind, id, ...parts] of messages) {
          const listener = this.#listeners.get(Number(id));
          if (kind!.toString() === 'ready') onHello('ready', [id!, ...parts]);
          else listener?.message(kind!.toString(), parts);
        }
      });
      stream.on('error', () => end());
      stream.on('end', () => end());
      stream.on('close', () => end());
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
    this.#stream.write(encode([kind, id, ...args]));
    return id;
  }

  send(kind: string, ...args: (string | number | Uint8Array)[]): void {
    if (!this.#closed) this.#stream.write(encode([kind, ...args]));
  }

  forget(id: number): void {
    this.#listeners.delete(id);
  }

  end(): void {
    this.#stream.end();
  }

  destroy(): void {
    this.#stream.destroy();
  }
}

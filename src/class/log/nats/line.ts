/** Whether the server is there just now; it comes back by itself, and until then nothing is sent, so that nothing heaps up. */
import type { WirebookError } from '../../../lib/errors.ts';
import { type Queue, QueueError } from '../../../queue/connect.ts';

/** A cut that is mended sooner is nothing to speak of. */
const TOLD_AFTER_MS = 1500;

export class Line {
  #up: PromiseWithResolvers<void> | undefined;
  #next = Promise.withResolvers<void>();
  #listener: (trouble: WirebookError | undefined) => void = () => undefined;
  #timer: NodeJS.Timeout | undefined;
  #isTold = false;

  constructor(queue: Queue) {
    const status = queue.nc.status();
    (async () => {
      for await (const { type } of status) {
        if (type === 'disconnect') this.#went(queue);
        if (type === 'reconnect') this.#came();
      }
      // Closed for good: nobody waits for what will not come.
      clearTimeout(this.#timer);
      this.#up?.resolve();
      this.#next.resolve();
    })();
  }

  get isUp(): boolean {
    return this.#up === undefined;
  }

  /** Resolves at once when the server is there, else when it is back, or the connection was closed. */
  async up(): Promise<void> {
    await this.#up?.promise;
  }

  /** Resolves when the server has come back the next time: what was not answered before never will be. */
  back(): Promise<void> {
    return this.#next.promise;
  }

  onTrouble(listener: (trouble: WirebookError | undefined) => void): void {
    this.#listener = listener;
  }

  #went({ server }: Queue): void {
    this.#up ??= Promise.withResolvers();
    this.#timer ??= setTimeout(() => {
      this.#isTold = true;
      this.#listener(
        new QueueError('queue-not-reached', `The NATS server ${server} is away.`, [
          'What is said waits, and nothing is lost: the class goes on by itself when the server is back.',
        ]),
      );
    }, TOLD_AFTER_MS);
  }

  #came(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#up?.resolve();
    this.#up = undefined;
    this.#next.resolve();
    this.#next = Promise.withResolvers();
    if (this.#isTold) this.#listener(undefined);
    this.#isTold = false;
  }
}

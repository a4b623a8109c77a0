/** An entry put into the stream for sure: tried again while the server is away, each speaker's in their order. */
import { JetStreamApiError } from '@nats-io/jetstream';
import type { Entry, Speaker } from '../../../board/events.ts';
import type { WirebookError } from '../../../lib/errors.ts';
import { whyRefused } from '../../../lib/refusal.ts';
import { isStreamGone, type Queue, QueueError } from '../../../queue/connect.ts';
import type { Line } from './line.ts';
import { logSubject, streamOf } from './names.ts';

const PAUSES_MS = [50, 100, 200, 500, 1000];

/** What JetStream says when it may hold no more: the stream's own limit, the account's, or the disk's. */
const FULL = [10002, 10023, 10028, 10047, 10077];

export interface Publisher {
  publish(entry: Entry): Promise<void>;
  /** What waits is refused. */
  close(): void;
}

interface PublisherOptions {
  queue: Queue;
  line: Line;
  id: string;
  /** The log is no more. */
  lose: (why: WirebookError) => void;
}

export function openPublisher({ queue, line, id, lose }: PublisherOptions): Publisher {
  /** By speaker, the last that was given and is not yet in the stream. */
  const last = new Map<Speaker, Promise<void>>();
  const closing = new AbortController();
  const closed = new Promise<void>((resolve) =>
    closing.signal.addEventListener('abort', () => resolve(), { once: true }),
  );
  let broken: WirebookError | undefined;

  const store = async (entry: Entry): Promise<void> => {
    const data = JSON.stringify(entry);
    // The server takes it once, though it be sent again because its answer was lost.
    const msgID = `${entry.from} ${entry.n}`;
    for (let tries = 0; ; tries += 1) {
      if (broken !== undefined) throw broken;
      await Promise.race([line.up(), closed]);
      if (closing.signal.aborted) throw wasClosed(queue);
      try {
        const stored = queue.js.publish(logSubject(id), data, { msgID });
        // An answer that the connection took with it never comes: asked again at once rather than when patience ends.
        stored.catch(() => {});
        if ((await Promise.race([stored, line.back()])) !== undefined) return;
      } catch (error) {
        const final = await finalOf(error, queue, id);
        if (final?.code === 'class-store-broken') {
          broken = final;
          lose(final);
        }
        if (final !== undefined) throw final;
        await pause(PAUSES_MS[Math.min(tries, PAUSES_MS.length - 1)]!, closing.signal);
      }
    }
  };

  return {
    publish(entry) {
      // One of a speaker at a time: the second of two that are under way could be stored though the first was not.
      const before = last.get(entry.from);
      const stored = before === undefined ? store(entry) : before.then(() => store(entry));
      // Whoever waits behind one that failed is not held up by it: the speaker says that one again.
      const settled = stored.catch(() => {});
      last.set(entry.from, settled);
      settled.then(() => last.get(entry.from) === settled && last.delete(entry.from));
      return stored;
    },
    close: () => closing.abort(),
  };
}

const wasClosed = ({ server }: Queue): WirebookError =>
  new QueueError('queue-not-reached', `The NATS server ${server} was away when the class was closed.`);

/** Why it will never be stored; undefined when it is worth trying again. */
async function finalOf(error: unknown, queue: Queue, id: string): Promise<WirebookError | undefined> {
  if (queue.nc.isClosed()) return wasClosed(queue);
  if (error instanceof JetStreamApiError) {
    if (FULL.includes(error.code))
      return new QueueError(
        'class-store-full',
        `The NATS server ${queue.server} has no more room for the class: ${whyRefused(error)}.`,
        ['Give the server, or its account, more of the disk; the class goes on by itself then.'],
      );
    // 5xx: no leader just now, or out of what comes back.
    return error.status >= 500 ? undefined : brokenBy(error.message, queue, id);
  }
  // Nobody answers: the server is away, or starts, or the stream is no more. Only the last stays so.
  const isGone = await isStreamGone(queue, streamOf(id));
  return isGone ? brokenBy('the stream is not there any more', queue, id) : undefined;
}

export function brokenBy(why: string, { server }: Queue, id: string): WirebookError {
  return new QueueError('class-store-broken', `The class on the NATS server ${server} is lost: ${why}.`, [
    `Its stream is ${streamOf(id)}. Bring it back from a backup, or host a new class.`,
  ]);
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
  });
}

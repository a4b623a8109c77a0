/**
 * The stream read from its first message on, without a gap: whatever happens to the connection or to the server's side of
 * the reading, it starts again behind the last message that was given.
 */
import { type ConsumerMessages, DeliverPolicy } from '@nats-io/jetstream';
import type { Entry } from '../../../board/events.ts';
import type { WirebookError } from '../../../lib/errors.ts';
import { isStreamGone, isStreamNotFound, type Queue } from '../../../queue/connect.ts';
import type { ServerClock } from './clock.ts';
import { streamOf } from './names.ts';
import { brokenBy } from './publish.ts';

const AGAIN_MS = 200;
/** The server says so often that there is nothing new; silence for longer, and the reading starts again. */
const HEARTBEAT_MS = 2000;
const AT_ONCE = 1000;
/** A server of a cluster that has just begun to lead may not have all yet that the one before has given. */
const MOST_BEHIND = 10;
const BEHIND_MS = 500;

export interface Follower {
  /** Everything that was in the stream when it was opened has been given. */
  caughtUp: Promise<void>;
  /** Gives nothing more from now on; the reading itself ends with the connection. */
  close(): void;
}

interface FollowerOptions {
  queue: Queue;
  id: string;
  /** Of the stream, ISO 8601: another one under the same name is not this class. */
  created: string;
  clock: ServerClock;
  on: (entry: Entry, position: number) => void;
  lose: (why: WirebookError) => void;
}

export function openFollower({ queue, id, created, clock, on, lose }: FollowerOptions): Follower {
  const stream = streamOf(id);
  let position = 0;
  let messages: ConsumerMessages | undefined;
  let isClosed = false;
  const caught = Promise.withResolvers<void>();
  let upTo: number | undefined;
  let behind = 0;
  const look = (): void => {
    if (upTo !== undefined && position >= upTo) caught.resolve();
  };

  /** Until something comes between. @returns false when it is over for good. */
  const read = async (): Promise<boolean> => {
    const info = await queue.jsm.streams.info(stream);
    if (info.created === created && info.state.last_seq < position && behind++ < MOST_BEHIND) {
      await new Promise((resolve) => setTimeout(resolve, BEHIND_MS));
      return true;
    }
    if (info.created !== created || info.state.last_seq < position) {
      lose(brokenBy('it was deleted, and another one is in its place', queue, id));
      return false;
    }
    behind = 0;
    if (info.state.first_seq > position + 1) {
      lose(brokenBy(`its first ${info.state.first_seq - 1} messages were thrown away`, queue, id));
      return false;
    }
    upTo ??= info.state.last_seq;
    look();
    const consumer = await queue.js.consumers.get(stream, {
      deliver_policy: DeliverPolicy.StartSequence,
      opt_start_seq: position + 1,
    });
    clock.seen(Date.parse((await consumer.info(true)).created));
    messages = await consumer.consume({
      max_messages: AT_ONCE,
      expires: 10_000,
      idle_heartbeat: HEARTBEAT_MS,
      abort_on_missing_resource: true,
    });
    if (isClosed) return false;
    const watching = watch(messages);
    try {
      for await (const message of messages) {
        // One that is missing comes when the reading starts again; it is never given later than the one behind it.
        if (message.seq !== position + 1) break;
        position = message.seq;
        clock.seen(Date.parse(message.timestamp));
        const entry = entryIn(message.data);
        if (entry !== undefined) on(entry, position);
        look();
        if (isClosed) return false;
      }
    } finally {
      watching();
      messages.stop();
    }
    return true;
  };

  (async () => {
    for (;;) {
      try {
        if (!(await read())) break;
      } catch (error) {
        if (isStreamNotFound(error) && (await isStreamGone(queue, stream))) {
          lose(brokenBy('the stream is not there any more', queue, id));
          break;
        }
      }
      if (isClosed || queue.nc.isClosed()) break;
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
    }
    // Nobody waits for what will never come.
    caught.resolve();
  })();

  /** Ends the reading when the server went away or fell silent; the loop begins a new one. */
  const watch = (one: ConsumerMessages): (() => void) => {
    const status = queue.nc.status();
    (async () => {
      for await (const { type } of status) if (type === 'reconnect') one.stop();
    })();
    (async () => {
      for await (const { type } of one.status()) if (type === 'heartbeats_missed') one.stop();
    })();
    return () => (status as { stop?: () => void }).stop?.();
  };

  return {
    caughtUp: caught.promise,
    close() {
      isClosed = true;
      messages?.stop();
    },
  };
}

/** What another program put there is passed over. */
function entryIn(data: Uint8Array): Entry | undefined {
  try {
    const entry = JSON.parse(Buffer.from(data).toString('utf8')) as Entry;
    const isOne =
      typeof entry?.from === 'string' &&
      Number.isSafeInteger(entry.n) &&
      Number.isFinite(entry.at) &&
      typeof entry.event?.type === 'string';
    return isOne ? entry : undefined;
  } catch {
    return undefined;
  }
}

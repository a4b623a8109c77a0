/** The streams of grading on a NATS server, and what is put into them. */

import { gunzipSync, gzipSync } from 'node:zlib';
import {
  AckPolicy,
  type ConsumerConfig,
  DiscardPolicy,
  type JetStreamManager,
  RetentionPolicy,
  StorageType,
} from '@nats-io/jetstream';
import { connectQueue, ensureStream, isThereAlready, type Queue } from '../../queue/connect.ts';
import { JOBS, LESSONS, RESULTS } from './names.ts';

const DAY = 24 * 3600 * 1e9;
/** A worker that has not spoken for so long is dead; its job goes to another. It speaks three times as often. */
export const ACK_WAIT_MS = 15_000;
export const SPEAK_MS = ACK_WAIT_MS / 3;

/** @throws InputError `bad-queue`, QueueError `queue-not-reached`, `no-jetstream` */
export const openQueue = (url: string): Promise<Queue> => connectQueue(url, 'wirebook grade', makeStreams);

async function makeStreams(jsm: JetStreamManager): Promise<void> {
  const file = { storage: StorageType.File, max_msgs_per_subject: 1 };
  // One a subject, and the first one stays: a second job or result of the same is refused by the server itself.
  const once = {
    ...file,
    retention: RetentionPolicy.Workqueue,
    discard: DiscardPolicy.New,
    discard_new_per_subject: true,
  };
  await ensureStream(jsm, { name: LESSONS, subjects: ['wirebook.lessons.*'], ...file, max_age: 30 * DAY });
  await ensureStream(jsm, { name: JOBS, subjects: ['wirebook.jobs.*.*.*'], ...once, max_age: 30 * DAY });
  await ensureStream(jsm, { name: RESULTS, subjects: ['wirebook.results.*.*'], ...once, max_age: 30 * DAY });
}

/** A durable consumer with explicit acknowledgement; the one that is there serves. */
export async function consumerOf(
  { jsm, js }: Queue,
  stream: string,
  name: string,
  more: Partial<ConsumerConfig>,
) {
  const config = {
    durable_name: name,
    ack_policy: AckPolicy.Explicit,
    ack_wait: ACK_WAIT_MS * 1e6,
    max_deliver: -1,
    ...more,
  };
  await jsm.consumers.add(stream, config);
  return js.consumers.get(stream, name);
}

export const pack = (value: unknown): Uint8Array => gzipSync(JSON.stringify(value), { level: 1 });

const MOST_BYTES = 64 * 1024 * 1024;
/** What came over the wire, as far as it is JSON at all. */
export function unpack(data: Uint8Array): unknown {
  return JSON.parse(gunzipSync(data, { maxOutputLength: MOST_BYTES }).toString('utf8'));
}

/** Published for sure: tried again while the server is away. @returns false when it was there already. */
export async function publish(
  queue: Queue,
  subject: string,
  data: Uint8Array,
  signal: AbortSignal,
): Promise<boolean> {
  for (let pause = 200; ; pause = Math.min(5000, pause * 2)) {
    try {
      await queue.js.publish(subject, data);
      return true;
    } catch (error) {
      if (isThereAlready(error)) return false;
      if (signal.aborted || queue.nc.isClosed()) throw error;
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
}

/** The connection to a NATS server: it outlives the server's restarts, and says plainly what is missing. */

import { gunzipSync, gzipSync } from 'node:zlib';
import {
  AckPolicy,
  type ConsumerConfig,
  DiscardPolicy,
  JetStreamApiError,
  type JetStreamClient,
  type JetStreamManager,
  jetstream,
  jetstreamManager,
  RetentionPolicy,
  StorageType,
} from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { InputError, WirebookError } from '../../lib/errors.ts';
import { JOBS, LESSONS, RESULTS } from './names.ts';

export interface Queue {
  nc: NatsConnection;
  js: JetStreamClient;
  jsm: JetStreamManager;
  close(): Promise<void>;
}

/** The queue is away for longer than we wait: not the submission's fault, nor the sandbox's. */
export class QueueError extends WirebookError {
  readonly exit = 3;
}

const DAY = 24 * 3600 * 1e9;
/** A worker that has not spoken for so long is dead; its job goes to another. It speaks three times as often. */
export const ACK_WAIT_MS = 15_000;
export const SPEAK_MS = ACK_WAIT_MS / 3;

/** Of a URL as `nats://user:password@host:4222`; a user without a password is a token. */
function optionsOf(url: string) {
  let parsed: URL;
  try {
    parsed = new URL(url.includes('://') ? url : `nats://${url}`);
  } catch {
    throw new InputError('bad-queue', `${url} is no address of a NATS server.`, 'Write nats://HOST:4222');
  }
  if (!['nats:', 'tls:'].includes(parsed.protocol))
    throw new InputError(
      'bad-queue',
      `${parsed.protocol}// is no way to a NATS server.`,
      'Write nats://HOST:4222',
    );
  const user = decodeURIComponent(parsed.username);
  const pass = decodeURIComponent(parsed.password);
  return {
    servers: parsed.host.includes(':') ? parsed.host : `${parsed.host}:4222`,
    ...(user !== '' && pass !== '' ? { user, pass } : user !== '' ? { token: user } : {}),
    ...(parsed.protocol === 'tls:' ? { tls: {} } : {}),
    name: 'wirebook grade',
    maxReconnectAttempts: -1,
    reconnectTimeWait: 500,
    timeout: 5000,
  };
}

/** @throws InputError `bad-queue`, QueueError `queue-not-reached`, `no-jetstream` */
export async function openQueue(url: string): Promise<Queue> {
  const options = optionsOf(url);
  let nc: NatsConnection;
  try {
    nc = await connect(options);
  } catch (error) {
    throw new QueueError(
      'queue-not-reached',
      `The NATS server ${options.servers} cannot be reached: ${(error as Error).message}.`,
      ['Start one: nats-server --jetstream --store_dir FOLDER'],
    );
  }
  try {
    const jsm = await jetstreamManager(nc, { timeout: 10_000 });
    await makeStreams(jsm);
    const js = jetstream(nc, { timeout: 10_000 });
    return { nc, js, jsm, close: () => nc.close() };
  } catch (error) {
    await nc.close();
    throw new QueueError(
      'no-jetstream',
      `The NATS server ${options.servers} does not keep messages: ${(error as Error).message}.`,
      ['It needs JetStream: nats-server --jetstream --store_dir FOLDER'],
    );
  }
}

async function makeStreams(jsm: JetStreamManager): Promise<void> {
  const file = { storage: StorageType.File, max_msgs_per_subject: 1 };
  // One a subject, and the first one stays: a second job or result of the same is refused by the server itself.
  const once = {
    ...file,
    retention: RetentionPolicy.Workqueue,
    discard: DiscardPolicy.New,
    discard_new_per_subject: true,
  };
  await ensure(jsm, { name: LESSONS, subjects: ['wirebook.lessons.*'], ...file, max_age: 30 * DAY });
  await ensure(jsm, { name: JOBS, subjects: ['wirebook.jobs.*.*.*'], ...once, max_age: 30 * DAY });
  await ensure(jsm, { name: RESULTS, subjects: ['wirebook.results.*.*'], ...once, max_age: 30 * DAY });
}

async function ensure(
  jsm: JetStreamManager,
  config: Parameters<JetStreamManager['streams']['add']>[0],
): Promise<void> {
  try {
    await jsm.streams.info(config.name);
  } catch {
    await jsm.streams.add(config);
  }
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

/** JetStream's code for a second message of a subject that takes one. */
const THERE_ALREADY = 10077;
export const isThereAlready = (error: unknown): boolean =>
  error instanceof JetStreamApiError && error.code === THERE_ALREADY;

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

/** The connection to a NATS server that keeps messages: it outlives the server's restarts, and says plainly what is missing. */

import {
  JetStreamApiCodes,
  JetStreamApiError,
  type JetStreamClient,
  type JetStreamManager,
  jetstream,
  jetstreamManager,
} from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { InputError, WirebookError } from '../lib/errors.ts';
import { whyRefused } from '../lib/refusal.ts';
import { hearLateErrors } from './late-errors.ts';

export interface Queue {
  nc: NatsConnection;
  js: JetStreamClient;
  jsm: JetStreamManager;
  /** As it may be shown: without user and password. */
  server: string;
  close(): Promise<void>;
}

/** The queue is away, or does not do what it should: not the learner's fault, nor the sandbox's. */
export class QueueError extends WirebookError {
  readonly exit = 3;
}

/** Of a URL as `nats://user:password@host:4222`; a user without a password is a token. */
function optionsOf(url: string, name: string) {
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
    name,
    maxReconnectAttempts: -1,
    reconnectTimeWait: 500,
    timeout: 5000,
    // A server that is there and does not answer is noticed too.
    pingInterval: 10_000,
    maxPingOut: 2,
  };
}

/**
 * @param name what the server's operator sees of us
 * @param prepare makes the streams that are needed
 * @throws InputError `bad-queue`, QueueError `queue-not-reached`, `no-jetstream`
 */
export async function connectQueue(
  url: string,
  name: string,
  prepare: (jsm: JetStreamManager) => Promise<void>,
): Promise<Queue> {
  const options = optionsOf(url, name);
  let nc: NatsConnection;
  try {
    nc = await connect(options);
  } catch (error) {
    throw new QueueError(
      'queue-not-reached',
      `The NATS server ${options.servers} cannot be reached: ${whyRefused(error)}.`,
      ['Start one: nats-server --jetstream --store_dir FOLDER'],
    );
  }
  hearLateErrors(nc);
  try {
    const jsm = await jetstreamManager(nc, { timeout: 10_000 });
    await prepare(jsm);
    const js = jetstream(nc, { timeout: 10_000 });
    return { nc, js, jsm, server: options.servers, close: () => nc.close() };
  } catch (error) {
    await nc.close();
    if (error instanceof WirebookError) throw error;
    throw new QueueError(
      'no-jetstream',
      `The NATS server ${options.servers} does not keep messages: ${whyRefused(error)}.`,
      ['It needs JetStream: nats-server --jetstream --store_dir FOLDER'],
    );
  }
}

export const isStreamNotFound = (error: unknown): boolean =>
  error instanceof JetStreamApiError && error.code === JetStreamApiCodes.StreamNotFound;

/** JetStream's code for a second message of a subject that takes one. */
const THERE_ALREADY = 10077;
export const isThereAlready = (error: unknown): boolean =>
  error instanceof JetStreamApiError && error.code === THERE_ALREADY;

/** The stream that is there serves, as it is. */
export async function ensureStream(
  jsm: JetStreamManager,
  config: Parameters<JetStreamManager['streams']['add']>[0],
): Promise<void> {
  try {
    await jsm.streams.info(config.name);
  } catch (error) {
    if (!isStreamNotFound(error)) throw error;
    await jsm.streams.add(config);
  }
}

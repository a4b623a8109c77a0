/** The connection to a NATS server that keeps messages: it outlives the server's restarts, and says plainly what is missing. */

import { setTimeout as sleep } from 'node:timers/promises';
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

/** How long a cluster may be without a leader when we come to it. */
const PATIENCE_MS = 20_000;
/** How often a cluster is asked for what it says it has not. */
const ASKED = 5;

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

function parsedUrl(url: string): URL {
  let parsed: URL;
  try {
    parsed = new URL(url.includes('://') ? url : `nats://${url}`);
  } catch {
    throw new InputError('bad-queue', `${url} is no address of a NATS server.`, 'Write nats://HOST:4222');
  }
  if (['nats:', 'tls:'].includes(parsed.protocol)) return parsed;
  throw new InputError(
    'bad-queue',
    `${parsed.protocol}// is no way to a NATS server.`,
    'Write nats://HOST:4222',
  );
}

/**
 * Of a URL as `nats://user:password@host:4222`, or of several with commas between them, for the servers of a cluster; a user
 * without a password is a token. Who asks, and how, stands in the first.
 */
function optionsOf(url: string, name: string) {
  const all = url
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '')
    .map(parsedUrl);
  const parsed = all[0] ?? parsedUrl(url);
  const user = decodeURIComponent(parsed.username);
  const pass = decodeURIComponent(parsed.password);
  return {
    servers: all.map(({ host }) => (/:\d+$/.test(host) ? host : `${host}:4222`)),
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
  const server = options.servers.join(', ');
  let nc: NatsConnection;
  try {
    nc = await connect(options);
  } catch (error) {
    throw new QueueError(
      'queue-not-reached',
      `The NATS server ${server} cannot be reached: ${whyRefused(error)}.`,
      ['Start one: nats-server --jetstream --store_dir FOLDER'],
    );
  }
  hearLateErrors(nc);
  try {
    const jsm = await prepared(nc, prepare);
    const js = jetstream(nc, { timeout: patienceWith(nc) });
    return { nc, js, jsm, server, close: () => nc.close() };
  } catch (error) {
    await nc.close();
    if (error instanceof WirebookError) throw error;
    throw new QueueError(
      'no-jetstream',
      `The NATS server ${server} does not keep messages: ${whyRefused(error)}.`,
      ['It needs JetStream: nats-server --jetstream --store_dir FOLDER'],
    );
  }
}

/** What a cluster without a leader is asked is never answered: asked again soon, it goes on as soon as there is one. */
const patienceWith = (nc: NatsConnection): number => (isClustered(nc) ? 3000 : 10_000);

/** A cluster that has just lost the server which led it answers nothing until another one does: some seconds. */
async function prepared(
  nc: NatsConnection,
  prepare: (jsm: JetStreamManager) => Promise<void>,
): Promise<JetStreamManager> {
  const until = performance.now() + PATIENCE_MS;
  for (;;) {
    try {
      const jsm = await jetstreamManager(nc, { timeout: patienceWith(nc) });
      await prepare(jsm);
      return jsm;
    } catch (error) {
      if (error instanceof WirebookError || !isClustered(nc) || performance.now() > until) throw error;
      await sleep(250);
    }
  }
}

const isClustered = (nc: NatsConnection): boolean => nc.info?.cluster !== undefined;

/**
 * Whether a stream is there no more. A cluster in which servers come and go may say so for a moment though it is: it is asked
 * again before that is believed.
 */
export async function isStreamGone({ nc, jsm }: Queue, stream: string): Promise<boolean> {
  for (let times = 1; ; times++) {
    try {
      await jsm.streams.info(stream);
      return false;
    } catch (error) {
      if (!isStreamNotFound(error)) return false;
    }
    if (!isClustered(nc) || times >= ASKED) return true;
    await sleep(1000);
  }
}

export const isStreamNotFound = (error: unknown): boolean =>
  error instanceof JetStreamApiError && error.code === JetStreamApiCodes.StreamNotFound;

/** JetStream's code for a second message of a subject that takes one. */
const THERE_ALREADY = 10077;
export const isThereAlready = (error: unknown): boolean =>
  error instanceof JetStreamApiError && error.code === THERE_ALREADY;

/** As many servers of a cluster keep a stream: one may be lost, and the others go on. */
const REPLICAS = 3;

/** What JetStream says when too few servers would hold it: no peers (10005), or no cluster that is large enough (10074). */
const TOO_FEW = [10005, 10074];

/** The stream that is there serves, as it is. A new one is kept by three servers of a cluster, where there are as many. */
export async function ensureStream(
  jsm: JetStreamManager,
  config: Parameters<JetStreamManager['streams']['add']>[0],
): Promise<void> {
  try {
    await jsm.streams.info(config.name);
  } catch (error) {
    if (!isStreamNotFound(error)) throw error;
    try {
      await jsm.streams.add({ ...config, num_replicas: REPLICAS });
    } catch (why) {
      if (!(why instanceof JetStreamApiError && TOO_FEW.includes(why.code))) throw why;
      await jsm.streams.add(config);
    }
  }
}

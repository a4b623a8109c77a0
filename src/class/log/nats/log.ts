/**
 * A class kept by NATS JetStream, for hosts on several machines: one stream that only grows, read by all of them in the
 * same order. That entries are stored once, survive, and are given in order is the server's work; ours is to try again.
 */
import {
  DiscardPolicy,
  type JetStreamManager,
  RetentionPolicy,
  StorageType,
  type StreamConfig,
} from '@nats-io/jetstream';
import type { Entry } from '../../../board/events.ts';
import { shownMapSchema } from '../../../board/shown-map.ts';
import type { WirebookError } from '../../../lib/errors.ts';
import { connectQueue, ensureStream, type Queue } from '../../../queue/connect.ts';
import type { ClassLog, Presence, ShownThere } from '../contract.ts';
import { ServerClock } from './clock.ts';
import { type Follower, openFollower } from './follow.ts';
import { Line } from './line.ts';
import { checkedId, logSubject, presenceSubject, shownSubject, streamOf } from './names.ts';
import { brokenBy, openPublisher, type Publisher } from './publish.ts';

export interface NatsLogOptions {
  url: string;
  /** Of the class. */
  id: string;
}

/** So long the server knows what it has stored already. What comes later twice is told apart by those who read it. */
const KNOWN_NS = 10 * 60 * 1e9;

/** @throws InputError `bad-queue`, `bad-class-id`, QueueError `queue-not-reached`, `no-jetstream`, `class-store-broken` */
export async function openNatsLog(options: NatsLogOptions): Promise<ClassLog> {
  const id = checkedId(options.id);
  const queue = await connectQueue(options.url, `wirebook class ${id}`, (jsm) => makeStream(jsm, id));
  try {
    const { created, config } = await queue.jsm.streams.info(streamOf(id));
    if (throwsAway(config))
      throw brokenBy('its stream has limits by which the oldest messages are thrown away', queue, id);
    return new NatsLog(queue, id, created);
  } catch (error) {
    await queue.close();
    throw error;
  }
}

/**
 * One that an operator made may. Not even `discard: new` keeps a limit in bytes from it: servers of 2.9 count less than they
 * write then, and make room.
 */
const throwsAway = ({
  max_age,
  max_bytes,
  max_msgs,
  max_msgs_per_subject,
  retention,
}: StreamConfig): boolean =>
  retention !== RetentionPolicy.Limits ||
  [max_age, max_bytes, max_msgs, max_msgs_per_subject].some((limit) => (limit ?? 0) > 0);

async function makeStream(jsm: JetStreamManager, id: string): Promise<void> {
  // Without a limit of its own: the server's and the account's are the limit, and refuse what is new.
  await ensureStream(jsm, {
    name: streamOf(id),
    subjects: [logSubject(id)],
    storage: StorageType.File,
    retention: RetentionPolicy.Limits,
    discard: DiscardPolicy.New,
    duplicate_window: KNOWN_NS,
    deny_delete: true,
    deny_purge: true,
  });
}

class NatsLog implements ClassLog {
  readonly lost: Promise<WirebookError>;
  readonly #lose: (why: WirebookError) => void;
  readonly #queue: Queue;
  readonly #id: string;
  readonly #created: string;
  readonly #publisher: Publisher;
  readonly #followers: Follower[] = [];
  readonly #clock = new ServerClock();
  readonly #line: Line;
  #host: string | undefined;

  constructor(queue: Queue, id: string, created: string) {
    this.#queue = queue;
    this.#id = id;
    this.#created = created;
    this.#line = new Line(queue);
    const lost = Promise.withResolvers<WirebookError>();
    this.lost = lost.promise;
    this.#lose = lost.resolve;
    this.#publisher = openPublisher({ queue, line: this.#line, id, lose: this.#lose });
  }

  append(entry: Entry): Promise<void> {
    return this.#publisher.publish(entry);
  }

  follow(on: (entry: Entry, position: number) => void): Promise<void> {
    return this.#open(on).caughtUp;
  }

  async read(on: (entry: Entry, position: number) => void): Promise<void> {
    const follower = this.#open(on);
    await follower.caughtUp;
    follower.close();
    this.#followers.splice(this.#followers.indexOf(follower), 1);
  }

  #open(on: (entry: Entry, position: number) => void): Follower {
    const follower = openFollower({
      queue: this.#queue,
      id: this.#id,
      created: this.#created,
      clock: this.#clock,
      on,
      lose: this.#lose,
    });
    this.#followers.push(follower);
    return follower;
  }

  now(): number {
    return this.#clock.now();
  }

  present(presence: Presence): void {
    this.#host = presence.host;
    this.#cast(presenceSubject(this.#id), presence);
  }

  show(shown: ShownThere): void {
    this.#cast(shownSubject(this.#id), shown);
  }

  /** While the server is away nobody is told: what is true for seconds only is not kept for later. */
  #cast(subject: string, what: object): void {
    if (this.#line.isUp && !this.#queue.nc.isClosed()) this.#queue.nc.publish(subject, JSON.stringify(what));
  }

  onTrouble(on: (trouble: WirebookError | undefined) => void): void {
    this.#line.onTrouble(on);
  }

  onPresence(on: (presence: Presence) => void): void {
    this.#queue.nc.subscribe(presenceSubject(this.#id), {
      callback: (error, message) => {
        const presence = error ? undefined : presenceIn(message.string());
        if (presence !== undefined && presence.host !== this.#host) on(presence);
      },
    });
  }

  onShown(on: (shown: ShownThere) => void): void {
    this.#queue.nc.subscribe(shownSubject(this.#id), {
      callback: (error, message) => {
        const shown = error ? undefined : shownIn(message.string());
        if (shown !== undefined && shown.host !== this.#host) on(shown);
      },
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#publisher.close();
    for (const follower of this.#followers) follower.close();
    await this.#queue.close();
  }
}

/** Whoever may write there could have put it there: it is looked at as what a board says is. */
function shownIn(text: string): ShownThere | undefined {
  try {
    const { host, at, map } = JSON.parse(text) as ShownThere;
    if (typeof host !== 'string' || !Number.isFinite(at)) return undefined;
    if (map === undefined) return { host, at };
    const { data } = shownMapSchema.safeParse(map);
    return data && { host, at, map: data };
  } catch {
    return undefined;
  }
}

function presenceIn(text: string): Presence | undefined {
  try {
    const presence = JSON.parse(text) as Presence;
    return typeof presence.host === 'string' && Array.isArray(presence.learners) ? presence : undefined;
  } catch {
    return undefined;
  }
}

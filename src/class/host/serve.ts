/**
 * The host of a class: opens its log, folds it, and speaks with learners and boards until it is closed. Everything that
 * was acknowledged is in the log; so a host that is killed and started again, or another one with the same log, goes on
 * where it was.
 */
import { randomBytes } from 'node:crypto';
import type { Book } from '../../board/book.ts';
import type { Connect } from '../../board/link.ts';
import type { Invitation } from '../../board/messages.ts';
import type { CourseNotes } from '../../board/notes.ts';
import type { CourseOutline } from '../../board/outline.ts';
import type { WirebookError } from '../../lib/errors.ts';
import { type ClassLog, PRESENCE_EVERY_MS, SHOWN_EVERY_MS } from '../log/contract.ts';
import type { ReportFile } from '../report/formats.ts';
import type { Arrivals } from './arrivals.ts';
import { Boards, PATCH_EVERY_MS } from './boards.ts';
import type { Certificate } from './certificate/make.ts';
import { Door } from './door.ts';
import { Hub, type Listener } from './hub.ts';
import { type Net, type NetOptions, openNet } from './net.ts';
import type { Peer } from './peer.ts';
import type { Pending } from './pending.ts';
import { Rooms } from './rooms.ts';
import { learnerOf, type RosterEntry, Rosters } from './roster.ts';
import { Shown } from './shown.ts';
import { Tries } from './tries.ts';

export interface ServeOptions {
  /** Closed by who opened it, after the host. */
  log: ClassLog;
  /** Of the class. */
  id: string;
  title: string;
  course: CourseOutline;
  notes?: CourseNotes;
  /** How learners join, by the port that it has come to be: for boards that show it to the class. */
  invitation?(port: number): Invitation;
  /** The secret part of the class's code. */
  secret: string;
  /** SHA-256, hexadecimal, of the keys that boards may bring. */
  instructorKeyHash: string | readonly string[];
  certificate: Certificate;
  /** 0: any that is free. */
  port: number;
  /** An address of this machine; absent: all of them. */
  listen?: string;
  /** Names by which browsers call the host, beside its addresses and `localhost`. */
  names?: readonly string[];
  roster?: readonly RosterEntry[];
  /** Learners at the most. */
  max?: number;
  /** Something that hinders the class (a full disk, a server that is away), and undefined when it is over. */
  trouble?(error: WirebookError | undefined): void;
  now?(): number;
  pending?: Pending;
  arrivals?: Arrivals;
  /** Wrong codes, where there are other doors at which they can be said. */
  tries?: Tries;
  /** What is answered beside the board. */
  more?: NetOptions['more'];
}

export const MOST_LEARNERS = 5000;
const LOOK_EVERY_MS = 1000;

export interface ServedClass extends AsyncDisposable {
  readonly port: number;
  readonly inside: Net['inside'];
  /** As it is now; not to be written to. */
  readonly book: Book;
  /** Learners that are connected, to whichever host. */
  present(): number;
  /** Told of each entry, after it is in the book. */
  on(listener: Listener): () => void;
  /** A board in this process: for `createLink` (board/link.ts), which says hello with the key as any other. */
  readonly connect: Connect;
  /** Resolves when an instructor has ended the class, or when its log is lost. */
  readonly ended: Promise<WirebookError | undefined>;
  /**
   * What it comes to so far, as a file. @throws InputError `unknown-reporter`, `one-submission`
   * @param format one of CLASS_FORMATS (report/formats.ts)
   */
  report(format: string): Promise<ReportFile>;
  /** The class is over, for everybody. */
  end(): Promise<void>;
  /** Stops the host; the class can go on with another start of it. */
  close(): Promise<void>;
}

/** @throws InputError `port-taken`, `cannot-listen`; as the log does */
export async function serveClass(options: ServeOptions): Promise<ServedClass> {
  const { log, id, title, course, max = MOST_LEARNERS } = options;
  const now = options.now ?? (() => log.now());
  const host = randomBytes(6).toString('hex');
  const hub = new Hub({ log, course, host, now, trouble: options.trouble ?? (() => undefined) });
  const [boards, rooms] = [new Boards(hub), new Rooms(hub)];
  const shown = new Shown({ host, now, share: (there) => log.show(there) });
  const ended = Promise.withResolvers<WirebookError | undefined>();
  await hub.start();
  if (hub.book.id === undefined) await hub.sayOwn('class', { type: 'class-opened', id, title });
  hub.on((change, { event }) => {
    boards.changed(change);
    rooms.changed(change);
    if (event.type === 'connected' && event.host !== host) rooms.satElsewhere(event.learner);
    if (event.type === 'class-ended') ended.resolve(undefined);
  });
  boards.look();
  log.onPresence((presence) => presenceChanged(hub.present.told(presence)));
  log.onShown((there) => shown.told(there));
  log.onTrouble((error) => options.trouble?.(error));
  void log.lost.then(ended.resolve);
  const presenceChanged = (learners: readonly string[]): void => {
    for (const learner of learners) boards.row(learner);
    if (learners.length > 0) rooms.countChanged();
  };
  hub.present.onOwn((learner) => presenceChanged([learner]));

  const roster = options.roster === undefined ? undefined : new Rosters(options.roster);
  const { secret, instructorKeyHash, notes } = options;
  const tries = options.tries ?? new Tries(performance.now());
  const report = async (format: string): Promise<ReportFile> => {
    const { reportFile } = await import('../report/formats.ts');
    const { reportOfLog } = await import('../report/of-log.ts');
    const made = await reportOfLog(log, course);
    return reportFile(format, made, { course, roster: options.roster?.map(learnerOf) });
  };
  const door = new Door({
    hub,
    rooms,
    boards,
    shown,
    secret,
    instructorKeyHash,
    roster,
    max,
    notes,
    invitation: () => options.invitation?.(net.port),
    report,
    tries,
  });
  const net: Net = await openNet({
    ...options.certificate,
    port: options.port,
    listen: options.listen,
    names: options.names ?? [],
    pending: options.pending,
    arrivals: options.arrivals,
    more: options.more,
    open: (peer, address, letIn) => door.open(peer, address, letIn),
  });
  log.present({ host, learners: [] });
  const timers = [
    setInterval(() => {
      boards.tell();
      rooms.tell();
      shown.tell();
    }, PATCH_EVERY_MS),
    setInterval(() => shown.beat(), SHOWN_EVERY_MS),
    setInterval(() => boards.look(), LOOK_EVERY_MS),
    setInterval(() => {
      log.present({ host, learners: hub.present.here() });
      presenceChanged(hub.present.expire());
      for (const { host: gone, learner, at } of hub.present.orphans())
        hub.sayOwn(learner, { type: 'disconnected', learner, host: gone }, at).catch(() => undefined);
    }, PRESENCE_EVERY_MS),
  ];
  let closing: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    for (const timer of timers) clearInterval(timer);
    boards.tell();
    rooms.tell();
    shown.close();
    await net.close();
    // What was on its way is kept, or told as not kept; nothing new comes.
    await hub.quiet();
  };
  const stop = (): Promise<void> => {
    closing ??= close();
    return closing;
  };
  return {
    port: net.port,
    inside: net.inside,
    book: hub.book,
    present: () => hub.present.count(),
    on: (listener) => hub.on(listener),
    connect: (on) => {
      const peer: Peer = {
        send: (text) => queueMicrotask(() => on.message(text)),
        buffered: 0,
        close: () => queueMicrotask(() => on.closed()),
        cut: () => queueMicrotask(() => on.closed()),
        pause: () => undefined,
        resume: () => undefined,
      };
      const line = door.open(peer, undefined, () => undefined);
      queueMicrotask(() => on.opened());
      return { send: (text) => line.message(text), close: () => line.closed() };
    },
    ended: ended.promise,
    report,
    async end() {
      const from = `instructor:host-${host}` as const;
      await hub.say({ from, n: 1, at: now(), event: { type: 'class-ended' } });
    },
    close: stop,
    [Symbol.asyncDispose]: stop,
  };
}

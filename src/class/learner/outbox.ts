/**
 * What a learner has said and the host has not yet acknowledged, on disk: it outlives a lost connection and a kill -9 of
 * the notebook, and is said again in its order, with its numbers. One line of JSON a record, appended; read, the later
 * record wins.
 */
import { closeSync, existsSync, fsync, openSync, readFileSync, writeSync } from 'node:fs';
import type { LearnerEvent } from '../../board/events.ts';
import { replaceFile } from '../../session/journal/files.ts';

export interface Said {
  n: number;
  at: number;
  event: LearnerEvent;
}

export interface Outbox {
  /** In their order. */
  pending(): readonly Said[];
  /** Numbered and on disk when this returns. */
  say(event: LearnerEvent, at: number): Said;
  /** Handed to the connection: from now on the host may have it under this number. */
  sent(n: number): void;
  /** The host keeps everything up to and with this number. */
  heard(n: number): void;
  /**
   * The same, told at the start of a connection. A host that has heard more than this outbox remembers (the machine
   * lost power, a backup was put back) has other things under those numbers: what was never sent gets new ones.
   */
  welcomed(heard: number): void;
  /** What was withdrawn is not said any more. */
  drop(withdrawn: (event: LearnerEvent) => boolean): void;
  close(): void;
}

type Record = Said | { heard: number } | { last: number };

/** Bytes from which the file is written anew without what was heard. */
const COMPACT_AT = 256 * 1024;
/** The same when nothing waits. */
const SMALL = 8 * 1024;
/** A connection that is gone for days must not fill the disk: from here on only the latest of a kind is kept. */
const MOST = 2000;
const SYNC_MS = 200;

function read(path: string): { pending: Map<number, Said>; last: number } {
  const pending = new Map<number, Said>();
  let last = 0;
  if (!existsSync(path)) return { pending, last };
  for (const line of readFileSync(path, 'utf8').split('\n')) {
    const record = parsed(line);
    if (record === undefined) continue;
    if ('heard' in record) {
      last = Math.max(last, record.heard);
      for (const n of [...pending.keys()]) if (n <= record.heard) pending.delete(n);
    } else if ('last' in record) last = Math.max(last, record.last);
    else {
      last = Math.max(last, record.n);
      pending.set(record.n, record);
    }
  }
  return { pending, last };
}

/** Undefined for a line that a crash has torn. */
function parsed(line: string): Record | undefined {
  if (line === '') return undefined;
  try {
    return JSON.parse(line) as Record;
  } catch {
    return undefined;
  }
}

/** What a later event says anew; undefined where each counts by itself. */
function subject(event: LearnerEvent): string | undefined {
  switch (event.type) {
    case 'cell':
    case 'output':
      return `${event.type} ${event.lesson}/${event.cell}`;
    case 'moved':
    case 'consent':
    case 'hand':
    case 'reaction':
      return event.type;
    case 'transcript':
      return `transcript ${event.lesson}`;
    default:
      return undefined;
  }
}

export function openOutbox(path: string): Outbox {
  const { pending, last: known } = read(path);
  let last = known;
  /** Numbers of this run that no connection has been given. */
  const fresh = new Set<number>();
  let size = 0;
  let fd = -1;
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  const compact = () => {
    if (fd >= 0) closeSync(fd);
    const lines = [{ last }, ...pending.values()].map((record) => `${JSON.stringify(record)}\n`).join('');
    replaceFile(path, lines);
    fd = openSync(path, 'a', 0o600);
    size = Buffer.byteLength(lines);
  };

  const write = (record: Record) => {
    const bytes = Buffer.from(`${JSON.stringify(record)}\n`);
    let written = 0;
    while (written < bytes.length) written += writeSync(fd, bytes, written);
    size += bytes.length;
    timer ??= setTimeout(() => {
      timer = undefined;
      if (!closed) fsync(fd, () => {});
    }, SYNC_MS).unref();
  };

  /** What no connection was given goes without a trace; what one was may be known by its number, and leaves it empty. */
  const withdraw = (numbers: ReadonlySet<number>) => {
    const waiting = [...pending.values()].filter(({ n }) => fresh.has(n));
    for (const n of numbers) {
      const said = pending.get(n);
      if (said && !fresh.has(n)) pending.set(n, { ...said, event: { type: 'withdrawn' } });
    }
    last = (waiting[0]?.n ?? last + 1) - 1;
    renumber(
      waiting.map(({ n }) => n),
      waiting.filter(({ n }) => !numbers.has(n)),
    );
  };

  /** Takes these out and puts others behind all that is known. */
  const renumber = (out: readonly number[], again: readonly Said[]) => {
    for (const n of out) {
      pending.delete(n);
      fresh.delete(n);
    }
    for (const said of again) {
      last += 1;
      pending.set(last, { ...said, n: last });
      fresh.add(last);
    }
    // Also on the disk nothing is to be found of what somebody took back.
    compact();
  };

  const shrink = () => {
    const later = new Set<string>();
    const superseded = new Set<number>();
    for (const { n, event } of [...pending.values()].reverse()) {
      const about = subject(event);
      if (about === undefined) continue;
      if (later.has(about)) superseded.add(n);
      later.add(about);
    }
    withdraw(superseded);
  };

  const heard = (upTo: number) => {
    let gone = false;
    for (const one of pending.keys()) if (one <= upTo) gone = pending.delete(one) || gone;
    last = Math.max(last, upTo);
    if (!gone) return;
    if (size > COMPACT_AT || (pending.size === 0 && size > SMALL)) compact();
    else write({ heard: upTo });
  };

  // Also mends what a crash has torn: the next record begins on a line of its own.
  compact();

  return {
    pending: () => [...pending.values()],
    say(event, at) {
      const said: Said = { n: last + 1, at, event };
      write(said);
      last = said.n;
      pending.set(said.n, said);
      fresh.add(said.n);
      if (pending.size > MOST && pending.size % 100 === 0) shrink();
      return said;
    },
    sent: (n) => void fresh.delete(n),
    heard,
    welcomed(upTo) {
      const lost = [...pending.values()].find(({ n }) => n <= upTo && fresh.has(n));
      if (lost) {
        // In their order, and all that came after them too.
        const again = [...pending.values()].filter(({ n }) => n >= lost.n);
        last = Math.max(last, upTo);
        renumber(
          again.map(({ n }) => n),
          again,
        );
      }
      heard(upTo);
    },
    drop(withdrawn) {
      const gone = [...pending.values()].filter(({ event }) => withdrawn(event));
      // Also without any: what was heard long ago goes from the disk too.
      withdraw(new Set(gone.map(({ n }) => n)));
    },
    close() {
      if (closed) return;
      closed = true;
      clearTimeout(timer);
      closeSync(fd);
    },
  };
}

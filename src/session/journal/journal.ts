/**
 * The journal of a lesson: every event appended as one line of JSON, so that after a crash at any byte all but the last
 * line is there. A long journal is folded into a snapshot. One process writes it at a time (lock.ts).
 */
import {
  closeSync,
  existsSync,
  fsync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import type { Lesson } from '../../lesson/model.ts';
import { type Clock, systemClock } from '../../lib/clock.ts';
import { InputError } from '../../lib/errors.ts';
import { whyRefused } from '../../lib/refusal.ts';
import type { SessionEvent } from '../events.ts';
import type { SessionState } from '../state.ts';
import { answersMarkdown } from './answers.ts';
import { replaceFile } from './files.ts';
import { type Lock, takeLock } from './lock.ts';
import { answersPath, badPath, progressPath } from './names.ts';
import { progressOf } from './progress.ts';
import { type JournalContent, readJournal } from './read.ts';
import { bounded, type Header, headerOf, isKept, JOURNAL_VERSION } from './records.ts';
import { type Restored, restore } from './restore.ts';
import { snapshotLines } from './snapshot.ts';

export interface JournalOptions {
  /** `journalPath()` in names.ts. */
  path: string;
  lesson: Lesson;
  clock?: Clock;
  /** Bytes from which a journal is folded (and then again when it has doubled). */
  compactAt?: number;
}

const COMPACT_AT = 4 * 1024 * 1024;
const MAX_BAD = 1024 * 1024;
/** Typing costs one disk flush in so many milliseconds, not one a key. */
const SYNC_MS = 200;
const BESIDE_MS = 300;

const SYNCED: ReadonlySet<string> = new Set([
  'answer-edited',
  'cell-finished',
  'checks-finished',
  'checks-watched',
  'cell-skipped',
  'quiz-answered',
  'quiz-shown',
  'reset',
  'rewound',
  'cell-jumped',
  'cell-not-repeated',
  'command-over',
  'lesson-finished',
]);

/**
 * @throws InputError `journal-held` (another Wirebook writes it), `journal-newer` (a newer one has written it).
 * Errors of the file system (no right, no room) come as they are.
 */
export function openJournal(options: JournalOptions): Journal {
  const { clock = systemClock } = options;
  const lock = takeLock(options.path, new Date(clock.now()).toISOString());
  try {
    return new Journal(options, lock, clock);
  } catch (error) {
    lock.release();
    throw error;
  }
}

export class Journal {
  readonly path: string;
  /** What the lesson was when it was last open; undefined for a new one. */
  readonly restored: Restored | undefined;
  /** Lines that could not be read on opening, and the file in which they are kept. */
  mended: { lines: number; path: string } | undefined;
  /** Called once when the journal can no longer be written. */
  onTrouble: (why: string) => void = () => {};

  readonly #lesson: Lesson;
  readonly #header: Header;
  readonly #lock: Lock;
  readonly #compactAt: number;
  #fd: number;
  #size: number;
  #baseline: number;
  #state: SessionState | undefined;
  #syncTimer: NodeJS.Timeout | undefined;
  #besideTimer: NodeJS.Timeout | undefined;
  #trouble: string | undefined;
  #closed = false;

  /** By `openJournal`. */
  constructor(options: JournalOptions, lock: Lock, clock: Clock) {
    this.path = options.path;
    this.#lesson = options.lesson;
    this.#header = headerOf(options.lesson);
    this.#lock = lock;
    this.#compactAt = options.compactAt ?? COMPACT_AT;
    this.restored = this.#load(clock);
    this.#state = this.restored?.state;
    this.#fd = openSync(this.path, 'a');
    this.#size = statSync(this.path).size;
    this.#baseline = this.#size;
    if (this.#size === 0) this.#write(JSON.stringify(this.#header));
  }

  #load(clock: Clock): Restored | undefined {
    const bytes = existsSync(this.path) ? readFileSync(this.path) : new Uint8Array();
    const content = readJournal(bytes);
    if (content.header !== undefined && content.header.version > JOURNAL_VERSION)
      throw new InputError('journal-newer', `${this.path} was written by a newer Wirebook.`, [
        'Update Wirebook, or move the file away to begin anew.',
      ]);
    this.#mendEnd(bytes, content);
    if (content.bad.length > 0) this.#setAside(content.bad);
    const restored = restore(content, this.#lesson, clock.now());
    const isOurs = JSON.stringify(content.header) === JSON.stringify(this.#header);
    if (content.bad.length > 0 || (bytes.length > 0 && !isOurs))
      replaceFile(this.path, snapshotLines(this.#header, restored?.state, content.events));
    return restored;
  }

  /** A last line without its end was torn by a crash; all before it is whole. */
  #mendEnd(bytes: Uint8Array, { wholeBytes, isOpen }: JournalContent): void {
    if (isOpen) writeFileSync(this.path, '\n', { flag: 'a' });
    else if (wholeBytes < bytes.length) truncateSync(this.path, wholeBytes);
  }

  #setAside(bad: readonly string[]): void {
    const path = badPath(this.path);
    const full = existsSync(path) && statSync(path).size > MAX_BAD;
    writeFileSync(path, `${bad.join('\n').slice(0, MAX_BAD)}\n`, { flag: full ? 'w' : 'a' });
    this.mended = { lines: bad.length, path };
  }

  /** `state` is what the session has come to with this event. Never throws: trouble is told once, by `onTrouble`. */
  append(event: SessionEvent, state: SessionState): void {
    if (this.#closed || !isKept(event)) return;
    this.#state = state;
    try {
      this.#write(JSON.stringify(bounded(event)));
      const grown = this.#size > this.#compactAt && this.#size > 2 * this.#baseline;
      // What could not be written meanwhile is in the state.
      if (grown || this.#trouble !== undefined) this.#compact(state);
      this.#trouble = undefined;
    } catch (error) {
      this.#tellTrouble(error as Error);
    }
    if (!SYNCED.has(event.type)) return;
    this.#syncTimer ??= setTimeout(() => this.#sync(), SYNC_MS).unref();
    this.#besideTimer ??= setTimeout(() => this.#writeBeside(), BESIDE_MS).unref();
  }

  #write(line: string): void {
    const bytes = Buffer.from(`${line}\n`);
    let written = 0;
    try {
      while (written < bytes.length) written += writeSync(this.#fd, bytes, written);
    } catch (error) {
      // Half a line (a full disk) would spoil the next one too.
      if (written > 0) ftruncateSync(this.#fd, this.#size);
      throw error;
    }
    this.#size += bytes.length;
  }

  #compact(state: SessionState): void {
    const { events } = readJournal(readFileSync(this.path));
    replaceFile(this.path, snapshotLines(this.#header, state, events));
    closeSync(this.#fd);
    this.#fd = openSync(this.path, 'a');
    this.#size = statSync(this.path).size;
    this.#baseline = this.#size;
  }

  #sync(): void {
    this.#syncTimer = undefined;
    fsync(this.#fd, () => {
      // A disk that cannot flush says so at the next write; process death alone loses nothing.
    });
  }

  /** The files beside the journal, made of it again at any time: answers for people, progress for the course list. */
  #writeBeside(): void {
    clearTimeout(this.#besideTimer);
    this.#besideTimer = undefined;
    if (this.#state === undefined) return;
    try {
      const answers = answersMarkdown(this.#lesson, this.#state);
      if (answers !== undefined) replaceFile(answersPath(this.path), answers);
      const progress = { size: this.#size, progress: progressOf(this.#header, this.#state) };
      replaceFile(progressPath(this.path), `${JSON.stringify(progress)}\n`);
    } catch (error) {
      this.#tellTrouble(error as Error);
    }
  }

  #tellTrouble(error: Error): void {
    if (this.#trouble !== undefined) return;
    this.#trouble = whyRefused(error);
    this.onTrouble(this.#trouble);
  }

  /** Why the last of what was done is not kept; undefined when all of it is. */
  get trouble(): string | undefined {
    return this.#trouble;
  }

  close(): void {
    if (this.#closed) return;
    this.#writeBeside();
    this.#closed = true;
    clearTimeout(this.#syncTimer);
    try {
      fsyncSync(this.#fd);
      closeSync(this.#fd);
    } catch (error) {
      this.#tellTrouble(error as Error);
    }
    this.#lock.release();
  }
}

import { type FileHandle, open, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Entry } from '../../../board/events.ts';
import { InputError, type WirebookError } from '../../../lib/errors.ts';
import { makeFolder } from '../../../lib/folders.ts';
import { whyRefused } from '../../../lib/refusal.ts';
import { type Lock, takeLock } from '../../../session/journal/lock.ts';
import type { ClassLog } from '../contract.ts';
import { encodeLine } from './line.ts';
import { readLog } from './read.ts';

/**
 * Of one write: what comes meanwhile is in the next. A disk that is busy takes a second for each, however much is in it, and a
 * class of two thousand says two thousand things in that time: with less it would fall behind for as long as it lasts.
 */
const TOGETHER = 10_000;
/** About; so that a line is never a burden to read. */
const TOGETHER_CHARS = 8_000_000;

/** How many of those that wait, at least one. */
function fitting(waiting: readonly Waiting[]): number {
  let chars = 0;
  const upTo = waiting.slice(0, TOGETHER).findIndex(({ entry: { event } }) => {
    chars += 300;
    if (event.type === 'output' || event.type === 'transcript') chars += event.text.length;
    if (event.type === 'output') chars += event.output.length;
    return chars > TOGETHER_CHARS;
  });
  return upTo < 0 ? TOGETHER : Math.max(1, upTo);
}

interface Waiting {
  entry: Entry;
  resolve(): void;
  reject(error: unknown): void;
}

type Follower = (entry: Entry, position: number) => void;

export interface DiskLog extends ClassLog {
  /** Bytes that were cut off as the host was killed, and in which nothing had been acknowledged; kept beside the log. */
  readonly cut: number;
}

export const LOG_FILE = 'log';

/** @throws InputError `class-held`, `class-store-broken`, `class-store-not-writable` */
export async function openDiskLog(folder: string, patienceMs = PATIENCE_MS): Promise<DiskLog> {
  const file = join(folder, LOG_FILE);
  const lock = await lockSoon(folder, file, patienceMs);
  try {
    const handle = await open(file, 'a+', 0o600);
    try {
      const { size } = await handle.stat();
      const { whole, entries } = await readLog(file);
      if (whole < size) await cutOff(handle, file, whole, size);
      await handle.datasync();
      await syncFolder(folder);
      return new OpenLog(file, handle, lock, whole, entries, size - whole);
    } catch (error) {
      await handle.close();
      throw error;
    }
  } catch (error) {
    lock.release();
    throw error instanceof InputError ? error : notWritable(folder, error);
  }
}

/** A host that was told to stop a moment ago still says good-bye. */
const PATIENCE_MS = 3000;

async function lockSoon(folder: string, file: string, patienceMs: number): Promise<Lock> {
  const until = performance.now() + patienceMs;
  for (;;) {
    try {
      return lockFolder(folder, file);
    } catch (error) {
      const isHeld = error instanceof InputError && error.code === 'class-held';
      if (!isHeld || performance.now() > until) throw error;
      await sleep(100);
    }
  }
}

function lockFolder(folder: string, file: string): Lock {
  try {
    makeFolder(folder, 0o700);
    return takeLock(file, new Date().toISOString());
  } catch (error) {
    if (!(error instanceof InputError)) throw notWritable(folder, error);
    throw new InputError('class-held', error.message.replace('has this lesson open', 'holds this class'), [
      'Go on there, or end it first.',
      ...error.next.slice(1),
    ]);
  }
}

function notWritable(folder: string, error: unknown): InputError {
  return new InputError(
    'class-store-not-writable',
    `The class cannot be kept in ${folder}: ${whyRefused(error)}.`,
    ['Choose a folder that you may write to: XDG_STATE_HOME=FOLDER wirebook class host ...'],
  );
}

/** What a kill left unfinished. It is put aside, not thrown away: who knows better can look at it. */
async function cutOff(handle: FileHandle, file: string, whole: number, size: number): Promise<void> {
  const bytes = Buffer.alloc(size - whole);
  await handle.read(bytes, 0, bytes.length, whole);
  const aside = `${file}.cut`;
  await writeFile(`${aside}.part`, bytes, { mode: 0o600 }).then(
    () => rename(`${aside}.part`, aside),
    // A disk that is full must not keep a class from going on.
    () => undefined,
  );
  await handle.truncate(whole);
}

/** A file that was made is there after a power failure only when its folder is on the disk too. */
async function syncFolder(folder: string): Promise<void> {
  for (const path of [folder, dirname(folder)]) {
    const handle = await open(path, 'r');
    await handle.sync().finally(() => handle.close());
  }
}

class OpenLog implements DiskLog {
  readonly lost: Promise<WirebookError>;
  readonly cut: number;
  readonly #file: string;
  readonly #handle: FileHandle;
  readonly #lock: Lock;
  readonly #lose: (why: WirebookError) => void;
  #size: number;
  #entries: number;
  #waiting: Waiting[] = [];
  /** The write that is on its way, and those after it. */
  #writing: Promise<void> | undefined;
  #broken: WirebookError | undefined;
  #closed = false;
  readonly #followers = new Set<Follower>();

  constructor(file: string, handle: FileHandle, lock: Lock, size: number, entries: number, cut: number) {
    this.#file = file;
    this.#handle = handle;
    this.#lock = lock;
    this.#size = size;
    this.#entries = entries;
    this.cut = cut;
    const lost = Promise.withResolvers<WirebookError>();
    this.lost = lost.promise;
    this.#lose = lost.resolve;
  }

  append(entry: Entry): Promise<void> {
    if (this.#broken !== undefined) return Promise.reject(this.#broken);
    if (this.#closed)
      return Promise.reject(new InputError('class-store-broken', 'The class is closed already.'));
    return new Promise((resolve, reject) => {
      this.#waiting.push({ entry, resolve, reject });
      this.#writing ??= this.#writeAll();
    });
  }

  async #writeAll(): Promise<void> {
    // What is said in the same turn goes together.
    await new Promise<void>((resolve) => setImmediate(resolve));
    while (this.#waiting.length > 0) {
      const together = this.#waiting.splice(0, fitting(this.#waiting));
      try {
        await this.#write(together.map(({ entry }) => entry));
        for (const { resolve } of together) resolve();
      } catch (error) {
        for (const { reject } of together) reject(error);
      }
    }
    // In the same turn as the look at what waits: what comes after it begins anew.
    this.#writing = undefined;
  }

  async #write(entries: readonly Entry[]): Promise<void> {
    if (this.#broken !== undefined) throw this.#broken;
    const line = encodeLine(entries);
    try {
      await this.#handle.appendFile(line);
    } catch (error) {
      await this.#takeBack(error as NodeJS.ErrnoException);
    }
    try {
      await this.#handle.datasync();
    } catch (error) {
      // The kernel may have dropped what it could not write: nothing is known of the file any more (fsync(2)).
      throw this.#break(error as Error);
    }
    this.#size += line.length;
    for (const entry of entries) {
      this.#entries += 1;
      for (const on of this.#followers) on(entry, this.#entries);
    }
  }

  /** A part of the line may stand there: the next one must not come after it. */
  async #takeBack(error: NodeJS.ErrnoException): Promise<never> {
    await this.#handle.truncate(this.#size).catch((again: Error) => {
      throw this.#break(again);
    });
    if (!['ENOSPC', 'EDQUOT', 'EFBIG'].includes(error.code ?? '')) throw this.#break(error);
    throw new InputError(
      'class-store-full',
      `There is no room left for ${this.#file}: ${whyRefused(error)}.`,
      ['Free some room: the class goes on by itself then, and nobody has lost anything.'],
    );
  }

  #break(error: Error): WirebookError {
    this.#broken ??= new InputError(
      'class-store-broken',
      `${this.#file} can no longer be written: ${whyRefused(error)}.`,
      ['Look at the disk, then start the host again: what was acknowledged is kept.'],
    );
    this.#lose(this.#broken);
    return this.#broken;
  }

  async follow(on: Follower): Promise<void> {
    const size = this.#size;
    // What is written while the file is read comes after it.
    let meanwhile: [Entry, number][] | undefined = [];
    this.#followers.add((entry, position) => {
      if (meanwhile === undefined) on(entry, position);
      else meanwhile.push([entry, position]);
    });
    await readLog(this.#file, on, size);
    for (const [entry, position] of meanwhile) on(entry, position);
    meanwhile = undefined;
  }

  async read(on: Follower): Promise<void> {
    await readLog(this.#file, on, this.#size);
  }

  /** Each `append` that cannot be written says so itself. */
  onTrouble(): void {}

  /** There is no other host. */
  now(): number {
    return Date.now();
  }
  present(): void {}
  onPresence(): void {}

  show(): void {}

  onShown(): void {}

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#writing;
    await this.#handle.close().catch(() => undefined);
    this.#lock.release();
  }
}

/**
 * Writes down what a cell prints, once that is more than is kept of it elsewhere: most cells print little and get no file.
 * The file is the learner's alone. It grows no further than a limit, and what the disk refuses is not asked for again.
 */
import { closeSync, openSync, readSync, writeSync } from 'node:fs';
import type { Cut } from './cut.ts';
import { LineIndex } from './lines.ts';
import type { Bytes } from './printout.ts';

/** A journal keeps so much of an output, and somewhat more. */
const SPILL_BYTES = 48 * 1024;
/** Many tiny chunks in turn are not all kept either. */
const SPILL_CHUNKS = 1000;
const WRITE_BYTES = 64 * 1024;
/** What is not written yet is lost by a crash. */
const WRITE_MS = 250;

export interface WriterOptions {
  path: string;
  limit: number;
  /** Makes the folder. */
  prepare: () => void;
  /** There is a file now. */
  spilled: () => void;
  cut: (why: Cut) => void;
}

export class Writer {
  readonly path: string;
  readonly index = new LineIndex();
  readonly #options: WriterOptions;
  /** What is not written yet, as one: no chunk of whoever prints is held. */
  #waiting: Buffer | undefined;
  #bytes = 0;
  #chunks = 0;
  #fd: number | undefined;
  #timer: NodeJS.Timeout | undefined;
  #over = false;

  constructor(options: WriterOptions) {
    this.path = options.path;
    this.#options = options;
  }

  /** There is a file. */
  get isThere(): boolean {
    return this.#fd !== undefined;
  }

  add(chunk: Uint8Array): void {
    this.#chunks += 1;
    for (let from = 0; from < chunk.length && !this.#over; ) {
      this.#waiting ??= Buffer.allocUnsafeSlow(WRITE_BYTES);
      const part = chunk.subarray(from, from + WRITE_BYTES - this.#bytes);
      this.#waiting.set(part, this.#bytes);
      this.#bytes += part.length;
      from += part.length;
      if (this.#fd === undefined) {
        if (this.#bytes > SPILL_BYTES || this.#chunks > SPILL_CHUNKS) this.#begin();
      } else if (this.#bytes === WRITE_BYTES) this.flush();
      else this.#timer ??= setTimeout(this.flush, WRITE_MS).unref();
    }
  }

  #begin(): void {
    try {
      this.#options.prepare();
      this.#fd = openSync(this.path, 'wx+', 0o600);
    } catch {
      // Nothing can be kept here: as much is seen as without a file.
      this.close();
      return;
    }
    this.flush();
    this.#options.spilled();
  }

  /** All that came so far can be read. */
  flush = (): void => {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#fd === undefined || this.#waiting === undefined || this.#bytes === 0) return;
    const bytes = this.#bytes;
    this.#bytes = 0;
    const room = Math.max(0, this.#options.limit - this.index.bytes);
    this.#write(this.#waiting.subarray(0, Math.min(bytes, room)));
    if (bytes > room) this.#cut('limit');
  };

  #write(bytes: Buffer): void {
    let written = 0;
    try {
      while (written < bytes.length) written += writeSync(this.#fd!, bytes, written);
    } catch {
      this.#cut('disk');
    }
    this.index.feed(bytes.subarray(0, written));
  }

  #cut(why: Cut): void {
    if (this.#over) return;
    this.#over = true;
    this.#waiting = undefined;
    this.#options.cut(why);
  }

  bytes: Bytes = {
    read: (from, to) => (this.#fd === undefined ? Buffer.alloc(0) : readAt(this.#fd, from, to)),
  };

  /** Nothing is written any more; what is there can still be read by its path. */
  close(): void {
    this.flush();
    this.#over = true;
    this.#waiting = undefined;
    this.#bytes = 0;
    if (this.#fd === undefined) return;
    closeSync(this.#fd);
    this.#fd = undefined;
  }
}

/** As much of it as is there. */
export function readAt(fd: number, from: number, to: number): Buffer {
  const bytes = Buffer.allocUnsafe(Math.max(0, to - from));
  let read = 0;
  while (read < bytes.length) {
    const got = readSync(fd, bytes, read, bytes.length - read, from + read);
    if (got === 0) break;
    read += got;
  }
  return bytes.subarray(0, read);
}

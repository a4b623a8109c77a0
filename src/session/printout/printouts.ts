/**
 * The files of a session that hold what its cells have printed, where that was too much for the journal: one a cell, of its
 * last run, in a folder beside the journal. Which one is a cell's own is told by the state; any other is taken away.
 */
import { closeSync, fstatSync, openSync, readdirSync, rmdirSync, rmSync, statfsSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Clock } from '../../lib/clock.ts';
import { makeFolder } from '../../lib/folders.ts';
import { OUTPUT_LIMIT } from '../../sandbox/output-limit.ts';
import type { SessionEvent } from '../events.ts';
import { safeName } from '../journal/names.ts';
import type { SessionState } from '../state.ts';
import type { Cut } from './cut.ts';
import { LineIndex } from './lines.ts';
import { Printout } from './printout.ts';
import { readAt, Writer } from './writer.ts';

/** Never more than this share of what is free on the disk. */
const SHARE = 4;
const SCAN_BYTES = 4 * 1024 * 1024;

/** Events after which a cell may have another file than before, or none. */
const CHANGING: ReadonlySet<SessionEvent['type']> = new Set([
  'cell-started',
  'cell-finished',
  'cell-jumped',
  'cell-not-repeated',
  'printout-kept',
  'reset',
  'rewound',
]);

/** What a run is given. */
export interface Keeping {
  /** Bytes after which the cell is stopped. */
  limit: number;
  add(chunk: Uint8Array): void;
  /**
   * The run is over. `goesOn`: a job in the background may print on; `counts`: what is seen of the cell is of this run.
   */
  ended(how: { goesOn: boolean; counts: boolean }): void;
}

interface Options {
  folder: string;
  clock: Clock;
  emit: (event: SessionEvent) => void;
  state: () => SessionState;
  /** Something more can be read. */
  changed: () => void;
  limit?: number | undefined;
}

/** A file of an earlier session, whose lines are counted while it is looked at. */
interface Read {
  printout: Printout;
  close(): void;
}

/** What is being written down, or may be. */
interface Written {
  cell: string;
  writer: Writer;
  /** Its run is under way. */
  active: boolean;
}

export class Printouts {
  readonly #options: Options;
  /** Bytes after which a cell is stopped. */
  readonly limit: number;
  /** By the name of the file. */
  readonly #written = new Map<string, Written>();
  readonly #reads = new Map<string, Read>();
  #number = 0;

  constructor(options: Options) {
    this.#options = options;
    this.limit = options.limit ?? OUTPUT_LIMIT;
    this.#tidy();
  }

  #room(): number {
    try {
      const { bavail, bsize } = statfsSync(join(this.#options.folder, '..'));
      return Math.min(this.limit, Math.floor((bavail * bsize) / SHARE));
    } catch {
      return this.limit;
    }
  }

  /** @param quiet nothing is told before the run is over: what the learner saw stays until then */
  begin(cell: string, quiet: boolean): Keeping {
    const { folder, clock, emit } = this.#options;
    const file = `${safeName(cell)}.${clock.now().toString(36)}${(this.#number++).toString(36)}.txt`;
    const room = this.#room();
    let there = false;
    let over = !quiet;
    let cut: Cut | undefined;
    const tell = () => {
      if (there && over)
        emit({ at: clock.now(), type: 'printout-kept', cell, file, ...(cut === undefined ? {} : { cut }) });
    };
    const writer = new Writer({
      path: join(folder, file),
      limit: room,
      prepare: () => makeFolder(folder, 0o700),
      spilled: () => {
        there = true;
        tell();
      },
      cut: (why) => {
        cut = room < this.limit ? 'disk' : why;
        tell();
      },
    });
    for (const [other, { cell: of, writer: last }] of this.#written) {
      if (of !== cell || last.isThere) continue;
      last.close();
      this.#written.delete(other);
    }
    const written: Written = { cell, writer, active: true };
    this.#written.set(file, written);
    return {
      limit: this.limit,
      add: (chunk) => writer.add(chunk),
      ended: ({ goesOn, counts }) => {
        writer.flush();
        if (!over && counts) {
          over = true;
          tell();
        }
        written.active = false;
        if (there) return this.#tidy();
        if (goesOn) return;
        this.#written.delete(file);
        writer.close();
      },
    };
  }

  /** What the cell has printed in whole; undefined when the state has all of it. */
  of(cell: string): { printout: Printout; path: string } | undefined {
    const file = this.#options.state().cells[cell]?.printout?.file;
    if (file === undefined) return undefined;
    const path = join(this.#options.folder, file);
    const writer = this.#written.get(file)?.writer;
    const known = this.#reads.get(file);
    if (known) return { printout: known.printout, path };
    const read = writer
      ? { printout: new Printout(writer.bytes, writer.index, writer.flush), close: () => {} }
      : this.#opened(path);
    if (read === undefined) return undefined;
    this.#reads.set(file, read);
    return { printout: read.printout, path };
  }

  #opened(path: string): Read | undefined {
    let fd: number;
    let size: number;
    try {
      fd = openSync(path, 'r');
      ({ size } = fstatSync(fd));
    } catch {
      return undefined;
    }
    const index = new LineIndex();
    let closed = false;
    const scan = () => {
      if (closed) return;
      const chunk = readAt(fd, index.bytes, Math.min(size, index.bytes + SCAN_BYTES));
      index.feed(chunk);
      if (chunk.length > 0 && index.bytes < size) setImmediate(scan);
      this.#options.changed();
    };
    index.feed(readAt(fd, 0, Math.min(size, SCAN_BYTES)));
    if (index.bytes < size) setImmediate(scan);
    const bytes = { read: (from: number, to: number) => (closed ? Buffer.alloc(0) : readAt(fd, from, to)) };
    return {
      printout: new Printout(bytes, index),
      close: () => {
        closed = true;
        closeSync(fd);
      },
    };
  }

  heed(event: SessionEvent): void {
    if (CHANGING.has(event.type)) this.#tidy();
  }

  /** Files that are no cell's own, from an earlier session that was killed too. */
  #tidy(): void {
    const { folder, state } = this.#options;
    const own = new Set(Object.values(state().cells).flatMap(({ printout }) => printout?.file ?? []));
    for (const file of listed(folder)) {
      const written = this.#written.get(file);
      if (own.has(file) || written?.active) continue;
      written?.writer.close();
      this.#written.delete(file);
      this.#reads.get(file)?.close();
      this.#reads.delete(file);
      rmSync(join(folder, basename(file)), { force: true });
    }
    try {
      rmdirSync(folder);
    } catch {
      // There is something in it, or it is not there.
    }
  }

  close(): void {
    for (const { writer } of this.#written.values()) writer.close();
    for (const read of this.#reads.values()) read.close();
    this.#written.clear();
    this.#reads.clear();
  }
}

function listed(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** All that a cell has printed, however much it is: read a little at a time, never held whole. */
import { BLOCK, LineIndex, type Piece, piecesOf } from './lines.ts';

/** Where the bytes are. */
export interface Bytes {
  read(from: number, to: number): Buffer;
}

/** Blocks that are kept: those around the reader. */
const KEPT = 6;
/** So much is looked through at a time: small enough to be forgotten as fast as it is read. */
const SLICE_BYTES = 64 * 1024;

export class Printout {
  readonly #bytes: Bytes;
  readonly #index: LineIndex;
  readonly #flush: () => void;
  /** By number, and how long it was when it was read. */
  readonly #blocks = new Map<number, { length: number; pieces: readonly Piece[] }>();

  /** @param flush what was printed and is not readable yet becomes so */
  constructor(bytes: Bytes, index: LineIndex, flush: () => void = () => {}) {
    this.#bytes = bytes;
    this.#index = index;
    this.#flush = flush;
  }

  static of(text: string): Printout {
    const whole = Buffer.from(text);
    const index = new LineIndex();
    index.feed(whole);
    return new Printout({ read: (from, to) => whole.subarray(from, to) }, index);
  }

  /** Bytes so far. */
  get size(): number {
    this.#flush();
    return this.#index.bytes;
  }

  get lines(): number {
    this.#flush();
    return this.#index.lines;
  }

  /** A long line is several pieces. */
  get pieces(): number {
    this.#flush();
    return this.#index.pieces;
  }

  /** Number of the block that a piece stands in. */
  static blockOf(piece: number): number {
    return Math.floor(piece / BLOCK);
  }

  /** The pieces from `at * BLOCK` on. The same list as long as nothing was added to it. */
  block(at: number): readonly Piece[] {
    const { from, to, line } = this.#index.block(at);
    const known = this.#blocks.get(at);
    if (known?.length === to - from) return known.pieces;
    if (to <= from) return [];
    // Whether it begins in the middle of a line is told by the byte before it.
    const before = from === 0 ? 0 : 1;
    const bytes = this.#bytes.read(from - before, to);
    const begins = before === 0 || bytes[0] === 10;
    const pieces = piecesOf(bytes.subarray(before), line, begins);
    this.#blocks.delete(at);
    this.#blocks.set(at, { length: to - from, pieces });
    for (const oldest of this.#blocks.keys()) {
      if (this.#blocks.size <= KEPT) break;
      this.#blocks.delete(oldest);
    }
    return pieces;
  }

  piece(at: number): Piece | undefined {
    return this.block(Printout.blockOf(at))[at % BLOCK];
  }

  /** Blocks whose text may be looked through at once, as a range: from `block` on, by `by`. */
  stretch(block: number, by: 1 | -1): { from: number; to: number; bytes: Buffer } {
    const last = Printout.blockOf(Math.max(0, this.pieces - 1));
    let end = block;
    const size = (one: number, other: number) =>
      this.#index.block(Math.max(one, other)).to - this.#index.block(Math.min(one, other)).from;
    while (end + by >= 0 && end + by <= last && size(block, end + by) <= SLICE_BYTES) end += by;
    const from = Math.min(block, end);
    const to = Math.max(block, end);
    return { from, to, bytes: this.#bytes.read(this.#index.block(from).from, this.#index.block(to).to) };
  }
}

/**
 * Where the lines of an endless text begin, without the text: one mark every so many lines. A line that is too long to be
 * handled as one is several pieces, so that any place in the text is found by reading a little of it.
 */

/** Bytes of a piece; a character is never cut in two. */
export const PIECE_BYTES = 1000;
/** Pieces from one mark to the next: so much is read for any of them. */
export const BLOCK = 256;

const NEWLINE = 10;

/** A byte in the middle of a UTF-8 character. */
const isInside = (byte: number): boolean => (byte & 0xc0) === 0x80;

/** Whether a byte belongs to the next piece, after `length` bytes of this one. */
const isFull = (length: number, byte: number): boolean =>
  length >= PIECE_BYTES && byte !== NEWLINE && !isInside(byte);

export class LineIndex {
  /** Where each block begins, and the number of the line that it begins in or with. */
  readonly #starts: number[] = [];
  readonly #numbers: number[] = [];
  #bytes = 0;
  #pieces = 0;
  #lines = 0;
  /** Bytes of the piece that is not at its end yet; 0: the next byte begins one. */
  #length = 0;

  get bytes(): number {
    return this.#bytes;
  }

  get pieces(): number {
    return this.#pieces;
  }

  get lines(): number {
    return this.#lines;
  }

  /** What comes next of the text. */
  feed(chunk: Uint8Array): void {
    let length = this.#length;
    for (let at = 0; at < chunk.length; at++) {
      const byte = chunk[at]!;
      if (length === 0) {
        this.#lines += 1;
        this.#begin(this.#bytes + at);
      } else if (isFull(length, byte)) {
        this.#begin(this.#bytes + at);
        length = 0;
      }
      length = byte === NEWLINE ? 0 : length + 1;
    }
    this.#length = length;
    this.#bytes += chunk.length;
  }

  #begin(at: number): void {
    if (this.#pieces % BLOCK === 0) {
      this.#starts.push(at);
      this.#numbers.push(this.#lines);
    }
    this.#pieces += 1;
  }

  /** Of the block that a piece stands in: its bytes, and the number of the line at its beginning, counted from 1. */
  block(at: number): { from: number; to: number; line: number } {
    return {
      from: this.#starts[at] ?? this.#bytes,
      to: this.#starts[at + 1] ?? this.#bytes,
      line: this.#numbers[at] ?? this.#lines,
    };
  }
}

export interface Piece {
  text: string;
  /** Of its line, counted from 1. */
  line: number;
  /** It goes on from the piece before. */
  continued: boolean;
}

/** The pieces of a block. @param first whether the block begins with a line, and not in the middle of one */
export function piecesOf(block: Buffer, line: number, first: boolean): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  let continued = !first;
  let number = line;
  const put = (to: number, next: number, goesOn: boolean) => {
    pieces.push({ text: block.toString('utf8', from, to), line: number, continued });
    from = next;
    continued = goesOn;
    if (!goesOn) number += 1;
  };
  for (let at = 0; at < block.length; at++) {
    const byte = block[at]!;
    if (isFull(at - from, byte)) put(at, at, true);
    if (byte === NEWLINE) put(at, at + 1, false);
  }
  if (from < block.length) put(block.length, block.length, false);
  return pieces;
}

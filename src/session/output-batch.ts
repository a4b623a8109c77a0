/**
 * Gathers a cell's output for some milliseconds, so that a fast printer costs one event a frame, not one a chunk; and
 * decodes UTF-8 across chunks.
 */
import type { OutputStream } from '../sandbox/contract.ts';
import { appendOutput } from './output.ts';
import type { OutputPiece } from './state.ts';

const FRAME_MS = 16;
const FULL_UNITS = 64 * 1024;

/** All that came so far, bounded as on the screen. */
export interface Printed {
  pieces: readonly OutputPiece[];
}

/** Of one stream or of both, in the order of arrival. */
export function printedText({ pieces }: Printed, stream?: OutputStream): string {
  const wanted = stream === undefined ? pieces : pieces.filter((piece) => piece.stream === stream);
  return wanted.map((piece) => piece.text).join('');
}

export class OutputBatch {
  readonly #emit: (stream: OutputStream, text: string) => void;
  readonly #decoders = { stdout: new TextDecoder(), stderr: new TextDecoder() };
  #waiting: { stream: OutputStream; text: string }[] = [];
  #units = 0;
  #timer: NodeJS.Timeout | undefined;
  #all: Printed | WeakRef<Printed> = { pieces: [] };

  constructor(emit: (stream: OutputStream, text: string) => void) {
    this.#emit = emit;
  }

  add(stream: OutputStream, chunk: Uint8Array): void {
    const text = this.#decoders[stream].decode(chunk, { stream: true });
    if (text === '') return;
    const all = this.#all instanceof WeakRef ? this.#all.deref() : this.#all;
    if (all) all.pieces = appendOutput(all.pieces, stream, text);
    const last = this.#waiting.at(-1);
    if (last?.stream === stream) last.text += text;
    else this.#waiting.push({ stream, text });
    this.#units += text.length;
    if (this.#units >= FULL_UNITS) this.flush();
    else this.#timer ??= setTimeout(() => this.flush(), FRAME_MS);
  }

  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const pieces = this.#waiting;
    this.#waiting = [];
    this.#units = 0;
    for (const piece of pieces) this.#emit(piece.stream, piece.text);
  }

  /**
   * The run has ended. Who is given what was printed sees also what a background job prints from now on; the batch itself,
   * which lives as long as the sandbox, holds none of it any more.
   */
  end(): Printed {
    this.flush();
    const all = this.#all instanceof WeakRef ? this.#all.deref() : this.#all;
    const printed = all ?? { pieces: [] };
    this.#all = new WeakRef(printed);
    return printed;
  }
}

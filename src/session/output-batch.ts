/**
 * Gathers a cell's output for some milliseconds, so that a fast printer costs one event a frame, not one a chunk; and
 * decodes UTF-8 across chunks.
 */
import type { OutputStream } from '../sandbox/contract.ts';
import { appendOutput } from './output.ts';
import type { OutputPiece } from './state.ts';

const FRAME_MS = 16;
const FULL_UNITS = 64 * 1024;

export class OutputBatch {
  readonly #emit: (stream: OutputStream, text: string) => void;
  readonly #decoders = { stdout: new TextDecoder(), stderr: new TextDecoder() };
  #waiting: { stream: OutputStream; text: string }[] = [];
  #units = 0;
  #timer: NodeJS.Timeout | undefined;
  #all: readonly OutputPiece[] = [];

  constructor(emit: (stream: OutputStream, text: string) => void) {
    this.#emit = emit;
  }

  add(stream: OutputStream, chunk: Uint8Array): void {
    const text = this.#decoders[stream].decode(chunk, { stream: true });
    if (text === '') return;
    this.#all = appendOutput(this.#all, stream, text);
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

  /** All that came so far, of one stream or of both, bounded as on the screen. */
  text(stream?: OutputStream): string {
    const pieces = stream === undefined ? this.#all : this.#all.filter((piece) => piece.stream === stream);
    return pieces.map((piece) => piece.text).join('');
  }
}

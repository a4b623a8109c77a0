/** Keeps the first and the last part of an output that may be endless, and says how much is missing between them. */
export class BoundedText {
  readonly #each: number;
  #head: Buffer[] = [];
  #headSize = 0;
  #tail: Buffer[] = [];
  #tailSize = 0;
  #dropped = 0;

  /** `each`: bytes kept at each end. */
  constructor(each = 512 * 1024) {
    this.#each = each;
  }

  push(chunk: Buffer): void {
    let rest = chunk;
    if (this.#headSize < this.#each) {
      const part = rest.subarray(0, this.#each - this.#headSize);
      this.#head.push(part);
      this.#headSize += part.length;
      rest = rest.subarray(part.length);
    }
    if (!rest.length) return;
    this.#tail.push(rest);
    this.#tailSize += rest.length;
    while (this.#tailSize - this.#tail[0]!.length >= this.#each) {
      const gone = this.#tail.shift()!;
      this.#tailSize -= gone.length;
      this.#dropped += gone.length;
    }
  }

  /** UTF-8; bytes that are none become U+FFFD. */
  toString(): string {
    const head = Buffer.concat(this.#head);
    const tail = Buffer.concat(this.#tail);
    if (!this.#dropped) return Buffer.concat([head, tail]).toString('utf8');
    return `${head.toString('utf8')}\n... ${this.#dropped} bytes are not kept ...\n${tail.toString('utf8')}`;
  }
}

/**
 * The wire between Wirebook and a sandbox's agent: a message is a list of byte strings. A frame is its length (32 bits,
 * big endian), then each string with its length before it. The other end is sandbox/agent/frames.pl.
 */
export type Message = Buffer[];

export function encode(parts: readonly (string | number | Uint8Array)[]): Buffer {
  const buffers = parts.map((part) =>
    typeof part === 'string' || typeof part === 'number' ? Buffer.from(String(part)) : part,
  );
  const size = buffers.reduce((sum, b) => sum + 4 + b.length, 0);
  const frame = Buffer.allocUnsafe(4 + size);
  let at = frame.writeUInt32BE(size, 0);
  for (const b of buffers) {
    at = frame.writeUInt32BE(b.length, at);
    frame.set(b, at);
    at += b.length;
  }
  return frame;
}

/** Takes chunks as they come and gives whole messages. Throws on a frame that cannot be one (over 64 MiB). */
export class Decoder {
  #chunks: Buffer[] = [];
  #size = 0;

  push(chunk: Buffer): Message[] {
    this.#chunks.push(chunk);
    this.#size += chunk.length;
    const messages: Message[] = [];
    while (this.#size >= 4) {
      if (this.#chunks[0]!.length < 4) this.#join();
      const length = this.#chunks[0]!.readUInt32BE(0);
      if (length > 64 * 2 ** 20) throw new Error(`a frame of ${length} bytes`);
      if (this.#size < 4 + length) break;
      this.#join();
      const all = this.#chunks[0]!;
      messages.push(split(all.subarray(4, 4 + length)));
      const rest = all.subarray(4 + length);
      this.#chunks = rest.length ? [rest] : [];
      this.#size = rest.length;
    }
    return messages;
  }

  #join(): void {
    if (this.#chunks.length > 1) this.#chunks = [Buffer.concat(this.#chunks)];
  }
}

function split(body: Buffer): Message {
  const parts: Message = [];
  for (let at = 0; at + 4 <= body.length; ) {
    const length = body.readUInt32BE(at);
    if (at + 4 + length > body.length) throw new Error('a string that is longer than its frame');
    parts.push(body.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return parts;
}

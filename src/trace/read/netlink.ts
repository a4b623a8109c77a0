/** What all of netlink(7) is written in: messages, and attributes in them. In the kernel's own byte order, which is ours. */

/** nlmsghdr: length, type, flags, sequence, port. */
export const HEADER = 16;

export interface NetlinkMessage {
  type: number;
  flags: number;
  body: Buffer;
}

/** As far as they are whole. */
export function* messagesOf(data: Buffer): Generator<NetlinkMessage> {
  for (let at = 0; at + HEADER <= data.length; ) {
    const length = data.readUInt32LE(at);
    if (length < HEADER || at + length > data.length) return;
    const body = data.subarray(at + HEADER, at + length);
    yield { type: data.readUInt16LE(at + 4), flags: data.readUInt16LE(at + 6), body };
    at += (length + 3) & ~3;
  }
}

/** By type, without the flags of nested ones and of byte order. */
export type Attributes = ReadonlyMap<number, Buffer>;

export function attributesOf(body: Buffer): Attributes {
  const found = new Map<number, Buffer>();
  for (let at = 0; at + 4 <= body.length; ) {
    const length = body.readUInt16LE(at);
    if (length < 4 || at + length > body.length) break;
    found.set(body.readUInt16LE(at + 2) & 0x3fff, body.subarray(at + 4, at + length));
    at += (length + 3) & ~3;
  }
  return found;
}

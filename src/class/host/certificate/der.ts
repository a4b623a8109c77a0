/** As much of ASN.1's distinguished encoding (X.690) as a certificate needs. */
type Bytes = Uint8Array;

function tagged(tag: number, ...parts: readonly Bytes[]): Buffer {
  const body = Buffer.concat(parts);
  if (body.length < 0x80) return Buffer.concat([Buffer.from([tag, body.length]), body]);
  const length = Buffer.from(body.length.toString(16).padStart(body.length > 0xff ? 4 : 2, '0'), 'hex');
  return Buffer.concat([Buffer.from([tag, 0x80 | length.length]), length, body]);
}

export const sequence = (...parts: readonly Bytes[]): Buffer => tagged(0x30, ...parts);
export const setOf = (...parts: readonly Bytes[]): Buffer => tagged(0x31, ...parts);
/** `[number]`, around what has a tag of its own. */
export const explicit = (number: number, ...parts: readonly Bytes[]): Buffer =>
  tagged(0xa0 | number, ...parts);
/** `[number]` in the place of the tag that it would have. */
export const implicit = (number: number, bytes: Bytes): Buffer => tagged(0x80 | number, bytes);
export const octets = (bytes: Bytes): Buffer => tagged(0x04, bytes);
export const text = (value: string): Buffer => tagged(0x0c, Buffer.from(value));
export const yes: Buffer = tagged(0x01, Buffer.from([0xff]));

/** A positive one. */
export function integer(bytes: Bytes): Buffer {
  const first = bytes.findIndex((byte) => byte !== 0);
  const short = first < 0 ? Buffer.from([0]) : bytes.subarray(first);
  return tagged(0x02, short[0]! & 0x80 ? Buffer.concat([Buffer.from([0]), short]) : short);
}

/** `unused`: how many bits of the last byte do not count. */
export const bits = (bytes: Bytes, unused = 0): Buffer => tagged(0x03, Buffer.from([unused]), bytes);

/** `1.2.840.10045.4.3.2` */
export function oid(dotted: string): Buffer {
  const [first, second, ...rest] = dotted.split('.').map(Number);
  const bytes = [first! * 40 + second!];
  for (const number of rest) {
    const digits = [number & 0x7f];
    for (let left = number >>> 7; left > 0; left >>>= 7) digits.unshift((left & 0x7f) | 0x80);
    bytes.push(...digits);
  }
  return tagged(0x06, Buffer.from(bytes));
}

/** UTCTime, as RFC 5280 wants it for years before 2050; after that GeneralizedTime. */
export function time(at: Date): Buffer {
  const digits = `${at.toISOString().replace(/[-:T]|\..*/g, '')}Z`;
  return at.getUTCFullYear() < 2050
    ? tagged(0x17, Buffer.from(digits.slice(2)))
    : tagged(0x18, Buffer.from(digits));
}

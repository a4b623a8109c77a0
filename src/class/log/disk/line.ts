/**
 * One line of a class's log on disk: a checksum (CRC-32, eight hexadecimal digits), how many entries it has, and these, which
 * were written together, as a JSON array; blanks between. A line is on the disk before the next one is begun, so at most the
 * last is cut off, and nothing in it was acknowledged.
 */
import { crc32 } from 'node:zlib';
import type { Entry } from '../../../board/events.ts';

const CHECK = 8;
const BLANK = 0x20;
/** Digits of the longest count that is looked for. */
const COUNT = 7;

export function encodeLine(entries: readonly Entry[]): Buffer {
  const text = Buffer.from(`${entries.length} ${JSON.stringify(entries)}`);
  return Buffer.concat([Buffer.from(`${checksum(text)} `), text, Buffer.from('\n')]);
}

export interface Line {
  count: number;
  /** Read when they are wanted: to look through a log for its end, they are not. */
  entries(): Entry[];
}

/** @param bytes without the line's end; undefined when it is not as it was written */
export function decodeLine(bytes: Buffer): Line | undefined {
  if (bytes.length < CHECK + 2 || bytes[CHECK] !== BLANK) return undefined;
  const text = bytes.subarray(CHECK + 1);
  if (bytes.toString('latin1', 0, CHECK) !== checksum(text)) return undefined;
  const blank = text.subarray(0, COUNT + 1).indexOf(BLANK);
  const count = Number(text.toString('latin1', 0, blank));
  if (blank < 1 || !Number.isInteger(count)) return undefined;
  return { count, entries: () => JSON.parse(text.toString('utf8', blank + 1)) as Entry[] };
}

const checksum = (bytes: Buffer): string => crc32(bytes).toString(16).padStart(CHECK, '0');

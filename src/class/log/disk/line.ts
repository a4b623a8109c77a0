/**
 * One line of a class's log on disk: a checksum (CRC-32, eight hexadecimal digits), a blank, and the entries that were written
 * together, as a JSON array. A line is on the disk before the next one is begun, so at most the last is cut off, and
 * nothing in it was acknowledged.
 */
import { crc32 } from 'node:zlib';
import type { Entry } from '../../../board/events.ts';

const CHECK = 8;
const BLANK = 0x20;

export function encodeLine(entries: readonly Entry[]): Buffer {
  const json = Buffer.from(JSON.stringify(entries));
  return Buffer.concat([Buffer.from(`${checksum(json)} `), json, Buffer.from('\n')]);
}

/** @param line without its end; undefined when it is not as it was written */
export function decodeLine(line: Buffer): Entry[] | undefined {
  if (line.length < CHECK + 2 || line[CHECK] !== BLANK) return undefined;
  const json = line.subarray(CHECK + 1);
  if (line.toString('latin1', 0, CHECK) !== checksum(json)) return undefined;
  return JSON.parse(json.toString()) as Entry[];
}

const checksum = (bytes: Buffer): string => crc32(bytes).toString(16).padStart(CHECK, '0');

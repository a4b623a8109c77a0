/** A log on disk, read from its beginning. */
import { createReadStream } from 'node:fs';
import type { Entry } from '../../../board/events.ts';
import { InputError } from '../../../lib/errors.ts';
import { decodeLine } from './line.ts';

export interface Read {
  /** Bytes that are lines as they were written. What is behind them was cut off while it was written. */
  whole: number;
  entries: number;
}

const CHUNK = 1 << 20;
const END = 0x0a;

/**
 * Calls back with each entry; without `on` it only looks whether all is whole. A line that is not as it was written ends the log, when none comes after it that is.
 * @param upTo bytes; absent: all
 * @throws InputError `class-store-broken`
 */
export async function readLog(
  file: string,
  on?: (entry: Entry, position: number) => void,
  upTo = Number.POSITIVE_INFINITY,
): Promise<Read> {
  let whole = 0;
  let entries = 0;
  let line = 0;
  let wrong: number | undefined;
  const take = (bytes: Buffer): void => {
    line += 1;
    const decoded = decodeLine(bytes);
    if (decoded === undefined) {
      wrong ??= line;
      return;
    }
    if (wrong !== undefined)
      throw new InputError(
        'class-store-broken',
        `${file}:${wrong}: this line is not as it was written, though later ones are: the file was changed, or the disk lost some of it.`,
        [
          'Put the file back from a backup, or hold a new class: wirebook class host COURSE --new.',
          `To go on without that line: delete it from ${file}; what learners said in it is lost.`,
        ],
      );
    whole += bytes.length + 1;
    if (on === undefined) entries += decoded.count;
    else for (const entry of decoded.entries()) on(entry, ++entries);
  };
  let rest: Buffer[] = [];
  if (upTo === 0) return { whole, entries };
  for await (const chunk of createReadStream(file, { highWaterMark: CHUNK, end: upTo - 1 })) {
    let from = 0;
    for (let at = chunk.indexOf(END); at >= 0; at = chunk.indexOf(END, from)) {
      const piece = chunk.subarray(from, at);
      take(rest.length === 0 ? piece : Buffer.concat([...rest, piece]));
      rest = [];
      from = at + 1;
    }
    if (from < chunk.length) rest.push(chunk.subarray(from));
  }
  return { whole, entries };
}

/** Looks through all that a cell has printed, some of it at a time: keys are answered in between. */
import { setImmediate as breathe } from 'node:timers/promises';
import { lineText } from '../../page/text/line.ts';
import { BLOCK } from '../../session/printout/lines.ts';
import { Printout } from '../../session/printout/printout.ts';
import type { Sheet } from './sheet.ts';

/** Milliseconds without an ear for keys. */
const BUSY_MS = 8;
/** What does not part words on the screen. */
const UNSEEN = /\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)/g;

export interface Seeking {
  pattern: RegExp;
  /** The piece to begin behind, or before. */
  from: number;
  by: 1 | -1;
  /** Called with how much of it has been looked through, from 0 to 1; false: nobody waits for it any more. */
  goOn: (part: number) => boolean;
}

/** The next piece that has it; after the last one it goes on from the first. Undefined: none has, or nobody waits. */
export async function seek(sheet: Sheet, { pattern, from, by, goOn }: Seeking): Promise<number | undefined> {
  const { printout } = sheet;
  const last = sheet.pieces - 1;
  if (last < 0) return undefined;
  const blocks = Printout.blockOf(last) + 1;
  const first = (from + by + last + 1) % (last + 1);
  let block = Printout.blockOf(first);
  let seen = 0;
  let began = performance.now();
  // The block that it begins in is looked at twice: from there on, and at the end what is before.
  while (seen <= blocks) {
    const stretch = printout.stretch(block, by);
    if (mayHave(stretch.bytes, pattern)) {
      const found = inStretch(sheet, stretch, { pattern, by }, seen === 0 ? first : undefined);
      if (found !== undefined) return found;
    }
    seen += stretch.to - stretch.from + 1;
    block = by === 1 ? stretch.to + 1 : stretch.from - 1;
    if (block < 0) block = Printout.blockOf(last);
    else if (block >= blocks) block = 0;
    if (performance.now() - began < BUSY_MS) continue;
    await breathe();
    if (!goOn(Math.min(1, seen / blocks))) return undefined;
    began = performance.now();
  }
  return undefined;
}

function mayHave(bytes: Buffer, pattern: RegExp): boolean {
  const text = bytes.toString('utf8');
  pattern.lastIndex = 0;
  return pattern.test(text.includes('\x1b') ? text.replace(UNSEEN, '') : text);
}

/** @param first where to begin, in the block that it stands in */
function inStretch(
  sheet: Sheet,
  { from, to }: { from: number; to: number },
  { pattern, by }: Pick<Seeking, 'pattern' | 'by'>,
  first: number | undefined,
): number | undefined {
  const begin = from * BLOCK;
  const end = Math.min(sheet.pieces, (to + 1) * BLOCK) - 1;
  if (by === 1) {
    for (let at = Math.max(begin, first ?? 0); at <= end; at++) if (has(sheet, at, pattern)) return at;
  } else {
    for (let at = Math.min(end, first ?? end); at >= begin; at--) if (has(sheet, at, pattern)) return at;
  }
  return undefined;
}

/** Whether it begins in this piece; it may end in the one that follows. */
function has(sheet: Sheet, at: number, pattern: RegExp): boolean {
  const own = lineText(sheet.line(at));
  const goesOn = sheet.printout.piece(at + 1)?.continued;
  const next = lineText(sheet.line(at + 1)).slice(0, 400);
  pattern.lastIndex = 0;
  const found = pattern.exec(`${own}${goesOn ? '' : '\n'}${next}`);
  return found !== null && found.index < own.length;
}

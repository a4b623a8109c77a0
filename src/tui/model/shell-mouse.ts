/**
 * The mouse over a shell whose program has asked for it (vim, htop, mc): what the program is sent. With Alt held the mouse
 * stays the notebook's. Pure.
 */
import type { MouseEvent } from './mouse.ts';
import type { Asked } from './shell-keys.ts';

const ALT = 8;
const MOVES = 32;
const WHEEL = 64;
/** Of a button that is let go, and of a move without a button. */
const NO_BUTTON = 3;
/** The older way to report puts a column into one character; further on it would be none of ASCII. */
const FURTHEST = 94;
/** Rows that one step of the wheel scrolls in a program that has the screen to itself. */
const STEP = 3;

/** @returns undefined: it is the notebook's; '': the program wants nothing of it */
export function mouseBytes(
  { bits, down }: MouseEvent,
  { x, y }: { x: number; y: number },
  asked: Asked,
): string | undefined {
  if (asked.ended || (bits & ALT) !== 0) return undefined;
  const wheel = (bits & WHEEL) !== 0;
  if (asked.mouse === 'none') {
    // As terminals do: less and man scroll, though they have not asked.
    if (!wheel || !asked.alternate) return undefined;
    const arrow = (bits & 1) === 0 ? 'A' : 'B';
    return `\x1b${asked.applicationCursor ? 'O' : '['}${arrow}`.repeat(STEP);
  }
  const moves = (bits & MOVES) !== 0;
  if (asked.mouse === 'x10' && (!down || wheel || moves)) return '';
  if (moves && asked.mouse === 'vt200') return '';
  if (moves && asked.mouse === 'drag' && (bits & 3) === NO_BUTTON) return '';
  if (asked.sgr) return `\x1b[<${bits};${x + 1};${y + 1}${down ? 'M' : 'm'}`;
  if (x > FURTHEST - 1 || y > FURTHEST - 1) return '';
  const code = down || wheel || moves ? bits : (bits & ~3) | NO_BUTTON;
  return `\x1b[M${String.fromCharCode(32 + code, 33 + x, 33 + y)}`;
}

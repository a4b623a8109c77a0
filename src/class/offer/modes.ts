/**
 * Which modes the program on a terminal has switched on, so that a terminal that comes to it later can be brought to the
 * same: alternate screen, mouse, paste, cursor. What it shows, the program draws again by itself when its size changes.
 */

/** DEC private modes that a notebook and its shells use; 1049 first: the others are of the screen that it opens. */
const KNOWN = [1049, 1, 25, 7, 1000, 1002, 1003, 1004, 1006, 2004];
/** What they are when a terminal begins. */
const AT_FIRST = new Map([
  [25, true],
  [7, true],
]);

const SET = /\x1b\[\?([\d;]+)([hl])/g;
/** The beginning of one whose rest is still to come; no longer than one can be. */
const BEGUN = /\x1b(?:\[(?:\?[\d;]{0,32})?)?$/;

export interface Modes {
  see(data: Buffer): void;
  /** What brings a terminal that begins to them. */
  sequence(): string;
}

export function createModes(): Modes {
  const on = new Map<number, boolean>(AT_FIRST);
  let begun = '';
  return {
    see(data) {
      const text = begun + data.toString('latin1');
      begun = BEGUN.exec(text.slice(-40))?.[0] ?? '';
      for (const [, numbers = '', end] of text.matchAll(SET))
        for (const number of numbers.split(';').map(Number))
          if (KNOWN.includes(number)) on.set(number, end === 'h');
    },
    sequence: () =>
      KNOWN.map((number) => {
        const is = on.get(number) ?? false;
        return is === (AT_FIRST.get(number) ?? false) ? '' : `\x1b[?${number}${is ? 'h' : 'l'}`;
      }).join(''),
  };
}

/** Whatever a program has left on, a terminal is given back as terminals are. */
export const RESTORE =
  '\x1b[?1l\x1b>\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1004l\x1b[?1006l\x1b[?2004l\x1b[?2026l\x1b[?7h\x1b[0m\x1b[?25h\x1b[?1049l';

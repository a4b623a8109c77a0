/** Keys that move through a list or scroll a page, the same everywhere. */

/** Further than any list or page is long. */
const ALL = 1e6;

const own = (moves: Readonly<Record<string, number>>, pressed: string): number | undefined =>
  Object.hasOwn(moves, pressed) ? moves[pressed] : undefined;

const PICKS: Readonly<Record<string, number>> = {
  up: -1,
  k: -1,
  p: -1,
  'shift-tab': -1,
  down: 1,
  j: 1,
  n: 1,
  tab: 1,
  pageup: -5,
  pagedown: 5,
  home: -ALL,
  g: -ALL,
  end: ALL,
  G: ALL,
};

const PICKS_WHILE_TYPING: Readonly<Record<string, number>> = {
  up: -1,
  'ctrl-p': -1,
  down: 1,
  'ctrl-n': 1,
  pageup: -8,
  pagedown: 8,
};

/** By how much a key moves the choice in a list; undefined for other keys. */
export const pickMove = (pressed: string): number | undefined => own(PICKS, pressed);

/** The same where letters are what is looked for. */
export const pickMoveTyping = (pressed: string): number | undefined => own(PICKS_WHILE_TYPING, pressed);

/** By how many rows a key scrolls; undefined for other keys. @param page rows that a page key goes */
export function scrollMove(pressed: string, page: number): number | undefined {
  const moves = {
    up: -1,
    k: -1,
    down: 1,
    j: 1,
    pageup: -page,
    b: -page,
    pagedown: page,
    ' ': page,
    home: -ALL,
    g: -ALL,
    end: ALL,
    G: ALL,
  };
  return own(moves, pressed);
}

/** The choice after a move, in a list of `count`. */
export const moved = (selected: number, by: number, count: number): number =>
  Math.max(0, Math.min(count - 1, selected + by));

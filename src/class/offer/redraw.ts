/**
 * A terminal comes to a program that has drawn itself on another one. Given another size and then its own, the program draws
 * all anew. Two changes of one moment are none to a program that is slow, so what is waited for in between is the erasing with
 * which it begins, and not just anything that it happens to show meanwhile.
 */

/** Of the screen, or of all below (ED of ECMA-48). */
const ERASES = /\x1b\[[02]?J/;
/** Half of it may come with the next piece. */
const HALF = 4;
const MOST_TRIES = 5;
export const REDRAW_MS = 1500;
/** What begins with the erasing is on its way. */
const FRAME_MS = 60;

export interface Size {
  columns: number;
  rows: number;
}

export interface Redraw {
  /** All that the program shows. */
  see(data: Buffer): void;
  /** @param isMine whether the terminal is still the one that this is for */
  begin(size: () => Size, isMine: () => boolean): Promise<void>;
}

export function createRedraw(
  resize: (columns: number, rows: number) => void,
  { waitMs = REDRAW_MS, frameMs = FRAME_MS } = {},
): Redraw {
  let tail = '';
  let onErased: (() => void) | undefined;

  const erased = async (): Promise<boolean> => {
    const { promise, resolve } = Promise.withResolvers<boolean>();
    onErased = () => resolve(true);
    const timer = setTimeout(resolve, waitMs, false);
    const is = await promise;
    clearTimeout(timer);
    return is;
  };
  const pause = (ms: number) => new Promise((after) => setTimeout(after, ms));

  return {
    see(data) {
      const text = tail + data.toString('latin1');
      tail = text.slice(-HALF);
      if (!ERASES.test(text)) return;
      tail = '';
      onErased?.();
    },
    async begin(size, isMine) {
      for (let tries = 0; tries < MOST_TRIES; tries++) {
        const asked = size();
        resize(asked.columns, Math.max(2, asked.rows - 1));
        const is = await erased();
        if (is) await pause(frameMs);
        if (!isMine()) return;
        const { columns, rows } = size();
        resize(columns, rows);
        if (is) return;
        // It is asked once more; that it has its own size meanwhile must have come to it.
        await pause(waitMs / 2);
        if (!isMine()) return;
      }
    },
  };
}

/** What is typed and seen in a learner's own shells, told in pieces: not each key, but what has come together for a while. */
import type { Pty, PtyOptions } from '../../sandbox/contract.ts';

export interface Transcript {
  /** The same options, with an ear on what is printed. */
  tapped(options: PtyOptions): PtyOptions;
  /** Told now, e.g. because the shell has ended. */
  flush(): void;
  /** Nothing of what was gathered is told. */
  forget(): void;
}

const PAUSE_MS = 2000;
/** A program that prints without end is not told whole; its end is. */
const MOST_UNITS = 64 * 1024;

/** @param agreed whether the learner shares what happens now */
export function createTranscript(agreed: () => boolean, tell: (text: string) => void): Transcript {
  let gathered = '';
  let timer: NodeJS.Timeout | undefined;
  const decoder = new TextDecoder();
  const forget = () => {
    clearTimeout(timer);
    timer = undefined;
    gathered = '';
  };
  const flush = () => {
    const text = gathered;
    forget();
    if (text.trim() !== '' && agreed()) tell(text);
  };
  return {
    tapped: (options) => ({
      ...options,
      onData(chunk) {
        options.onData(chunk);
        if (!agreed()) return;
        gathered = (gathered + decoder.decode(chunk, { stream: true })).slice(-MOST_UNITS);
        timer ??= setTimeout(flush, PAUSE_MS).unref();
      },
    }),
    flush,
    forget,
  };
}

export type { Pty };

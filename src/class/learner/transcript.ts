/** What is typed and seen in a learner's own shells, told in pieces: not each key, but the lines of a while. */
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
/** A full-screen program ends no lines. */
const LONGEST_LINE = 4096;

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
  const tellUpTo = (end: number) => {
    const text = gathered.slice(0, end);
    const rest = gathered.slice(end);
    forget();
    gathered = rest;
    if (text.trim() !== '' && agreed()) tell(text);
  };
  const flush = () => tellUpTo(gathered.length);
  /** A line that is being typed waits for its end: what is rubbed out, or drawn again, is only understood with what was before. */
  const tellLines = () => {
    const end = gathered.lastIndexOf('\n') + 1;
    tellUpTo(gathered.length - end > LONGEST_LINE ? gathered.length : end);
  };
  return {
    tapped: (options) => ({
      ...options,
      onData(chunk) {
        options.onData(chunk);
        if (!agreed()) return;
        gathered = (gathered + decoder.decode(chunk, { stream: true })).slice(-MOST_UNITS);
        timer ??= setTimeout(tellLines, PAUSE_MS).unref();
      },
    }),
    flush,
    forget,
  };
}

export type { Pty };

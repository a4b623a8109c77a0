/**
 * The commands that are entered in a shell, by the signs that shells of a sandbox print (sandbox/agent/pty.pl): bash as it
 * begins with a command; a plain sh, which has no such hook, with each prompt. Pure.
 */

/** As it begins with a command. */
export const RAN = '\x1b]7770;ran\x07';
/** With its prompt: it waits for the next one. */
export const WAITS = '\x1b]7770;at\x07';

const SIGN = new RegExp(`${RAN}|${WAITS}`, 'g');
const LONGEST = Math.max(RAN.length, WAITS.length);

export interface CommandCounter {
  /** What came from the shell, cut anywhere. @returns how many commands were entered */
  printed(chunk: Uint8Array): number;
  /** What was typed. */
  typed(data: string): void;
}

export function commandCounter(): CommandCounter {
  let rest = '';
  /** Of the line that is being typed, whether it has anything; keys that recall an earlier line are something. */
  let isBlank = true;
  /** Lines with something in them that no shell is known to have taken. */
  let lines = 0;
  return {
    printed(chunk) {
      const text = rest + Buffer.from(chunk).toString('latin1');
      let count = 0;
      let end = 0;
      for (const { 0: sign, index } of text.matchAll(SIGN)) {
        end = index + sign.length;
        // a prompt alone is no command: it comes at first, and after an empty line
        if (sign === RAN || lines > 0) count++;
        lines = Math.max(0, lines - 1);
      }
      rest = text.slice(Math.max(end, text.length - LONGEST + 1));
      return count;
    },
    typed(data) {
      for (const key of data) {
        if (key === '\r' || key === '\n') {
          if (!isBlank) lines++;
          isBlank = true;
        } else if (key === '\x03' || key === '\x15') isBlank = true;
        else if (key !== ' ' && key !== '\t') isBlank = false;
      }
    },
  };
}

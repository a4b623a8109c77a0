/** What a reader types into a search, as a pattern over rows that were wrapped to the width of the screen. */
import { graphemes } from '../text/width.ts';

/** More than anybody looks for; a pasted page is not searched for. */
const LONGEST = 200;

const escaped = (text: string) => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');

/**
 * Case does not count. A space stands for any run of white space, a new row included; between characters that are
 * written without spaces a row may end anywhere. Undefined when nothing is looked for.
 */
export function findPattern(text: string): RegExp | undefined {
  const wanted = text.trim().slice(0, LONGEST);
  if (wanted === '') return undefined;
  const pieces = wanted.split(/\s+/).map((word) => {
    const characters = graphemes(word);
    return characters
      .map((one, at) => escaped(one) + (at < characters.length - 1 && one > '\u2e80' ? '(?:\\n *)?' : ''))
      .join('');
  });
  return new RegExp(pieces.join('\\s+'), 'giu');
}

/** Of a program's output as it came: colours do not part words. */
export function findsInOutput(pieces: readonly { text: string }[], pattern: RegExp): boolean {
  const text = pieces.map((piece) => piece.text).join('');
  pattern.lastIndex = 0;
  return pattern.test(text.replace(/\x1b\[[\d;:]*m/g, ''));
}

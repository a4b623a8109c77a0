/**
 * Puts `.expect` blocks into a lesson's file, right after the fences of their cells, and leaves every other byte as it is:
 * line ends, byte order mark, trailing blanks. Pure.
 */

export interface Insertion {
  /** Line of the cell's opening fence, from 1: `cell.place.line`. */
  line: number;
  /** The block, with `\n` between its lines and none at the end. */
  block: string;
}

/** A line of the file: its text, and its end of line as it is there ('' for a last line without one). */
interface RawLine {
  text: string;
  end: string;
}

/** One character a byte, so that what is not touched comes out as it went in. */
const BYTES = 'latin1';

function linesOf(text: string): RawLine[] {
  return [...text.matchAll(/([^\r\n]*)(\r\n|\r|\n|$)/g)]
    .map((match) => ({ text: match[1]!, end: match[2]! }))
    .filter(({ text, end }, index, all) => text !== '' || end !== '' || index < all.length - 1);
}

/** Index of the line that closes the fence opened at `at` (CommonMark 0.31, section 4.5). */
function closing(lines: readonly RawLine[], at: number): number {
  const opened = /^(?:\xef\xbb\xbf)? {0,3}(`{3,}|~{3,})/.exec(lines[at]?.text ?? '')?.[1];
  if (opened === undefined) throw new RangeError(`Line ${at + 1} opens no fence.`);
  const close = new RegExp(`^ {0,3}\\${opened[0]}{${opened.length},}[ \\t]*$`);
  const found = lines.findIndex((line, index) => index > at && close.test(line.text));
  if (found < 0) throw new RangeError(`The fence of line ${at + 1} is never closed.`);
  return found;
}

/** @throws RangeError when a line opens no fence: the file is another than the lesson was read from. */
export function insertBlocks(file: Uint8Array, insertions: readonly Insertion[]): Uint8Array {
  const lines = linesOf(Buffer.from(file).toString(BYTES));
  const usual = lines.find(({ end }) => end !== '')?.end ?? '\n';
  const after = new Map(insertions.map(({ line, block }) => [closing(lines, line - 1), block]));
  const out = lines.map(({ text, end }, index) => {
    const block = after.get(index);
    if (block === undefined) return text + end;
    const eol = end === '' ? usual : end;
    const added = Buffer.from(block.replaceAll('\n', eol)).toString(BYTES);
    return text + eol + added + end;
  });
  return Buffer.from(out.join(''), BYTES);
}

/**
 * A line that is too long for a terminal, as rows that begin under what they go on with. Colours pass through; a word that is
 * longer than a row is left to the terminal, so that a path or an address can be copied whole; Chinese goes on anywhere but
 * before a mark that closes and after one that opens. Pure.
 */
import stringWidth from 'fast-string-width';

const BETWEEN =
  /(?<![（「『《【“‘([{])(?:(?<=[\p{Script=Han}\u3001-\u303f\uff01-\uff60])|(?=[\p{Script=Han}\u3001-\u303f\uff01-\uff60]))(?![，。、；：！？）」』》】”’…,.;:!?)\]}%])/u;

/** @param hang how much further in than the line the other rows begin */
export function wrapLine(line: string, width: number | undefined, hang = 2): string {
  if (width === undefined || stringWidth(line) <= width) return line;
  const indent = /^ */.exec(line)![0];
  const rows: string[] = [];
  let row = indent;
  let used = indent.length;
  let empty = true;
  for (const [word, blanks] of [...line.slice(indent.length).matchAll(/( *)([^ ]+)/g)].flatMap(
    ([, before, text]) => text!.split(BETWEEN).map((piece, at) => [piece, at === 0 ? before! : ''] as const),
  )) {
    const columns = stringWidth(word);
    if (!empty && used + blanks.length + columns > width) {
      rows.push(row);
      row = indent + ' '.repeat(hang);
      used = row.length;
      row += word;
    } else {
      row += (empty ? '' : blanks) + word;
      used += empty ? 0 : blanks.length;
    }
    used += columns;
    empty = false;
  }
  return [...rows, row].join('\n');
}

/** Each line of a text by itself. */
export const wrapLines = (text: string, width: number | undefined, hang = 2): string =>
  width === undefined
    ? text
    : text
        .split('\n')
        .map((line) => wrapLine(line, width, hang))
        .join('\n');

/** What a stream's rows may take: undefined where nobody looks at it by the row. Wider ones are hard to read. */
export function columnsOf(stream: object): number | undefined {
  const { isTTY, columns } = stream as { isTTY?: boolean; columns?: number };
  return isTTY && columns ? Math.max(40, Math.min(columns, 100)) : undefined;
}

/** A cell's output in its frame: long output folded to its end, whose last lines say most. */
import type { CellState } from '../../session/state.ts';
import { hardWrap, type Line, lineWidth, pressable, span } from '../text/line.ts';
import { createOutputReader, type OutputReader } from '../text/output.ts';
import { wrapWords } from '../text/wrap.ts';
import { boxed, FRAME } from './box.ts';
import type { Style } from './style.ts';

/** Folded output shows this many rows; a little more than that is not worth a fold. */
export const FOLDED_ROWS = 10;
const FOLD_ABOVE = 14;
const LONGEST_BY_WORDS = 4000;

type Output = CellState['output'];

/** Reads only what is new since it was last asked, as long as the output only grew. */
export interface GrowingOutput {
  /** @param whole what is left out can be seen elsewhere */
  read(output: Output, whole?: boolean): readonly Line[];
}

export function growingOutput(style: Style): GrowingOutput {
  /** What stands for output that is not kept is said in the reader's language. */
  const textOf = ({ text, omitted }: Output[number], whole: boolean) => {
    if (omitted === undefined) return text;
    const { leftOut, printout } = style.words;
    return `\n... ${whole ? printout.leftOut(omitted) : leftOut(omitted)} ...\n`;
  };
  const options = {
    colours: style.theme.colours,
    base: { stdout: style.theme.text, stderr: style.theme.stderr },
  };
  let reader: OutputReader = createOutputReader(options);
  let seen: Output = [];
  let lines: readonly Line[] = [];

  /** How much of the last seen chunk grew, when `output` continues what was seen; undefined when it does not. */
  const grown = (output: Output): string | undefined => {
    if (seen.length === 0) return '';
    const last = seen.length - 1;
    const same = output[last];
    if (!same || same.stream !== seen[last]!.stream || !same.text.startsWith(seen[last]!.text))
      return undefined;
    const first = output[0]!;
    if (last > 0 && first !== seen[0] && first.text !== seen[0]!.text) return undefined;
    return same.text.slice(seen[last]!.text.length);
  };

  return {
    read(output, whole = false) {
      if (output === seen) return lines;
      const rest = grown(output);
      if (rest === undefined) {
        reader = createOutputReader(options);
        for (const chunk of output) reader.push(textOf(chunk, whole), chunk.stream);
      } else {
        if (seen.length > 0 && rest !== '') reader.push(rest, output[seen.length - 1]!.stream);
        for (const chunk of output.slice(seen.length)) reader.push(textOf(chunk, whole), chunk.stream);
      }
      seen = output;
      lines = reader.lines();
      return lines;
    },
  };
}

/** A line that is too long breaks between words, so that names and addresses stay whole; a giant one where it must. */
function wrapOutput(line: Line, room: number): Line[] {
  const width = lineWidth(line);
  if (width <= room) return [line];
  return width > LONGEST_BY_WORDS
    ? hardWrap(line, room)
    : wrapWords(line, room, { first: [], rest: [span('  ')] });
}

/** Rows of lines that have not changed, by width: output grows at its end. */
const wrapped = new WeakMap<Line, { room: number; rows: Line[] }>();

function rowsOf(line: Line, room: number): Line[] {
  const known = wrapped.get(line);
  if (known?.room === room) return known.rows;
  const rows = wrapOutput(line, room);
  wrapped.set(line, { room, rows });
  return rows;
}

/** Its lines without the frame; see `dressed`. */
export interface OutputView {
  lines: Line[];
  /** There is more than the folded view shows. */
  foldable: boolean;
}

export function outputView(
  output: readonly Line[],
  unfolded: boolean,
  width: number,
  style: Style,
  /** Unfolded it may still not be all that was printed. */
  more = false,
): OutputView {
  const foldable = output.length > FOLD_ABOVE;
  const shown = foldable && !unfolded ? output.slice(-FOLDED_ROWS) : output;
  const room = Math.max(1, width - FRAME);
  let rows: Line[] = [];
  for (const line of shown) {
    // Most lines fit: they are taken as they are, without a list of one for each.
    if (lineWidth(line) <= room) rows.push(line);
    else rows.push(...rowsOf(line, room));
  }
  // One endless line is folded as well.
  const hidden = unfolded ? 0 : Math.max(0, rows.length - FOLD_ABOVE);
  if (hidden > 0) rows = rows.slice(hidden);
  const above = output.length - shown.length + hidden;
  if (above > 0) {
    const { glyphs, theme, words } = style;
    const said = more ? words.printout.folded(above) : words.folded(above);
    rows = [pressable([span(`${glyphs.fold} ${said}`, theme.dim)], more ? 'F' : 'f'), ...rows];
  }
  return { lines: rows, foldable: foldable || hidden > 0 };
}

/** A row of the output in its frame, and how far the frame moves its text. */
export function dressed(width: number, style: Style, border: string) {
  return {
    dress: (line: Line) => boxed(line, width, style, border),
    inset: style.glyphs.box.side.length + 1,
  };
}

/** What a cell has printed as lines to be drawn, any of them, without reading more than is around it. */

import { EMPTY, hardWrap, type Line, lineText } from '../../page/text/line.ts';
import { createOutputReader, type OutputStyle } from '../../page/text/output.ts';
import { BLOCK } from '../../session/printout/lines.ts';
import { Printout } from '../../session/printout/printout.ts';

export interface Sheet {
  readonly printout: Printout;
  /** A long line is several of them. */
  readonly pieces: number;
  readonly lines: number;
  readonly bytes: number;
  line(at: number): Line;
  /** As it stands in so many columns; one row at least. */
  rows(at: number, columns: number): readonly Line[];
  /** Which line it is of, counted from 1. */
  number(at: number): number;
  /** As it is seen, without colours; undefined when it is longer than `most` characters. */
  text(from: number, to: number, most: number): string | undefined;
}

type Block = ReturnType<Printout['block']>;

export function createSheet(printout: Printout, colours: boolean): Sheet {
  const style: OutputStyle = { colours, base: { stdout: '', stderr: '' } };
  const drawn = new WeakMap<Block, readonly Line[]>();
  const wrapped = new WeakMap<Line, { columns: number; rows: readonly Line[] }>();

  /** Colours go on from line to line within a block. */
  const linesOf = (block: Block): readonly Line[] => {
    const known = drawn.get(block);
    if (known) return known;
    const reader = createOutputReader(style);
    for (const { text } of block) reader.push(`${text}\n`, 'stdout');
    let lines = reader.lines();
    // A sequence that never ends has taken lines with it: each by itself, then.
    if (lines.length !== block.length)
      lines = block.map(({ text }) => {
        const own = createOutputReader(style);
        own.push(`${text}\n`, 'stdout');
        return own.lines()[0] ?? EMPTY;
      });
    drawn.set(block, lines);
    return lines;
  };

  const line = (at: number) => linesOf(printout.block(Printout.blockOf(at)))[at % BLOCK] ?? EMPTY;

  return {
    printout,
    get pieces() {
      return printout.pieces;
    },
    get lines() {
      return printout.lines;
    },
    get bytes() {
      return printout.size;
    },
    line,
    rows(at, columns) {
      const whole = line(at);
      const known = wrapped.get(whole);
      if (known?.columns === columns) return known.rows;
      const rows = hardWrap(whole, columns);
      if (whole !== EMPTY) wrapped.set(whole, { columns, rows });
      return rows;
    },
    number: (at) => printout.piece(at)?.line ?? 0,
    text(from, to, most) {
      let text = '';
      for (let at = from; at <= to; at++) {
        const goesOn = at > from && printout.piece(at)?.continued;
        text += (at > from && !goesOn ? '\n' : '') + lineText(line(at));
        if (text.length > most) return undefined;
      }
      return text;
    },
  };
}

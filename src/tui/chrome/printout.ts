/** All that a cell has printed, in the place of the page: a row that says where the reader is, and the lines. */
import { markLine } from '../../page/find/mark.ts';
import { findInRows } from '../../page/find/matches.ts';
import { findPattern } from '../../page/find/pattern.ts';
import type { Style } from '../../page/layout/style.ts';
import { clip, EMPTY, fit, type Line, lineText, lineWidth, pressable, span } from '../../page/text/line.ts';
import { graphemes, textWidth } from '../../page/text/width.ts';
import { sizeWords } from '../../page/words/printout/en.ts';
import type { CellState } from '../../session/state.ts';
import { EDGE, HEAD_ROWS, type PrintoutMode, placed } from '../model/printout.ts';
import type { Sheet } from '../printout/sheet.ts';
import { type Hint, keyLine } from './key-line.ts';

interface Shown {
  mode: PrintoutMode;
  sheet: Sheet;
  state: CellState | undefined;
  number: number;
}

/** What is marked, and that the end is missing, are said whatever else there is room for. */
function headLine({ mode, sheet, state, number }: Shown, at: number, columns: number, style: Style): Line {
  const { theme, glyphs } = style;
  const said = style.words.printout;
  const cut = state?.printout?.cut;
  const notes = [
    ...(state?.status === 'running' ? [style.words.status.running] : []),
    ...(cut ? [said.cut[cut]] : []),
    ...(mode.mark === undefined ? [] : [said.marked(Math.abs(at - mode.mark) + 1)]),
  ].map((note) => span(` ${glyphs.dot} ${note}`, theme.notice));
  const where = said.where(sheet.pieces === 0 ? 0 : sheet.number(at), sheet.lines);
  const size = ` ${glyphs.dot} ${sizeWords(sheet.bytes)}`;
  const title = [span(`  ${said.title(number)}`, theme.subheading), ...notes];
  const short = [span(`  ${number}`, theme.subheading), ...notes];
  const choices: (readonly [Line, string])[] = [
    [title, where + size],
    [title, where],
    [short, where],
  ];
  const fits = ([from, to]: readonly [Line, string]) => lineWidth(from) + textWidth(to) + 3 <= columns;
  const [from, to] = choices.find(fits) ?? [short, ''];
  return clip([...fit(from, Math.max(1, columns - textWidth(to) - 1)), span(to, theme.dim)], columns);
}

export function printoutLines(
  shown: Shown,
  { columns, rows }: { columns: number; rows: number },
  style: Style,
): Line[] {
  const { mode, sheet } = shown;
  const { glyphs, theme } = style;
  const size = { columns, rows: Math.max(1, rows - HEAD_ROWS) };
  const { at, top, skip } = placed(mode, sheet, size);
  const wide = Math.max(1, columns - EDGE);
  const drawn: { piece: number; line: Line }[] = [];
  for (let piece = top; piece < sheet.pieces && drawn.length < size.rows + skip; piece++)
    for (const line of sheet.rows(piece, wide)) drawn.push({ piece, line });
  const seen = drawn.slice(skip, skip + size.rows);
  const pattern = mode.find && findPattern(mode.find.text);
  const found = pattern
    ? findInRows(
        seen.map(({ line }) => lineText(line)),
        pattern,
      ).flat()
    : [];
  const isMarked = (piece: number) =>
    mode.mark !== undefined && piece >= Math.min(mode.mark, at) && piece <= Math.max(mode.mark, at);
  const lines = seen.map(({ piece, line }, row): Line => {
    const marks = found
      .filter((one) => one.row === row)
      .map(({ from, to }) => ({ from, to, current: piece === at }));
    const edge = piece === at ? span(`${glyphs.current} `, theme.current) : span('  ');
    const inMark = isMarked(piece)
      ? [span(edge.text.slice(0, 1), edge.style), span('+', theme.notice)]
      : [edge];
    return pressable(clip([...inMark, ...markLine(line, marks)], columns), `piece:${piece}`);
  });
  while (lines.length < size.rows) lines.push(EMPTY);
  return [headLine(shown, at, columns, style), ...lines];
}

/** What is typed, its end in sight; else the keys. */
export function printoutFooter(mode: PrintoutMode, columns: number, style: Style): Line {
  const { words, theme } = style;
  const { keys, printout: said } = words;
  if (mode.typing) {
    const { what, text } = mode.typing;
    const prompt = what === 'find' ? ' /' : ` ${said.saveTo} `;
    const after = [
      span('   Enter', theme.key),
      span(` ${what === 'find' ? words.find.key : said.save}`, theme.dim),
      span('   Esc', theme.key),
      span(` ${words.find.end}`, theme.dim),
    ];
    const room = Math.max(1, columns - textWidth(prompt) - 1 - lineWidth(after));
    let shown = text;
    while (textWidth(shown) > room) shown = graphemes(shown).slice(1).join('');
    return clip([span(prompt, theme.key), span(shown), span(' ', '7'), ...after], columns);
  }
  if (mode.find?.looking !== undefined && mode.find.looking > 0) {
    const text = said.looking(mode.find.text.trim(), Math.floor(mode.find.looking * 100));
    return clip(
      [span(` ${text}`, theme.running), span('   Esc', theme.key), span(` ${words.find.end}`, theme.dim)],
      columns,
    );
  }
  const hints: Hint[] = mode.find
    ? [
        ['n', words.find.next],
        ['N', words.find.before],
      ]
    : [
        ['↑↓', keys.scroll],
        ['/', words.find.key],
      ];
  return keyLine(
    [
      ...hints,
      ['v', mode.mark === undefined ? said.mark : said.unmark],
      ['y', said.copy],
      ['W', said.save],
      ['P', said.pager],
      ['Esc', mode.find || mode.mark !== undefined ? words.find.end : keys.close],
    ],
    columns,
    style,
  );
}

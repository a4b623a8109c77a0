/** All keys on one page, in two columns where there is room. */
import { mapWords } from '../../map/words.ts';
import type { Style } from '../../page/layout/style.ts';
import { EMPTY, fit, type Line, span } from '../../page/text/line.ts';
import { textWidth } from '../../page/text/width.ts';
import { wrapText } from '../../page/text/wrap.ts';

const KEY_COLUMN = 17;
const TWO_COLUMNS_FROM = 100;

function group(
  title: string,
  keys: readonly (readonly [string, string])[],
  columns: number,
  style: Style,
): Line[] {
  const { theme } = style;
  return [
    [span(title, theme.subheading)],
    ...keys.flatMap(([key, does]) =>
      wrapText(does, columns, theme.text, {
        first: [span(`  ${key}${' '.repeat(Math.max(1, KEY_COLUMN - textWidth(key)))}`, theme.key)],
        rest: [span(' '.repeat(KEY_COLUMN + 2))],
      }),
    ),
    EMPTY,
  ];
}

/** @param inClass the keys of the live class too */
export function helpLines(columns: number, style: Style, inClass = false): Line[] {
  const { help } = style.words;
  const printout = style.words.printout.help;
  const two = columns >= TWO_COLUMNS_FROM;
  const width = two ? Math.floor(columns / 2) - 2 : columns;
  const reading = group(
    help.reading,
    [
      ['↑ ↓  j k', help.scroll],
      ['PgUp PgDn Space', help.page],
      ['g G  Home End', help.ends],
      ['n p  Tab', help.nextCell],
      ['v', help.steps],
      ['w', help.handbook],
      ['/  n N  Esc', help.find],
    ],
    width,
    style,
  );
  const cells = group(
    help.cells,
    [
      ['Enter', help.enter],
      ['a', help.again],
      ['x  Ctrl-C', help.stop],
      ['h', help.hint],
      ['s', help.solution],
      ['c', help.check],
      ['o', help.open],
      ['f', help.fold],
      ['F', printout.open],
      ['P', printout.pager],
      ['W', printout.save],
      ['y Y', help.copy],
      ['i', help.edit],
      ['e', help.external],
      ['u', help.revert],
      ['S', help.skip],
      ['R', help.upTo],
      ['1 2 3 ...', help.answer],
    ],
    width,
    style,
  );
  const writing = group(
    help.writing,
    [
      ['Ctrl-R Alt-Enter', help.runAnswer],
      ['Esc', help.leave],
      ['Alt-B Alt-F', help.word],
      ['Ctrl-W -U -K', help.kill],
      ['Ctrl-Z Ctrl-Y', help.undo],
      ['Alt-P Alt-N', help.versions],
    ],
    width,
    style,
  );
  const other = group(
    help.other,
    [
      ['t', help.shell],
      ['T', help.shellIn],
      ['Ctrl-]', help.pane],
      ['m', mapWords(style.words.name).keys.open],
      ['M  [ ]', mapWords(style.words.name).keys.inside],
      ['L', mapWords(style.words.name).keys.large],
      ['<  >', mapWords(style.words.name).keys.walk],
      ['.  + -', mapWords(style.words.name).keys.stroll],
      ['z', help.mouse],
      ['r', help.reset],
      ['l', help.list],
      ['q', help.quit],
      [':  Ctrl-P', help.palette],
      ['?', help.help],
    ],
    width,
    style,
  );
  const live = inClass
    ? group(
        style.words.class.help.title,
        [
          ['C', style.words.class.help.menu],
          ['X', style.words.class.help.stop],
        ],
        width,
        style,
      )
    : [];
  if (!two) return [...live, ...reading, ...cells, ...writing, ...other];
  const left = [...live, ...reading, ...cells];
  const right = [...writing, ...other];
  return Array.from({ length: Math.max(left.length, right.length) }, (_, at) => [
    ...fit(left[at] ?? EMPTY, width + 2),
    ...(right[at] ?? EMPTY),
  ]);
}

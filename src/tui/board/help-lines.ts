/** All keys of the board on one page. */
import type { Style } from '../../page/layout/style.ts';
import { type Line, span } from '../../page/text/line.ts';
import { textWidth } from '../../page/text/width.ts';
import { wrapText } from '../../page/text/wrap.ts';
import type { BoardWords } from '../../page/words/board/choose.ts';

const KEYS = 16;

const keysOf = ({ help }: BoardWords): readonly (readonly [string, string])[] => [
  ['Tab  1 ... 5', help.views],
  ['↑ ↓  j k', help.move],
  ['PgUp PgDn  g G', help.page],
  ['Enter', help.open],
  ['/', help.search],
  ['f F', help.filter],
  ['s S', help.sort],
  ['l', help.lesson],
  ['a', help.announce],
  ['h', help.hint],
  ['H', help.hintAll],
  ['p', help.pace],
  ['> <', help.where],
  ['t', help.timer],
  ['v', help.poll],
  ['A', help.said],
  ['u', help.lower],
  ['o', help.look],
  ['x', help.remove],
  ['n', help.names],
  ['E', help.end],
  ['i', help.invitation],
  ['q', help.quit],
];

export function helpLines(columns: number, words: BoardWords, { theme }: Pick<Style, 'theme'>): Line[] {
  const lines = keysOf(words).flatMap(([key, does]) =>
    wrapText(does, Math.max(20, Math.min(90, columns - 2)), theme.text, {
      first: [span(`  ${key}${' '.repeat(Math.max(1, KEYS - textWidth(key)))}`, theme.key)],
      rest: [span(' '.repeat(KEYS + 2))],
    }),
  );
  return [[span(` ${words.help.title}`, theme.subheading)], ...lines];
}

/** How many rows that are, whatever they look like. */
export function helpRows(columns: number, words: BoardWords): number {
  return helpLines(columns, words, { theme: { text: '', key: '', subheading: '' } as Style['theme'] }).length;
}

/** Keys and what they do, on one row. */
import type { Style } from '../../page/layout/style.ts';
import { clip, type Line, lineWidth, pressable, type Span, span } from '../../page/text/line.ts';

export type Hint = readonly [key: string, does: string];

/** Keys whose name on the screen is not that of their press; '' for several keys at once. */
const PRESSED: Readonly<Record<string, string>> = {
  Enter: 'enter',
  Esc: 'escape',
  Tab: 'tab',
  'Ctrl-R': 'ctrl-r',
  'Ctrl-Z': 'ctrl-z',
  '↑↓': '',
};

/** As many hints as fit; the last one (help) always has its place. */
export function keyLine(hints: readonly Hint[], columns: number, style: Style): Line {
  const { theme } = style;
  const drawn = hints.map(([key, does]) => {
    const hint = [span(key, theme.key), span(` ${does}`, theme.dim)];
    const press = /^1-\d$/.test(key) ? '' : (PRESSED[key] ?? key);
    return press === '' ? hint : pressable(hint, press);
  });
  const last = drawn.at(-1) ?? [];
  const line: Span[] = [span(' ')];
  for (const [at, piece] of drawn.entries()) {
    const isLast = at === drawn.length - 1;
    const reserve = isLast ? 0 : lineWidth(last) + 3;
    if (lineWidth(line) + lineWidth(piece) + reserve + 3 > columns && !isLast) continue;
    if (line.length > 1) line.push(span('   '));
    line.push(...piece);
  }
  return clip(line, columns);
}

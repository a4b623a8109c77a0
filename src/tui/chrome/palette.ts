/** The palette in the place of the page: what is typed, and what fits it, best first. */
import type { Style } from '../../page/layout/style.ts';
import {
  clip,
  EMPTY,
  fit,
  type Line,
  lineWidth,
  mix,
  pressable,
  type Span,
  span,
} from '../../page/text/line.ts';
import { graphemes, textWidth } from '../../page/text/width.ts';
import type { Context } from '../model/context.ts';
import { type Entry, entriesOf, type Palette } from '../model/palette.ts';

/** Longer rows part what is done from its key too far. */
const WIDEST = 90;
/** The letters that were typed, without relying on colour. */
const MATCHED = '1;4';

function labelOf({ label, fit: { at } }: Entry, style: string): Span[] {
  const matched = new Set(at);
  return graphemes(label).map((letter, index) =>
    span(letter, matched.has(index) ? mix(style, MATCHED) : style),
  );
}

/** What is typed, its end in sight. */
function prompt(text: string, columns: number, style: Style): Line {
  let shown = text;
  while (textWidth(shown) > columns - 6) shown = graphemes(shown).slice(1).join('');
  return [span('  : ', style.theme.key), span(shown), span(' ', '7')];
}

export function paletteLines(
  mode: Palette,
  context: Context,
  { columns, rows }: { columns: number; rows: number },
  style: Style,
): Line[] {
  const { theme, glyphs, words } = style;
  const wide = Math.min(WIDEST, columns);
  const entries = entriesOf(mode.text, context);
  const list = entries.map((entry, at): Line => {
    const chosen = at === mode.selected;
    const head = span(chosen ? `${glyphs.current} ` : '  ', theme.current);
    const right = span(entry.right, 'press' in entry.does ? theme.key : theme.dim);
    const room = Math.max(4, wide - 2 - lineWidth([right]) - 2);
    const label = clip(labelOf(entry, chosen ? theme.selected : theme.text), room);
    return pressable(clip([head, ...fit(label, room), span('  '), right], columns), `entry:${at}`);
  });
  if (list.length === 0) list.push([span(`  ${words.find.none}`, theme.dim)]);
  const shown = Math.max(1, rows - 3);
  const top = Math.max(0, Math.min(mode.selected - (shown >> 1), list.length - shown));
  return [EMPTY, prompt(mode.text, columns, style), EMPTY, ...list.slice(top, top + shown)];
}

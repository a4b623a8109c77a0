/** The handbook in the place of the page: the list, and below it what the chosen entry means. */
import type { Style } from '../../page/layout/style.ts';
import { renderMarkdown } from '../../page/markdown/render.ts';
import { clip, EMPTY, type Line, pressable, type Span, span } from '../../page/text/line.ts';
import { graphemes, textWidth } from '../../page/text/width.ts';
import type { Context } from '../model/context.ts';
import { type Listed, type Looking, listed } from '../model/handbook.ts';

/** Longer lines are hard to read. */
const WIDEST = 90;
/** Rows that the meaning has at most; the list has at least as many. */
const MEANING = 8;

/** Which of the two lists it is, and what is typed, its end in sight. */
function head({ kind, text }: Looking, columns: number, { theme, words }: Style): Line {
  const tab = (name: string, is: boolean): Line =>
    is ? [span(name, theme.selected)] : pressable([span(name, theme.dim)], 'tab');
  const tabs: Span[] = [
    span('  '),
    ...tab(words.handbook.words, kind === 'word'),
    span('   '),
    ...tab(words.handbook.commands, kind === 'command'),
    span('   '),
  ];
  const room = columns - textWidth(tabs.map((one) => one.text).join('')) - 3;
  let shown = text;
  while (textWidth(shown) > Math.max(1, room)) shown = graphemes(shown).slice(1).join('');
  return clip([...tabs, span('/ ', theme.key), span(shown), span(' ', '7')], columns);
}

function row({ entry, here }: Listed, at: number, chosen: boolean, columns: number, style: Style): Line {
  const { theme, glyphs, words } = style;
  const right = entry.kind === 'command' ? entry.group : '';
  const line: Span[] = [
    span(chosen ? `${glyphs.current} ` : '  ', theme.current),
    span(entry.name, chosen ? theme.selected : here ? theme.text : theme.dim),
    span(here ? `  ${words.handbook.here}` : '', theme.notice),
    span(right === '' ? '' : `  ${right}`, theme.dim),
  ];
  return pressable(clip(line, columns), `term:${at}`);
}

export function handbookLines(
  mode: Looking,
  current: number | undefined,
  context: Context,
  { columns, rows }: { columns: number; rows: number },
  style: Style,
): Line[] {
  const { theme, words, glyphs } = style;
  const entries = listed(mode, current, context);
  const wide = Math.min(WIDEST, columns);
  const chosen = entries[mode.selected]?.entry;
  const meaning = chosen ? renderMarkdown(chosen.text, wide - 4, style) : [];
  const below = Math.max(1, Math.min(meaning.length, MEANING, (rows - 4) >> 1));
  const shown = Math.max(1, rows - 4 - below);
  const top = Math.max(0, Math.min(mode.selected - (shown >> 1), entries.length - shown));
  const list = entries
    .slice(top, top + shown)
    .map((one, at) => row(one, top + at, top + at === mode.selected, columns, style));
  if (list.length === 0) {
    const isEmpty = context.handbook?.length === 0;
    const none = isEmpty ? words.handbook.empty : words.find.none;
    list.push([span(`  ${context.handbook ? none : words.handbook.loading}`, theme.dim)]);
  }
  return [
    EMPTY,
    head(mode, columns, style),
    EMPTY,
    ...list,
    [span(`  ${glyphs.rule.repeat(Math.max(1, wide - 4))}`, theme.border)],
    ...meaning.slice(0, below).map((line): Line => [span('  '), ...line]),
  ];
}

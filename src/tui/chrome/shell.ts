/** The shells' pane as rows: its tabs, and under them what the terminal of one shows. */
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
import type { Frame } from '../model/frame.ts';
import { type Place, placeName, type ShellTab, type ShellView } from '../model/shell-view.ts';
import type { ShellPicture } from '../shell/panes.ts';
import { type Hint, keyLine } from './key-line.ts';

function tabSpans(tab: ShellTab, at: number, view: ShellView, style: Style): Span[] {
  const { theme, glyphs } = style;
  const shown = at === view.tab;
  const sign = tab.state === 'ended' ? ` ${glyphs.fail}` : '';
  const text = ` ${at + 1} ${placeName(tab)}${sign} `;
  const look = !shown ? theme.dim : view.focus ? mix(theme.current, '7') : theme.selected;
  return [{ ...span(text, look), press: `tab:${at}` }];
}

function tabLine(picture: ShellPicture, view: ShellView, columns: number, style: Style): Line {
  const { theme, glyphs, words } = style;
  const line: Span[] = [span(glyphs.rule, view.focus ? theme.current : theme.border)];
  for (const [at, tab] of picture.tabs.entries()) line.push(...tabSpans(tab, at, view, style));
  const right = picture.scrolled > 0 ? ` ${words.pane.back(picture.scrolled)} ` : '';
  const rest = columns - lineWidth(line) - lineWidth([span(right)]);
  if (rest > 0) line.push(span(glyphs.rule.repeat(rest), view.focus ? theme.current : theme.border));
  line.push(span(right, theme.notice));
  return clip(line, columns);
}

/** All rows of the pane, each as wide as it is. */
export function shellLines(
  picture: ShellPicture,
  view: ShellView,
  frame: NonNullable<Frame['shell']>,
  style: Style,
): Line[] {
  const { theme, glyphs, words } = style;
  const tab = picture.tabs[view.tab];
  const wait = tab?.state === 'opening' && picture.lines.every((line) => line.length === 0);
  const shown = wait ? [[span(words.pane.opening, theme.dim)]] : picture.lines;
  const edge =
    frame.at === 'beside' ? [span(glyphs.box.side, view.focus ? theme.current : theme.border)] : [];
  const rows = Array.from({ length: frame.rows }, (_, y) => {
    // After a resize the emulator's picture is the old one for a moment.
    const line = fit(shown[y] ?? EMPTY, frame.columns);
    return [...edge, ...line];
  });
  return [tabLine(picture, view, frame.columns + edge.length, style), ...rows];
}

export function shellFooter(view: ShellView, tab: ShellTab | undefined, columns: number, style: Style): Line {
  const { pane } = style.words;
  if (view.leader) {
    const keys: Hint[] = [
      ['Esc', pane.out],
      ['t', pane.another],
      ['n p', pane.next],
      ['x', pane.close],
      ['f', pane.full],
      ['+ -', pane.size],
      ['s', pane.scroll],
      ['h', pane.hide],
      [']', pane.literal],
      ['m', pane.map],
    ];
    return keyLine(keys, columns, style);
  }
  if (view.scrolling) {
    return keyLine(
      [
        ['↑↓', pane.rows],
        ['PgUp PgDn', pane.pages],
        ['g G', pane.ends],
        ['q', pane.stopScrolling],
      ],
      columns,
      style,
    );
  }
  if (tab?.state === 'ended') {
    const said = clip([span(` ${pane.ended(tab.because ?? '')}  `, style.theme.notice)], columns >> 1);
    const keys: Hint[] = [
      ['Enter', pane.again],
      ['x', pane.close],
      ['Esc', pane.lesson],
    ];
    return [...said, ...keyLine(keys, columns - lineWidth(said), style)];
  }
  return keyLine(
    [
      ['Ctrl-] Esc', pane.lesson],
      ['Ctrl-]', pane.leader],
    ],
    columns,
    style,
  );
}

/** Hosts and namespaces to open a shell in, one of them chosen. */
export function placeLines(places: readonly Place[], selected: number, rows: number, style: Style): Line[] {
  const { theme, glyphs, words } = style;
  const list = places.map((place, at): Line => {
    const chosen = at === selected;
    const number = at < 9 ? String(at + 1) : ' ';
    const name = place.netns === '' ? place.host : `  ${place.netns}`;
    const line = [
      span(chosen ? `${glyphs.current} ` : '  ', theme.current),
      span(`${number}  `, theme.dim),
      span(name, chosen ? theme.selected : theme.text),
    ];
    return at < 9 ? pressable(line, number) : line;
  });
  const shown = Math.max(1, rows - 3);
  const top = Math.max(0, Math.min(selected - (shown >> 1), list.length - shown));
  return [EMPTY, [span(`  ${words.pane.where}`, theme.subheading)], EMPTY, ...list.slice(top, top + shown)];
}

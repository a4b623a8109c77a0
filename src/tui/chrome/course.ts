/** The list of lessons: two rows each, with what was done. */

import type { Style } from '../../page/layout/style.ts';
import { lessonNumbers } from '../../page/lesson-numbers.ts';
import type { LibraryItem } from '../../page/library.ts';
import { clip, EMPTY, fit, type Line, lineWidth, pressable, type Span, span } from '../../page/text/line.ts';
import { wrapText } from '../../page/text/wrap.ts';
import { ago } from '../../page/words/time.ts';

const BAR = 12;

export function progressBar(done: number, all: number, columns: number, style: Style): Span[] {
  const full = all > 0 ? Math.min(columns, Math.round((done / all) * columns)) : 0;
  // Something done is seen, and something left too.
  const shown = done > 0 && full === 0 ? 1 : done < all && full === columns ? columns - 1 : full;
  return [
    span(style.glyphs.full.repeat(shown), style.theme.bar),
    span(style.glyphs.empty.repeat(columns - shown), style.theme.dim),
  ];
}

function detail(item: LibraryItem, now: number, style: Style): Span[] {
  const { words, theme, glyphs } = style;
  if (item.faulty) return [span(`${glyphs.broken} ${words.course.faulty}`, theme.broken)];
  if (!item.cells) return [span(words.course.never, theme.dim)];
  const pieces = [words.course.cells(item.cells.passed, item.cells.total)];
  if (item.points && item.points.possible > 0)
    pieces.push(words.points(item.points.earned, item.points.possible));
  if (item.openedAt !== undefined) pieces.push(words.course.opened(ago(item.openedAt, now, words)));
  return [
    ...progressBar(item.cells.passed, item.cells.total, BAR, style),
    // Before what there may be no room for.
    ...(item.finished ? [span(`  ${glyphs.pass} ${words.course.finished}`, theme.pass)] : []),
    span(`  ${pieces.join(` ${glyphs.dot} `)}`, theme.dim),
  ];
}

/** The rows of one lesson, all as wide as the list. */
export function itemLines(
  item: LibraryItem,
  number: string,
  selected: boolean,
  columns: number,
  now: number,
  style: Style,
): Line[] {
  const { theme, glyphs } = style;
  const bar = span(selected ? `${glyphs.current} ` : '  ', theme.current);
  const head = `${number}  `;
  const pad = span(' '.repeat(head.length));
  // Of the chosen one all is read; the others show that there is more.
  const summary =
    selected && item.summary
      ? wrapText(item.summary, columns, theme.dim, { first: [bar, pad], rest: [bar, pad] })
      : [[bar, pad, span(item.summary, theme.dim)]];
  const rows: Line[] = [
    [bar, span(head, theme.dim), span(item.title, selected ? theme.selected : theme.title)],
    ...(item.summary ? summary : []),
    [bar, pad, ...detail(item, now, style)],
  ];
  return rows.map((row) => clip(row, columns));
}

/** The window onto the list in which the selected lesson is seen whole. */
export function courseLines(
  items: readonly LibraryItem[],
  selected: number,
  columns: number,
  rows: number,
  now: number,
  style: Style,
  /** The whole course: a lesson keeps its number. */
  all: readonly LibraryItem[] = items,
): Line[] {
  if (items.length === 0 && all.length > 0)
    return [EMPTY, [span(`  ${style.words.find.none}`, style.theme.dim)]];
  if (items.length === 0) return [EMPTY, [span(`  ${style.words.course.empty}`, style.theme.dim)]];
  const lines: Line[] = [];
  let from = 0;
  let until = 0;
  const numbers = lessonNumbers(all);
  const widest = Math.max(2, ...numbers.map((number) => number.length));
  for (const [at, item] of items.entries()) {
    if (at === selected) from = lines.length;
    const number = numbers[all.indexOf(item)]!.padStart(widest);
    const shown = itemLines(item, number, at === selected, columns, now, style);
    lines.push(...shown.map((line) => pressable(line, `item:${at}`)), EMPTY);
    if (at === selected) until = lines.length;
  }
  const top = Math.max(0, Math.min(until - rows, from));
  return lines.slice(top, top + rows);
}

/** What is looked for and how many lessons have it, in the place of the keys. */
export function filterLine(
  { text, typing }: { text: string; typing: boolean },
  found: number,
  columns: number,
  style: Style,
): Line {
  const { theme, words } = style;
  return clip(
    [
      span(' /', theme.key),
      span(text),
      span(typing ? ' ' : '', '7'),
      span(`  ${words.course.lessons(found)}`, theme.notice),
      span('   Enter', theme.key),
      span(` ${typing ? words.find.keep : words.keys.open}`, theme.dim),
      span('   Esc', theme.key),
      span(` ${words.find.end}`, theme.dim),
    ],
    columns,
  );
}

export function courseHeader(title: string, count: number, columns: number, style: Style): Line {
  const right = [span(style.words.course.lessons(count), style.theme.dim)];
  const room = Math.max(0, columns - lineWidth(right) - 2);
  return [
    ...fit(clip([span(' '), span(title, style.theme.title)], room), room),
    span(' '),
    ...right,
    span(' '),
  ];
}

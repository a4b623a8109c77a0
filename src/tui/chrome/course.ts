/** The list of lessons: a row each with how far it has come, and below it what the chosen one is about. */

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

/** Narrower lists say how far a lesson has come by its numbers alone. */
const WITH_BARS = 59;

function state(item: LibraryItem, columns: number, style: Style): Span[] {
  const { theme, glyphs } = style;
  if (item.faulty) return [span(glyphs.broken, theme.broken)];
  if (!item.cells) return [];
  const { passed, total } = item.cells;
  // A bar is nothing to be heard.
  if (glyphs.rule === ' ')
    return [
      span(item.finished ? style.words.course.finished : style.words.course.cells(passed, total), theme.dim),
    ];
  const bar = columns >= WITH_BARS ? [...progressBar(passed, total, BAR, style), span('  ')] : [];
  return [...bar, item.finished ? span(glyphs.pass, theme.pass) : span(`${passed}/${total}`, theme.dim)];
}

/** Behind the bars there is room for these. */
const STATE = 5;

/** In a wide terminal the eye does not have to travel from a title to its bar. */
const WIDEST = 100;

interface Row {
  item: LibraryItem;
  number: string;
  selected: boolean;
}

/** A lesson; an exercise, which shares its number, stands further in. */
function itemLine({ item, number, selected }: Row, all: number, style: Style): Line {
  const columns = Math.min(all - 1, WIDEST);
  const { theme, glyphs } = style;
  const within = number.includes('.');
  const look = selected ? theme.selected : within ? theme.text : theme.title;
  const said = state(item, columns, style);
  const beside =
    said.length === 0 ? 0 : columns >= WITH_BARS ? BAR + 2 + STATE : Math.max(STATE, lineWidth(said));
  const room = columns - beside - 2;
  const title: Line = [
    span(selected ? `${glyphs.current} ` : '  ', theme.current),
    span(`${number}  ${within ? '  ' : ''}`, theme.dim),
    span(item.title, look),
  ];
  return clip([...fit(clip(title, room), room), span('  '), ...said], columns);
}

/** How far the learner has come, in words and numbers. */
function progress(item: LibraryItem, now: number, style: Style): Span[] {
  const { words, theme, glyphs } = style;
  if (item.faulty) return [span(`${glyphs.broken} ${words.course.faulty}`, theme.broken)];
  if (!item.cells) return [span(words.course.never, theme.dim)];
  const pieces = [words.course.cells(item.cells.passed, item.cells.total)];
  if (item.points && item.points.possible > 0)
    pieces.push(words.points(item.points.earned, item.points.possible));
  if (item.openedAt !== undefined) pieces.push(words.course.opened(ago(item.openedAt, now, words)));
  const dot = ` ${glyphs.dot} `;
  return [
    ...(item.finished
      ? [span(`${glyphs.pass} ${words.course.finished}`, theme.pass), span(dot, theme.dim)]
      : []),
    span(pieces.join(dot), theme.dim),
  ];
}

const LONGEST_SUMMARY = 3;

/** What the chosen lesson is about; as many rows for each, so that nothing moves while one goes through them. */
function aboutLines(
  { item, all, below }: { item: LibraryItem; all: readonly LibraryItem[]; below: number },
  columns: number,
  now: number,
  style: Style,
): Line[] {
  const indent = { first: [span('  ')], rest: [span('  ')] };
  const wrapped = (one: LibraryItem) => wrapText(one.summary, columns - 2, style.theme.text, indent);
  const height = Math.min(LONGEST_SUMMARY, Math.max(...all.map((one) => wrapped(one).length)));
  const summary = wrapped(item);
  const shown = summary.slice(0, height);
  // More than there is room for shows that there is more.
  if (summary.length > height)
    shown[height - 1] = clip([...shown[height - 1]!, ...summary[height]!], columns - 2);
  const more: Line = below > 0 ? [span(` ${style.words.course.more(below)} `, style.theme.dim)] : EMPTY;
  const { rule } = style.glyphs;
  return [
    [
      span(rule.repeat(Math.max(0, columns - 1 - lineWidth(more))), style.theme.border),
      ...more,
      span(rule, style.theme.border),
    ],
    ...shown,
    clip([span('  '), ...progress(item, now, style)], columns),
    ...Array.from({ length: height - shown.length }, () => EMPTY),
  ];
}

/** Fewer rows than these are all for the list. */
const WITH_ABOUT = 8;

/** The list, or what of it is around the chosen lesson, and what that is about. */
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
  const numbers = lessonNumbers(all);
  const wholes = Math.max(2, ...numbers.map((number) => number.split('.')[0]!.length));
  const widest = wholes + Math.max(...numbers.map((number) => number.length - number.split('.')[0]!.length));
  const about = (below: number) =>
    rows < WITH_ABOUT ? [] : aboutLines({ item: items[selected]!, all, below }, columns, now, style);
  const room = rows - about(0).length;
  const shown = items.map((item) => ({ item, number: numbers[all.indexOf(item)]! }));
  // Where there is room, a lesson and its exercises stand apart from the next.
  const chapters = shown.filter(({ number }, at) => at > 0 && !number.includes('.')).length;
  const apart = shown.some(({ number }) => number.includes('.')) && items.length + chapters <= room;
  const lines: Line[] = [];
  let chosen = 0;
  for (const [at, { item, number }] of shown.entries()) {
    if (apart && at > 0 && !number.includes('.')) lines.push(EMPTY);
    if (at === selected) chosen = lines.length;
    const [whole = '', part] = number.split('.');
    const figure = `${whole.padStart(wholes)}${part === undefined ? '' : `.${part}`}`.padEnd(widest);
    lines.push(
      pressable(itemLine({ item, number: figure, selected: at === selected }, columns, style), `item:${at}`),
    );
  }
  if (lines.length < room) lines.push(EMPTY);
  const top = Math.max(0, Math.min(chosen - (room >> 1), lines.length - room));
  return [...lines.slice(top, top + room), ...about(Math.max(0, lines.length - top - room))];
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

export function courseHeader(
  title: string,
  items: readonly LibraryItem[],
  columns: number,
  style: Style,
): Line {
  const { course } = style.words;
  const finished = items.filter((item) => item.finished).length;
  const said = finished > 0 ? course.ofLessons(finished, items.length) : course.lessons(items.length);
  const right = [span(said, style.theme.dim)];
  const room = Math.max(0, columns - lineWidth(right) - 2);
  return [
    ...fit(clip([span(' '), span(title, style.theme.title)], room), room),
    span(' '),
    ...right,
    span(' '),
  ];
}

/** The live class on the screen: how it stands, in the rule below the header; and its menu in the place of the page. */
import type { ClassroomState } from '../../board/classroom.ts';
import { messageLines, pollLines } from '../../board/notebook/messages.ts';
import { lessonTitle } from '../../board/notebook/pace.ts';
import { type Here, sharing, statusPieces } from '../../board/notebook/status.ts';
import type { Style } from '../../page/layout/style.ts';
import { clip, EMPTY, type Line, lineWidth, pressable, type Span, span } from '../../page/text/line.ts';
import { wrapText } from '../../page/text/wrap.ts';
import { type ClassMode, ITEMS, type Item, REACTIONS, SHARED } from '../model/class.ts';
import { stepOf } from '../model/stops.ts';
import type { LessonView } from '../model/view.ts';

/** Longer rows are hard to read. */
const WIDEST = 90;

/** The key that stops sharing as things are: while something is typed, X is a letter. */
export function stopKey(view: LessonView): string {
  if (view.shell?.focus && view.mode.name === 'read') return 'Ctrl-] X';
  const typing = ['write', 'find', 'palette', 'handbook'].includes(view.mode.name);
  return typing || (view.mode.name === 'class' && view.mode.page === 'ask') ? 'Ctrl-X' : 'X';
}

function sharingSpans({ consent, connection }: ClassroomState, key: string, { words, theme }: Style): Line {
  if (connection.state === 'over') return EMPTY;
  const what = sharing(consent, words.class);
  const some = consent.progress || consent.outputs || consent.transcript;
  if (!some) return [span(what, theme.dim)];
  return pressable(
    [
      span(`${what}${words.class.status.comma}`, theme.dim),
      span(key, theme.key),
      span(` ${words.class.status.stops}`, theme.dim),
    ],
    'X',
  );
}

/** A row as wide as the screen: what is shared and how that is stopped stands there always, the rest as it fits. */
export function classRule(
  state: ClassroomState,
  here: Here | undefined,
  key: string,
  { columns, now }: { columns: number; now: number },
  style: Style,
): Line {
  const { glyphs, theme } = style;
  const dash = (count: number) => span(glyphs.rule.repeat(Math.max(0, count)), theme.border);
  const shared = clip(sharingSpans(state, key, style), columns - 4);
  const right: Line = shared.length > 0 ? [span(' '), ...shared, span(' '), dash(1)] : EMPTY;
  const room = columns - lineWidth(right) - 3;
  const left: Span[] = [];
  for (const piece of statusPieces(state, here, now, style)) {
    const next = left.length > 0 ? [...left, span(` ${glyphs.dot} `, theme.dim), ...piece] : piece;
    if (lineWidth(next) > room) continue;
    left.splice(0, left.length, ...next);
  }
  if (left.length === 0) return [dash(columns - lineWidth(right)), ...right];
  const line: Line = [dash(1), span(' '), ...pressable(left, 'C'), span(' ')];
  return [...line, dash(columns - lineWidth(line) - lineWidth(right)), ...right];
}

export interface ClassPlace {
  classroom: ClassroomState;
  view: LessonView;
  lesson: Here['lesson'];
  now: number;
}

/** What there is to say of an entry of the menu, as things stand. */
function detail(item: Item, { classroom, lesson }: ClassPlace, { words }: Style): string {
  const { where, course, messages, unread, poll, consent } = classroom;
  switch (item) {
    case 'go':
      if (!where) return '';
      // In the reader's own language, where it is known.
      return where.lesson === lesson.id
        ? (lesson.steps[where.step]?.title ?? lesson.title)
        : lessonTitle(course, where.lesson);
    case 'messages':
      return unread > 0 ? words.class.status.unread(unread) : `${messages.length || ''}`;
    case 'poll':
      return poll ? poll.question.replace(/\s+/g, ' ') : '';
    case 'share':
      return sharing(consent, words.class);
    default:
      return '';
  }
}

function label(item: Item, { classroom }: ClassPlace, { words }: Style): string {
  const { menu } = words.class;
  if (item === 'hand') return classroom.hand ? menu.lower : menu.raise;
  return menu[item];
}

function row(
  key: string,
  text: string,
  more: string,
  at: number,
  chosen: boolean,
  columns: number,
  style: Style,
): Line {
  const { theme, glyphs } = style;
  const line: Line = [
    span(chosen ? `${glyphs.current} ` : '  ', theme.current),
    span(`${key}  `, theme.key),
    span(text, chosen ? theme.selected : theme.text),
    span(more === '' ? '' : `  ${more}`, theme.dim),
  ];
  return pressable(clip(line, columns), `class:${at}`);
}

function menuLines(mode: ClassMode, place: ClassPlace, columns: number, style: Style): Line[] {
  const { classroom } = place;
  const { theme, words, glyphs } = style;
  const who = [words.class.menu.title(classroom.name)];
  if (classroom.connection.state === 'connected') who.push(words.class.menu.present(classroom.present));
  return [
    clip([span(`  ${classroom.title}`, theme.subheading)], columns),
    clip([span(`  ${who.join(` ${glyphs.dot} `)}`, theme.dim)], columns),
    EMPTY,
    ...ITEMS.map(([key, item], at) =>
      row(
        key,
        label(item, place, style),
        detail(item, place, style),
        at,
        at === mode.selected,
        columns,
        style,
      ),
    ),
  ];
}

function askLines(mode: ClassMode, { view, lesson }: ClassPlace, columns: number, style: Style): Line[] {
  const { theme, words } = style;
  const step = lesson.steps[stepOf(lesson, view.current ?? 0)]?.title ?? lesson.title;
  const room = Math.max(10, columns - 6);
  const typed = wrapText(mode.text === '' ? ' ' : mode.text, room, theme.text);
  const last = typed.at(-1) ?? EMPTY;
  // What is typed ends with the cursor, also where a blank at its end is not drawn.
  const blank = /\s$/.test(mode.text) ? ' ' : '';
  return [
    [span(`  ${words.class.ask.prompt}`, theme.subheading)],
    EMPTY,
    ...typed.slice(0, -1).map((line): Line => [span('    '), ...line]),
    [span('    '), ...(mode.text === '' ? [] : last), span(blank), span(' ', '7')],
    EMPTY,
    ...wrapText(words.class.ask.about(step), columns - 4, theme.dim, {
      first: [span('  ')],
      rest: [span('  ')],
    }),
  ];
}

function shareLines(mode: ClassMode, { classroom }: ClassPlace, columns: number, style: Style): Line[] {
  const { theme, words, glyphs } = style;
  const { share } = words.class;
  const room = Math.max(10, columns - 4);
  return [
    [span(`  ${share.title}`, theme.subheading)],
    EMPTY,
    ...SHARED.flatMap((which, at): Line[] => {
      const on = classroom.consent[which];
      const chosen = at === mode.selected;
      const mark = on ? `${glyphs.chosen} ${share.on}` : `${glyphs.unchosen} ${share.off}`;
      return wrapText(share[which], room - 12, chosen ? theme.selected : theme.text, {
        first: [
          span(chosen ? `${glyphs.current} ` : '  ', theme.current),
          span(`${at + 1}  `, theme.key),
          span(`${mark.padEnd(5)}  `, on ? theme.pass : theme.dim),
        ],
        rest: [span(' '.repeat(5))],
      }).map((line) => pressable(line, `class:${at}`));
    }),
    EMPTY,
    ...wrapText(share.how, room, theme.dim, { first: [span('  ')], rest: [span('  ')] }),
  ];
}

const indented = (lines: readonly Line[]): Line[] => lines.map((line) => [span('  '), ...line]);

const heading = (text: string, { theme }: Style): Line[] => [[span(`  ${text}`, theme.subheading)], EMPTY];

/** What was said in the class: all rows of it, more than the screen may have. */
export function messagePage(classroom: ClassroomState, now: number, columns: number, style: Style): Line[] {
  const wide = Math.min(WIDEST, columns);
  return [
    EMPTY,
    ...heading(style.words.class.messages.title, style),
    ...indented(messageLines(classroom, now, wide - 4, style)),
  ].map((line) => clip(line, columns));
}

/** A page of the class, but for its messages. */
export function classLines(
  mode: ClassMode,
  place: ClassPlace,
  { columns, rows }: { columns: number; rows: number },
  style: Style,
): Line[] {
  const wide = Math.min(WIDEST, columns);
  const { words } = style;
  const page = (): Line[] => {
    switch (mode.page) {
      case 'menu':
        return menuLines(mode, place, wide, style);
      case 'react':
        return [
          ...heading(words.class.menu.react, style),
          ...REACTIONS.map((one, at) =>
            row(`${at + 1}`, words.class.reactions[one], '', at, at === mode.selected, wide, style),
          ),
        ];
      case 'ask':
        return askLines(mode, place, wide, style);
      case 'share':
        return shareLines(mode, place, wide, style);
      case 'poll':
        return [
          ...heading(words.class.poll.title, style),
          ...pollLines(place.classroom, wide - 4, style, mode.selected),
        ];
      case 'messages':
        return [];
    }
  };
  return [EMPTY, ...page().slice(0, Math.max(1, rows - 1))].map((line) => clip(line, columns));
}

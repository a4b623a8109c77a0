/** What came from the instructor, to read again; and the poll. Lines for the screen and for the plain mode alike. Pure. */
import type { Style } from '../../page/layout/style.ts';
import { renderMarkdown } from '../../page/markdown/render.ts';
import { EMPTY, type Line, span } from '../../page/text/line.ts';
import { wrapText } from '../../page/text/wrap.ts';
import { ago } from '../../page/words/time.ts';
import type { ClassMessage, ClassroomState } from '../classroom.ts';
import { cellOf, lessonOf } from '../view/places.ts';

function heading(message: ClassMessage, state: ClassroomState, now: number, style: Style): Line {
  const { words, theme, glyphs } = style;
  const { messages } = words.class;
  const pieces = [messages[message.kind], ago(message.at, now, words)];
  if (message.kind === 'hint' && message.lesson !== undefined && message.cell !== undefined) {
    const title = lessonOf(state.course, message.lesson)?.title ?? message.lesson;
    const number = cellOf(state.course, message.lesson, message.cell)?.number;
    pieces.push(number === undefined ? title : `${title} [${number}]`);
  }
  return [span(pieces.join(` ${glyphs.dot} `), theme.subheading)];
}

/** The newest first. */
export function messageLines(state: ClassroomState, now: number, columns: number, style: Style): Line[] {
  const { words, theme } = style;
  const { messages } = words.class;
  if (state.messages.length === 0) return [[span(messages.none, theme.dim)]];
  return state.messages
    .toReversed()
    .flatMap((message): Line[] => [
      heading(message, state, now, style),
      ...(message.kind === 'answer' && message.question !== ''
        ? wrapText(messages.asked(message.question), columns, theme.dim)
        : []),
      ...(message.text === ''
        ? wrapText(messages.answered, columns, theme.text)
        : renderMarkdown(message.text, columns, style)),
      EMPTY,
    ]);
}

/** How often a choice was taken, as a bar and a number. */
function result(votes: number, all: number, columns: number, style: Style): Line {
  const { glyphs, theme, words } = style;
  const full = all > 0 ? Math.round((votes / all) * columns) : 0;
  return [
    span('   '),
    span(glyphs.full.repeat(full), theme.bar),
    span(glyphs.empty.repeat(columns - full), theme.dim),
    span(` ${words.class.poll.votes(votes)}`),
  ];
}

/** Columns of a result's bar. */
const BAR = 20;

/** @param pointed which choice Enter would take; absent where there is no such key */
export function pollLines({ poll }: ClassroomState, columns: number, style: Style, pointed?: number): Line[] {
  const { words, theme, glyphs } = style;
  if (!poll) return [[span(words.class.poll.none, theme.dim)]];
  const pad = pointed === undefined ? '' : '  ';
  const all = poll.votes?.reduce((sum, one) => sum + one, 0) ?? 0;
  return [
    ...renderMarkdown(poll.question, columns, style).map((line): Line => [span(pad), ...line]),
    EMPTY,
    ...poll.choices.flatMap((choice, at): Line[] => {
      const chosen = poll.chosen === at;
      return [
        ...wrapText(
          chosen ? `${choice}  ${glyphs.pass} ${words.class.poll.chosen}` : choice,
          columns,
          chosen ? theme.selected : theme.text,
          {
            first: [
              span(at === pointed && poll.open ? `${glyphs.current} ` : pad, theme.current),
              span(`${at + 1}. `, theme.key),
            ],
            rest: [span(`${pad}   `)],
          },
        ),
        ...(poll.votes
          ? [[span(pad), ...result(poll.votes[at] ?? 0, all, Math.min(BAR, columns - 16), style)]]
          : []),
      ];
    }),
    EMPTY,
    [
      span(pad),
      span(poll.open ? words.class.poll.press(poll.choices.length) : words.class.poll.closed, theme.dim),
    ],
  ];
}

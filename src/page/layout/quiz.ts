/**
 * A question with its choices; its frame says how it was answered, as a cell's does. A wrong answer says why it is wrong,
 * and may be thought over; the right one closes it, and so does who asks for it.
 */
import type { Quiz } from '../../lesson/model.ts';
import { renderInline, renderMarkdown } from '../markdown/render.ts';
import { EMPTY, type Line, pressable, type Span, span } from '../text/line.ts';
import { wrapText } from '../text/wrap.ts';
import { bottomEdge, boxed, FRAME, topEdge } from './box.ts';
import type { Style } from './style.ts';

/** What is known of a choice: nothing before an answer, and after a wrong one only that it was wrong. */
function markOf(right: boolean, chosen: boolean, open: boolean, style: Style): Span | undefined {
  const { theme, glyphs } = style;
  if (right && open) return span(`${glyphs.pass} `, theme.pass);
  return chosen ? span(`${glyphs.fail} `, theme.fail) : undefined;
}

interface Known {
  answer: number | undefined;
  /** The right choices may be seen. */
  open: boolean;
}

function choiceLines(quiz: Quiz, at: number, { answer, open }: Known, room: number, style: Style): Line[] {
  const { theme } = style;
  const choice = quiz.choices[at]!;
  const mark = markOf(choice.right, answer === at, open, style);
  const marked = answer !== undefined || open;
  const head = [span(`${at + 1}. `, theme.key), mark ?? span(marked ? '  ' : '')];
  const pad = span(marked ? '     ' : '   ');
  const body = renderMarkdown(choice.text, Math.max(1, room - pad.text.length), style);
  const lines: Line[] = body.map((line, row) => [...(row === 0 ? head : [pad]), ...line]);
  if (choice.because && mark)
    lines.push(...renderInline(choice.because, room, { first: [pad], rest: [pad], style: theme.dim }, style));
  return lines.map((line) => pressable(line, String(at + 1)));
}

function saidOf(
  { answer, open }: Known,
  solved: boolean,
  press: Span,
  { theme, words, glyphs }: Style,
): Line {
  if (solved) return [span(`${glyphs.pass} ${words.quiz.right}`, theme.pass)];
  if (open) return [span(words.quiz.shown, theme.dim)];
  if (answer === undefined) return [press];
  return [span(`${glyphs.fail} ${words.quiz.wrong}`, theme.fail), span(` ${glyphs.dot} `, theme.dim), press];
}

/** @param shown the answer was asked for */
export function quizLines(
  quiz: Quiz,
  answer: number | undefined,
  width: number,
  border: string,
  style: Style,
  shown = false,
): Line[] {
  const { theme, words } = style;
  const room = Math.max(1, width - FRAME);
  const solved = answer !== undefined && quiz.choices[answer]!.right;
  const known = { answer, open: solved || shown };
  const press = span(words.quiz.press(quiz.choices.length), theme.dim);
  // Who does not find it sees how to go on.
  const ways =
    answer === undefined || known.open ? [] : [EMPTY, ...wrapText(words.quiz.ways, room, theme.dim)];
  return [
    topEdge(
      width,
      style,
      border,
      [span(words.quiz.title, theme.notice)],
      saidOf(known, solved, press, style),
    ),
    ...[
      ...renderMarkdown(quiz.question, room, style),
      EMPTY,
      ...quiz.choices.flatMap((_, at) => choiceLines(quiz, at, known, room, style)),
      ...ways.map((line) => pressable(line, 's')),
    ].map((line) => boxed(line, width, style, border)),
    bottomEdge(width, style, border),
  ];
}

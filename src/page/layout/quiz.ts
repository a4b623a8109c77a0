/** A question with its choices; its frame says how it was answered, as a cell's does. A wrong answer says why it is wrong, and may be thought over; the right one closes it. */
import type { Quiz } from '../../lesson/model.ts';
import { renderInline, renderMarkdown } from '../markdown/render.ts';
import { EMPTY, type Line, pressable, type Span, span } from '../text/line.ts';
import { bottomEdge, boxed, FRAME, topEdge } from './box.ts';
import type { Style } from './style.ts';

/** What is known of a choice: nothing before an answer, and after a wrong one only that it was wrong. */
function markOf(right: boolean, chosen: boolean, solved: boolean, style: Style): Span | undefined {
  const { theme, glyphs } = style;
  if (right && solved) return span(`${glyphs.pass} `, theme.pass);
  return chosen ? span(`${glyphs.fail} `, theme.fail) : undefined;
}

function choiceLines(quiz: Quiz, at: number, answer: number | undefined, room: number, style: Style): Line[] {
  const { theme } = style;
  const choice = quiz.choices[at]!;
  const chosen = answer === at;
  const mark = markOf(choice.right, chosen, answer !== undefined && quiz.choices[answer]!.right, style);
  const head = [span(`${at + 1}. `, theme.key), mark ?? span(answer === undefined ? '' : '  ')];
  const pad = span(answer === undefined ? '   ' : '     ');
  const body = renderMarkdown(choice.text, Math.max(1, room - pad.text.length), style);
  const lines: Line[] = body.map((line, row) => [...(row === 0 ? head : [pad]), ...line]);
  if (choice.because && mark)
    lines.push(...renderInline(choice.because, room, { first: [pad], rest: [pad], style: theme.dim }, style));
  return lines.map((line) => pressable(line, String(at + 1)));
}

export function quizLines(
  quiz: Quiz,
  answer: number | undefined,
  width: number,
  border: string,
  style: Style,
): Line[] {
  const { theme, words, glyphs } = style;
  const room = Math.max(1, width - FRAME);
  const solved = answer !== undefined && quiz.choices[answer]!.right;
  const press = span(words.quiz.press(quiz.choices.length), theme.dim);
  const said: Line = solved
    ? [span(`${glyphs.pass} ${words.quiz.right}`, theme.pass)]
    : [span(`${glyphs.fail} ${words.quiz.wrong}`, theme.fail), span(` ${glyphs.dot} `, theme.dim), press];
  return [
    topEdge(
      width,
      style,
      border,
      [span(words.quiz.title, theme.notice)],
      answer === undefined ? [press] : said,
    ),
    ...[
      ...renderMarkdown(quiz.question, room, style),
      EMPTY,
      ...quiz.choices.flatMap((_, at) => choiceLines(quiz, at, answer, room, style)),
    ].map((line) => boxed(line, width, style, border)),
    bottomEdge(width, style, border),
  ];
}

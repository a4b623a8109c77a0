/** The speaker notes of the step that is presented, and which step comes next: for the presenter, when they ask. */
import type { Lesson } from '../../lesson/model.ts';
import type { Style } from '../../page/layout/style.ts';
import { renderMarkdown } from '../../page/markdown/render.ts';
import { EMPTY, type Line, span } from '../../page/text/line.ts';
import { boardWords } from '../../page/words/board/choose.ts';

const WIDEST = 90;

/** All rows of it; which of them are in sight is the window's to say. */
export function noteLines(lesson: Lesson, step: number, columns: number, style: Style): Line[] {
  const { theme, words } = style;
  const { presenter } = boardWords(words.name);
  const wide = Math.max(10, Math.min(WIDEST, columns - 4));
  const own = lesson.notes.filter((note) => note.step === step);
  const indented = (lines: readonly Line[]): Line[] => lines.map((line) => [span('  '), ...line]);
  const next = lesson.steps[step + 1];
  return [
    EMPTY,
    [span(`  ${lesson.steps[step]?.title ?? lesson.title}`, theme.heading)],
    EMPTY,
    ...(own.length > 0
      ? own.flatMap(({ markdown }) => [...indented(renderMarkdown(markdown, wide, style)), EMPTY])
      : [[span(`  ${presenter.noNotes}`, theme.dim)], EMPTY]),
    [span(`  ${presenter.next}: `, theme.dim), span(next?.title ?? presenter.last, theme.strong)],
  ];
}

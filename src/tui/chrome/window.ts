/** The window onto the lesson's page. */

import type { Lesson } from '../../lesson/model.ts';
import { type Mark, markLine } from '../../page/find/mark.ts';
import { findOnPage, sameMatch } from '../../page/find/matches.ts';
import type { LaidOut } from '../../page/layout/lesson.ts';
import { visible } from '../../page/layout/page.ts';
import type { Style } from '../../page/layout/style.ts';
import { clip, EMPTY, type Line, span } from '../../page/text/line.ts';
import type { SessionState } from '../../session/state.ts';
import { isClosed } from '../model/primary.ts';
import { cellAt, quizAt } from '../model/stops.ts';
import type { LessonView } from '../model/view.ts';

/** A page, and how the reader looks at it. */
interface Looked {
  laid: LaidOut;
  view: LessonView;
  lesson: Lesson;
  state: SessionState;
}

/** The marks of a search by row of the page; those of the window only. */
function marksIn({ laid, view }: Looked, top: number, rows: number): Map<number, Mark[]> {
  const marks = new Map<number, Mark[]>();
  if (!view.find) return marks;
  for (const match of findOnPage(laid.page, view.find.text)) {
    const current = sameMatch(match, view.find.at);
    for (const { row, from, to } of match.pieces) {
      const at = match.at - match.row + row;
      if (at < top || at >= top + rows) continue;
      marks.set(at, [...(marks.get(at) ?? []), { from, to, current }]);
    }
  }
  return marks;
}

/**
 * What asks its reader to predict, to find or to choose has its answer right below. Until it is done that is grey: it can be
 * read, and does not catch the eye.
 */
function veiledAfter({ view, lesson, state }: Looked): number | undefined {
  if (view.find) return undefined;
  const quiz = quizAt(lesson, view.current);
  const status = state.cells[cellAt(lesson, view.current)?.id ?? '']?.status;
  const done = quiz ? isClosed(state, quiz.id) : status === 'passed' || status === 'skipped';
  return done ? undefined : view.current;
}

/** The rows of the window, each with the bar of the current block or without. */
export function windowLines(
  screen: Looked,
  top: number,
  rows: number,
  columns: number,
  style: Style,
): Line[] {
  const { glyphs, theme } = style;
  const bar = span(`${glyphs.current} `, theme.current);
  const marks = marksIn(screen, top, rows);
  const veiled = veiledAfter(screen) ?? Infinity;
  const grey = (line: Line) => (theme.dim === '' ? line : line.map((one) => ({ ...one, style: theme.dim })));
  const lines: Line[] = visible(screen.laid.page, top, rows).map(({ line, block, name }, at) => {
    const found = marks.get(top + at) ?? [];
    const edge = block === screen.view.current && name !== 'gap' ? bar : span('  ');
    // The match that the reader is at is pointed at too, for those who do not see inverse from inverse.
    const pointed = found.some((mark) => mark.current);
    return [
      ...(pointed ? [span(edge.text.slice(0, 1), edge.style), span('»', theme.notice)] : [edge]),
      ...markLine(block > veiled ? grey(line) : line, found),
    ];
  });
  while (lines.length < rows) lines.push(EMPTY);
  return lines.map((line) => clip(line, columns));
}

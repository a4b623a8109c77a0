/** A lesson as its screen begins: its page where the learner was last, and its outline where there is room. */
import { createLayout, type LaidOut, type Stretch } from '../../page/layout/lesson.ts';
import type { Style } from '../../page/layout/style.ts';
import type { Beginning } from '../../page/library.ts';
import { fit, type Line, span } from '../../page/text/line.ts';
import { lessonFooter } from '../chrome/footer.ts';
import { lessonHeader, rule } from '../chrome/header.ts';
import { outlineLines } from '../chrome/outline.ts';
import { windowLines } from '../chrome/window.ts';
import { frameOf, GUTTER } from '../model/frame.ts';
import { openView } from '../model/open-view.ts';
import { topRow } from '../model/scroll.ts';
import type { LessonView } from '../model/view.ts';
import type { Size } from './paint.ts';

/** Between the page and the outline. */
const APART = span('   ');

/** As much of the page as is seen, and more where that is not enough to know what is seen. */
function layAround(view: LessonView, rows: number, lay: (stretch?: Stretch) => LaidOut): LaidOut {
  // What comes after the cell that is followed says where that stands.
  const last = view.follow ? (view.current ?? -1) : -1;
  const wanted = view.follow ? 2 * rows : rows;
  const laid = lay({
    from: view.anchor.block,
    enough: (height, block) => block > last && height > wanted,
  });
  return topRow(view, laid, rows) + rows < laid.page.height ? laid : lay();
}

export function firstOfLesson({ lesson, state }: Beginning, size: Size, now: number, style: Style): Line[] {
  const { columns } = size;
  const frame = frameOf(columns, size.rows);
  const view = openView(lesson, state.block);
  const laid = layAround(view, frame.rows, (stretch) =>
    createLayout(style)(lesson, state, view, frame.page, now, stretch),
  );
  const page = windowLines(
    { laid, view, lesson, state },
    topRow(view, laid, frame.rows),
    frame.rows,
    frame.page + GUTTER,
    style,
  );
  const outline =
    frame.panel > 0 ? outlineLines(lesson, state, view.current, now, frame.panel - 2, style) : [];
  const beside = (line: Line, at: number): Line =>
    outline[at] ? [...fit(line, frame.page + GUTTER), APART, ...outline[at]] : line;
  return [
    lessonHeader(lesson, state, view.current, columns, now, style),
    rule(columns, style),
    ...page.map(beside),
    lessonFooter(view, { lesson, state, laid, rows: frame.rows, words: style.words }, columns, style),
  ];
}

/** The course: which lessons there are and how far the learner has come. */
import type { Style } from '../../page/layout/style.ts';
import { EMPTY } from '../../page/text/line.ts';
import { courseHeader, courseLines, filterLine } from '../chrome/course.ts';
import { keyLine } from '../chrome/footer.ts';
import { rule } from '../chrome/header.ts';
import { helpLines } from '../chrome/help.ts';
import type { AppState } from '../model/app.ts';
import { type CourseView, shownItems } from '../model/course.ts';
import { Frame } from './Frame.tsx';
import { Lines } from './Lines.tsx';

export function CourseScreen({
  app,
  view,
  title,
  style,
}: {
  app: AppState;
  view: CourseView;
  title: string;
  style: Style;
}) {
  const { columns, rows, now } = app;
  const { keys } = style.words;
  const { filter } = view;
  const reading = keyLine(
    [
      ['Enter', keys.open],
      ['↑↓', keys.move],
      ['/', style.words.find.key],
      ['q', keys.quit],
      ['?', keys.help],
    ],
    columns,
    style,
  );
  const footer = filter ? filterLine(filter, shownItems(view).length, columns, style) : reading;
  const body = view.help
    ? helpLines(columns - 2, style).slice(0, rows - 3)
    : [EMPTY, ...courseLines(shownItems(view), view.selected, columns, rows - 4, now, style, view.items)];
  return (
    <Frame
      columns={columns}
      rows={rows}
      header={courseHeader(title, view.items.length, columns, style)}
      rule={rule(columns, style)}
      footer={footer}
    >
      <Lines lines={body} />
    </Frame>
  );
}

/** The rows of the course's screen: which lessons there are and how far the learner has come. */
import type { Style } from '../../page/layout/style.ts';
import { clip, EMPTY, type Line, span } from '../../page/text/line.ts';
import type { AppState } from '../model/app.ts';
import { type CourseView, shownItems } from '../model/course.ts';
import { classRule } from './class.ts';
import { courseHeader, courseLines, filterLine } from './course.ts';
import { rule } from './header.ts';
import { helpLines } from './help.ts';
import { keyLine } from './key-line.ts';

/** What every screen is made of, from the top. */
export interface Rows {
  header: Line;
  rule: Line;
  body: readonly Line[];
  footer: Line;
}

type Seen = Pick<AppState, 'columns' | 'rows' | 'classroom'>;

const keysOf = ({ columns, classroom }: Seen, style: Style): Line[] =>
  helpLines(columns - 2, style, classroom !== undefined);

/** Rows between the rule and the keys at the bottom. */
const bodyOf = ({ rows }: Seen) => rows - 3;

/** How far down the help may be scrolled. */
export const lastHelpTop = (seen: Seen, style: Style): number =>
  Math.max(0, keysOf(seen, style).length - bodyOf(seen));

export function courseRows(
  app: Pick<AppState, 'columns' | 'rows' | 'now' | 'classroom' | 'classNews'>,
  view: CourseView,
  title: string,
  style: Style,
): Rows {
  const { columns, rows, now, classroom, classNews } = app;
  const { keys } = style.words;
  const { filter, help } = view;
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
  return {
    header: courseHeader(title, view.items, columns, style),
    rule: classroom ? classRule(classroom, undefined, 'X', { columns, now }, style) : rule(columns, style),
    body:
      help !== undefined
        ? keysOf(app, style).slice(help, help + bodyOf(app))
        : [EMPTY, ...courseLines(shownItems(view), view.selected, columns, rows - 4, now, style, view.items)],
    footer:
      help !== undefined
        ? keyLine(
            [
              ['↑↓', keys.scroll],
              ['Esc', keys.close],
            ],
            columns,
            style,
          )
        : filter
          ? filterLine(filter, shownItems(view).length, columns, style)
          : classNews === undefined
            ? reading
            : clip([span(` ${classNews}`, style.theme.notice)], columns),
  };
}

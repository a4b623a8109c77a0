/** What Enter does as things stand: the keys and the footer ask the same function. Pure. */
import type { Context } from './context.ts';
import { inWindow, topRow } from './scroll.ts';
import { cellAt, lessonAfter, quizAt } from './stops.ts';
import type { LessonView } from './view.ts';

/** What Enter does to a cell as it stands; the footer says the same. */
export type Primary = 'run' | 'write' | 'go-on' | 'show' | 'stop' | 'answer' | 'next-lesson';

/** The lesson after this one, once this one is finished and the course is known. */
export const nextLesson = ({ lesson, lessons = [], state }: Context) =>
  state.finished ? lessonAfter(lesson, lessons) : undefined;

/** A question that was answered, or whose answer is seen. */
export const isClosed = ({ quizzes, quizzesShown = [] }: Context['state'], quiz: string): boolean =>
  quizzes[quiz]?.right === true || quizzesShown.includes(quiz);

/** The reader has come to the end of the page. */
const atEnd = (view: LessonView, { laid, rows }: Context) =>
  topRow(view, laid, rows) + rows >= laid.page.height;

export function primary(view: LessonView, context: Context): Primary {
  const { laid, rows, lesson, state } = context;
  const top = topRow(view, laid, rows);
  if (atEnd(view, context) && nextLesson(context)) return 'next-lesson';
  if (view.current === undefined || !inWindow(laid.page, view.current, top, rows)) return 'show';
  const quiz = quizAt(lesson, view.current);
  if (quiz) return isClosed(state, quiz.id) ? 'go-on' : 'answer';
  const cell = cellAt(lesson, view.current);
  const cellState = cell && state.cells[cell.id];
  if (!cell || !cellState) return 'show';
  if (cellState.status === 'running' || cellState.status === 'checking') return 'stop';
  if (cellState.status === 'passed' || cellState.status === 'skipped') return 'go-on';
  return cell.role === 'task' ? 'write' : 'run';
}

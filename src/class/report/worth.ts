/** What the cells of a course count in a report. Pure. */
import type { CellOutline, CourseOutline, LessonOutline } from '../../board/outline.ts';

export interface Worth {
  lesson: string;
  step: number;
  cell: CellOutline;
  /** There is something to get right. */
  counts: boolean;
  possible: number;
}

/** As grading has it: where an author has given no points at all, each task that has checks is worth one. */
export function worthOf(course: CourseOutline): Worth[] {
  return course.lessons.flatMap((lesson) => {
    const isUnscored = cellsOf(lesson).every(({ points }) => points === 0);
    return lesson.steps.flatMap(({ cells }, step) =>
      cells.map((cell) => ({
        lesson: lesson.id,
        step,
        cell,
        counts: cell.checks > 0,
        possible: isUnscored ? (cell.role === 'task' && cell.checks > 0 ? 1 : 0) : cell.points,
      })),
    );
  });
}

export const isUnscored = (lesson: LessonOutline): boolean =>
  cellsOf(lesson).every(({ points }) => points === 0);

const cellsOf = ({ steps }: LessonOutline): CellOutline[] => steps.flatMap(({ cells }) => [...cells]);

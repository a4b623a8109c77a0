/** Places of the course, one after the other: where the presenter goes on to, where the gate may stand. */
import { lessonNumbers } from '../../page/lesson-numbers.ts';
import type { CellOutline, CourseOutline, CoursePlace, LessonOutline } from '../outline.ts';

export const lessonOf = (course: CourseOutline, id: string | undefined): LessonOutline | undefined =>
  course.lessons.find((lesson) => lesson.id === id);

export function titleOf(course: CourseOutline, place: CoursePlace): string {
  return lessonOf(course, place.lesson)?.steps[place.step]?.title ?? place.lesson;
}

export function cellOf(course: CourseOutline, lesson: string, cell: string): CellOutline | undefined {
  return lessonOf(course, lesson)
    ?.steps.flatMap(({ cells }) => cells)
    .find(({ id }) => id === cell);
}

export function stepOfCell(course: CourseOutline, lesson: string, cell: string): number | undefined {
  const at = lessonOf(course, lesson)?.steps.findIndex(({ cells }) => cells.some(({ id }) => id === cell));
  return at === undefined || at < 0 ? undefined : at;
}

/** A step as it is called in a list of all the course's: after its lesson, by the number that the lessons go by. */
export function placeLabel(course: CourseOutline, place: CoursePlace): string {
  if (course.lessons.length === 1) return titleOf(course, place);
  const at = course.lessons.findIndex(({ id }) => id === place.lesson);
  return `${lessonNumbers(course.lessons)[at] ?? '?'} · ${titleOf(course, place)}`;
}

/** All of the course, in its order. */
export const placesOf = ({ lessons }: CourseOutline): CoursePlace[] =>
  lessons.flatMap(({ id, steps }) => steps.map((_, step) => ({ lesson: id, step })));

/** Where a class begins that is nowhere yet: with the lesson that the board shows, else with the first. */
export function firstPlace(
  course: CourseOutline,
  lesson: LessonOutline | undefined,
): CoursePlace | undefined {
  const first = lesson ?? course.lessons[0];
  return first && { lesson: first.id, step: 0 };
}

/** So many steps on or back; stays at the ends. Where the class is nowhere yet, it begins at the first. */
export function placeBeside(
  course: CourseOutline,
  place: CoursePlace | undefined,
  by: 1 | -1,
): CoursePlace | undefined {
  const all = placesOf(course);
  const at = all.findIndex((one) => one.lesson === place?.lesson && one.step === place.step);
  if (at < 0) return all[0];
  return all[at + by];
}

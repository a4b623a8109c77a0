/** How far a class is open, held against the lesson that a learner has before them. Pure. */
import type { Lesson } from '../../lesson/model.ts';
import type { Action } from '../../session/session.ts';
import type { ClassroomState } from '../classroom.ts';
import { type CoursePlace, comparePlaces } from '../outline.ts';
import { titleOf } from '../view/places.ts';

/** Index of the last step that is open; -1 when none is; undefined when all are. */
export function openTo(
  { pace, course, connection }: Pick<ClassroomState, 'pace' | 'course' | 'connection'>,
  lesson: Pick<Lesson, 'id'>,
): number | undefined {
  // Who is not in the class any more goes on by themselves.
  if (connection.state === 'over') return undefined;
  // A lesson that the class does not have is the learner's own affair.
  if (pace.mode !== 'gated' || !course.lessons.some(({ id }) => id === lesson.id)) return undefined;
  const { upTo } = pace;
  if (upTo.lesson === lesson.id) return upTo.step;
  return comparePlaces(course, { lesson: lesson.id, step: 0 }, upTo) < 0 ? undefined : -1;
}

/** What runs something; to read, to write and to go somewhere is open always. */
function stepOf(action: Action, lesson: Lesson): number | undefined {
  switch (action.do) {
    case 'run-cell':
    case 'check-cell':
    case 'run-to':
    case 'jump':
    case 'show-solution':
    case 'skip-cell':
      return lesson.cells.find(({ id }) => id === action.cell)?.step;
    case 'restore':
      return action.step;
    default:
      return undefined;
  }
}

/** Whether an action reaches beyond what is open. */
export function isBeyond(action: Action, state: ClassroomState, lesson: Lesson): boolean {
  const last = openTo(state, lesson);
  const step = stepOf(action, lesson);
  return last !== undefined && step !== undefined && step > last;
}

/** Steps are counted from the first heading on; 0: what stands before it. */
export function stepNumber({ lesson, step }: CoursePlace, course: ClassroomState['course']): number {
  const found = course.lessons.find(({ id }) => id === lesson);
  const introduced = found && found.steps.length > 1 && found.steps[0]!.title === found.title;
  return introduced ? step : step + 1;
}

export function isSamePlace(a: CoursePlace | undefined, b: CoursePlace | undefined): boolean {
  return a?.lesson === b?.lesson && a?.step === b?.step;
}

/** A step by its title, a lesson by its own. */
export const placeTitle = (course: ClassroomState['course'], place: CoursePlace): string =>
  titleOf(course, place);

export const lessonTitle = ({ lessons }: ClassroomState['course'], id: string): string =>
  lessons.find((lesson) => lesson.id === id)?.title ?? id;

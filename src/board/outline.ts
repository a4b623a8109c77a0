/** A course as a class sees it: what the board draws its columns of, and where the pace may stand. Plain JSON. */
import type { Lesson } from '../lesson/model.ts';
import { worthOf } from '../lesson/worth.ts';

export interface CellOutline {
  id: string;
  number: number;
  role: 'run' | 'task';
  /** How many checks stand under it; 0 when it only shows something. */
  checks: number;
  points: number;
}

export interface StepOutline {
  title: string;
  cells: readonly CellOutline[];
}

export interface LessonOutline {
  id: string;
  title: string;
  /** SHA-256 of the lesson's file: who joins with another text is told. */
  hash: string;
  steps: readonly StepOutline[];
  quizzes: readonly { id: string; question: string; choices: readonly string[] }[];
}

export interface CourseOutline {
  title: string;
  lessons: readonly LessonOutline[];
}

/** A place in the course: a lesson, and a step of it (index into its `steps`). */
export interface CoursePlace {
  lesson: string;
  step: number;
}

export function outlineOf(lesson: Lesson): LessonOutline {
  return {
    id: lesson.id,
    title: lesson.title,
    hash: lesson.hash,
    steps: lesson.steps.map(({ title }, step) => ({
      title,
      cells: lesson.cells
        .filter((cell) => cell.step === step)
        .map((cell) => {
          const { id, number, role, expects } = cell;
          // What stands in the lesson's key is not looked at by the learners' machines: they are not given it.
          const seen = expects.filter(({ hidden }) => !hidden);
          return {
            id,
            number,
            role,
            checks: seen.length,
            points: worthOf(cell),
          };
        }),
    })),
    quizzes: lesson.blocks.flatMap((block) =>
      block.kind === 'quiz'
        ? [
            {
              id: block.quiz.id,
              question: block.quiz.question,
              choices: block.quiz.choices.map(({ text }) => text),
            },
          ]
        : [],
    ),
  };
}

/** Before (negative), at (0) or after (positive) another place; by the order of the course. A lesson that is not in it is last. */
export function comparePlaces(course: CourseOutline, a: CoursePlace, b: CoursePlace): number {
  const order = ({ lesson }: CoursePlace) => {
    const at = course.lessons.findIndex(({ id }) => id === lesson);
    return at < 0 ? Number.POSITIVE_INFINITY : at;
  };
  return a.lesson === b.lesson ? a.step - b.step : order(a) - order(b);
}

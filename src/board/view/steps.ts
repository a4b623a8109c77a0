/** Where learners are in one lesson: a mark for each step of each of them, and counts of the whole class. */
import type { LessonOutline, StepOutline } from '../outline.ts';
import type { CellMark, LearnerRow } from '../rows.ts';

/** `here`: they read it; `begun`: some of its cells are done. */
export type StepMark = 'none' | 'here' | 'begun' | 'running' | 'failed' | 'broken' | 'done';

/** A step with something to do in it: the others need no column. */
export interface StepColumn {
  /** Index into the lesson's steps, as places have it. */
  step: number;
  title: string;
  cells: StepOutline['cells'];
}

export function columnsOf(lesson: LessonOutline): StepColumn[] {
  return lesson.steps.flatMap(({ title, cells }, step) => (cells.length > 0 ? [{ step, title, cells }] : []));
}

const isDone = (mark: CellMark | undefined) => mark?.status === 'passed' || mark?.status === 'skipped';

export function stepMark(row: LearnerRow, lesson: string, { step, cells }: StepColumn): StepMark {
  let done = 0;
  let mark: StepMark = 'none';
  for (const { id } of cells) {
    const cell = row.cells[`${lesson}/${id}`];
    if (isDone(cell)) done++;
    else if (cell?.status === 'failed') mark = 'failed';
    else if (cell?.status === 'broken' && mark !== 'failed') mark = 'broken';
    else if (cell?.status === 'running' && mark === 'none') mark = 'running';
  }
  if (mark !== 'none') return mark;
  if (done === cells.length) return 'done';
  if (done > 0) return 'begun';
  return row.place?.lesson === lesson && row.place.step === step ? 'here' : 'none';
}

export interface StepCount extends StepColumn {
  done: number;
  failing: number;
  /** Begun, running or read now. */
  working: number;
  all: number;
}

/** Who has left counts no more; who only lost the connection does. */
export function stepCounts(rows: readonly LearnerRow[], lesson: LessonOutline): StepCount[] {
  const counted = rows.filter(({ status }) => status !== 'left');
  return columnsOf(lesson).map((column) => {
    const count = { ...column, done: 0, failing: 0, working: 0, all: counted.length };
    for (const row of counted) {
      const mark = stepMark(row, lesson.id, column);
      if (mark === 'done') count.done++;
      else if (mark === 'failed' || mark === 'broken') count.failing++;
      else if (mark !== 'none') count.working++;
    }
    return count;
  });
}

/** Cells of the lesson that are done, of all. */
export function progressOf(row: LearnerRow, lesson: LessonOutline): { done: number; all: number } {
  const cells = lesson.steps.flatMap((step) => step.cells);
  return {
    done: cells.filter(({ id }) => isDone(row.cells[`${lesson.id}/${id}`])).length,
    all: cells.length,
  };
}

/** The lesson that a board opens with: where the class is, else where most learners are, else the first. */
export function lessonInSight(
  lessons: readonly LessonOutline[],
  rows: readonly LearnerRow[],
  where: { lesson: string } | undefined,
): LessonOutline | undefined {
  const named = (id: string | undefined) => lessons.find((lesson) => lesson.id === id);
  if (named(where?.lesson)) return named(where?.lesson);
  const there = new Map<string, number>();
  for (const { place } of rows) if (place) there.set(place.lesson, (there.get(place.lesson) ?? 0) + 1);
  const [most] = [...there].sort((a, b) => b[1] - a[1]);
  return named(most?.[0]) ?? lessons[0];
}

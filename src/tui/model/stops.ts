/** The blocks that keys can act on: cells and quizzes. */
import type { Block, Cell, Lesson, Quiz } from '../../lesson/model.ts';
import type { SessionState } from '../../session/state.ts';
import type { Screen } from './app.ts';

const lists = new WeakMap<Lesson, readonly number[]>();

/** Their indexes into `Lesson.blocks`, in order. */
export function stopsOf(lesson: Lesson): readonly number[] {
  const known = lists.get(lesson);
  if (known) return known;
  const list = lesson.blocks.flatMap((block: Block, at) =>
    block.kind === 'cell' || block.kind === 'quiz' ? [at] : [],
  );
  lists.set(lesson, list);
  return list;
}

export function cellAt(lesson: Lesson, block: number | undefined): Cell | undefined {
  const found = block === undefined ? undefined : lesson.blocks[block];
  return found?.kind === 'cell' ? found.cell : undefined;
}

export function quizAt(lesson: Lesson, block: number | undefined): Quiz | undefined {
  const found = block === undefined ? undefined : lesson.blocks[block];
  return found?.kind === 'quiz' ? found.quiz : undefined;
}

/** The cell that runs or is being checked, if there is one. */
export function busyCell(lesson: Lesson, state: SessionState): Cell | undefined {
  return lesson.cells.find((cell) => {
    const status = state.cells[cell.id]?.status;
    return status === 'running' || status === 'checking';
  });
}

/** Index of the step that a block belongs to. */
export function stepOf(lesson: Lesson, block: number): number {
  return Math.max(
    0,
    lesson.steps.findIndex((step) => block >= step.from && block < step.to),
  );
}

/** What stands before the first heading is named after the lesson: it introduces the steps and is none itself. */
export function hasIntroduction(lesson: Lesson): boolean {
  return lesson.steps.length > 1 && lesson.steps[0]!.title === lesson.title;
}

/** The lesson of the course that comes after this one; undefined when there is none, or the course is not known. */
export function lessonAfter<Entry extends { id: string }>(
  { id }: Lesson,
  lessons: readonly Entry[],
): Entry | undefined {
  const at = lessons.findIndex((one) => one.id === id);
  return at < 0 ? undefined : lessons[at + 1];
}

/** What is asked of the sandbox waits: it is being made, or brought to where the learner was. */
export const isAway = ({ sandbox, catchingUp }: SessionState): boolean =>
  sandbox.state === 'creating' || catchingUp === true;

/** Time is only looked at while something counts. */
export const isCounting = (screen: Screen): boolean =>
  screen.name === 'opening' ||
  (screen.name === 'lesson' &&
    (isAway(screen.state) || busyCell(screen.session.lesson, screen.state) !== undefined));

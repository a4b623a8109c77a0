/** Where people gave up, and on what: the course step by step, and its checks. Pure. */
import type { CourseOutline, CoursePlace } from '../../board/outline.ts';
import { median } from '../../report/grades/figures.ts';
import type { CheckLine, LearnerLine, StepLine } from './model.ts';
import type { Walk } from './walk.ts';
import type { Worth } from './worth.ts';

export function stepLines(
  walks: readonly Walk[],
  learners: readonly LearnerLine[],
  worth: readonly Worth[],
  course: CourseOutline,
): StepLine[] {
  const furthest = walks.map((walk) => furthestOf(walk, worth));
  return course.lessons.flatMap((lesson) =>
    lesson.steps.map(({ title }, step): StepLine => {
      const its = worth.filter((one) => one.lesson === lesson.id && one.step === step);
      const counting = its.filter(({ counts }) => counts);
      const reached = walks.flatMap((walk, index) => {
        const last = furthest[index]!.get(lesson.id);
        return last !== undefined && last >= step ? [{ walk, last }] : [];
      });
      const worked = walks.flatMap(({ workedMs }) => workedMs.get(`${lesson.id}/${step}`) ?? []);
      const used = (of: (hints: number, solution: boolean) => boolean): number =>
        walks.filter(({ cells }) =>
          its.some(({ cell }) => {
            const said = cells.get(`${lesson.id}/${cell.id}`);
            return said !== undefined && of(said.hints, said.solution);
          }),
        ).length;
      return {
        lesson: lesson.id,
        step,
        title,
        reached: reached.length,
        done: reached.filter(({ walk, last }) =>
          counting.length > 0
            ? counting.every(({ cell }) => isDone(walk, lesson.id, cell.id))
            : last > step || walk.finished.has(lesson.id),
        ).length,
        stopped: learners.filter(
          (learner, index) =>
            isGone(walks[index]!) &&
            !learner.finished &&
            learner.place?.lesson === lesson.id &&
            learner.place.step === step,
        ).length,
        ...(worked.length === 0 ? {} : { medianMs: median(worked) }),
        hinted: used((hints) => hints > 0),
        solved: used((_, solution) => solution),
      };
    }),
  );
}

/** They went, or were lost, before the class was at its end. */
const isGone = ({ leftAt, removed, presence }: Walk): boolean =>
  leftAt !== undefined || removed || !presence.isOpen;

const isDone = ({ cells }: Walk, lesson: string, cell: string): boolean =>
  ['passed', 'skipped'].includes(cells.get(`${lesson}/${cell}`)?.status ?? '');

/**
 * The last step of each lesson in which they were, or had something to do with a cell: a look ahead counts, a look back
 * takes nothing away, and a lesson that was passed over was not reached.
 */
function furthestOf(walk: Walk, worth: readonly Worth[]): ReadonlyMap<string, number> {
  const places: CoursePlace[] = worth
    .filter(({ lesson, cell }) => walk.cells.has(`${lesson}/${cell.id}`))
    .map(({ lesson, step }) => ({ lesson, step }));
  if (walk.place !== undefined) places.push(walk.place);
  for (const key of walk.workedMs.keys()) {
    const at = key.lastIndexOf('/');
    places.push({ lesson: key.slice(0, at), step: Number(key.slice(at + 1)) });
  }
  const last = new Map<string, number>();
  for (const { lesson, step } of places) last.set(lesson, Math.max(step, last.get(lesson) ?? 0));
  return last;
}

/** Those that most learners met first. */
export function checkLines(walks: readonly Walk[]): CheckLine[] {
  const lines = new Map<string, Omit<CheckLine, 'because'> & { causes: Map<string, number> }>();
  for (const walk of walks)
    for (const [name, failure] of walk.failures) {
      const { lesson, cell, check, kind, title, fails, broken, because } = failure;
      const line = lines.get(name) ?? {
        lesson,
        cell,
        check,
        kind,
        title,
        learners: 0,
        failures: 0,
        open: 0,
        broken: 0,
        causes: new Map<string, number>(),
      };
      lines.set(name, line);
      if (fails > 0) line.learners += 1;
      if (broken > 0) line.broken += 1;
      line.failures += fails;
      const now = walk.cells.get(`${lesson}/${cell}`);
      const isOpen =
        now?.status === 'failed' && now.failing.some((one) => one.check === check && one.state === 'fail');
      if (isOpen) line.open += 1;
      for (const [text, count] of because) line.causes.set(text, (line.causes.get(text) ?? 0) + count);
    }
  return [...lines.values()]
    .sort((a, b) => b.learners - a.learners || b.failures - a.failures || b.broken - a.broken)
    .map(({ causes, ...line }) => ({
      ...line,
      because: [...causes]
        .sort(([, a], [, b]) => b - a)
        .slice(0, 3)
        .map(([text, count]) => ({ text, count })),
    }));
}

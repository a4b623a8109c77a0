/** How somebody is doing, in one word: of what the log says, of who is connected, and of the time. */
import type { Pace } from './events.ts';
import type { Learner, Presence } from './learner.ts';
import { type CourseOutline, type CoursePlace, comparePlaces } from './outline.ts';
import type { LearnerStatus } from './rows.ts';

/** The same cell fails for so long: time to look at it. */
export const STUCK_AFTER_MS = 3 * 60_000;
export const IDLE_AFTER_MS = 5 * 60_000;

export interface ClassPace {
  pace: Pace;
  /** When it was set. */
  since: number;
  where: CoursePlace | undefined;
}

/**
 * The first that is so: left, away, done, stuck, waiting, idle, working. Who closed the notebook has left until they are
 * here again. Stuck goes before idle: who sits before the same failure for long is not helped by being called idle.
 */
export function statusOf(
  course: CourseOutline,
  learner: Learner,
  now: number,
  { pace, since, where }: ClassPace,
  presence?: Presence,
): { status: LearnerStatus; since: number } {
  if (presence?.here !== true && learner.leftAt !== undefined)
    return { status: 'left', since: learner.leftAt };
  if (presence?.here === false) return { status: 'away', since: presence.since };
  const { place } = learner;
  if (place !== undefined) {
    const finished = learner.finished.get(place.lesson);
    if (finished !== undefined) return { status: 'done', since: finished.at };
    if (isLessonDone(course, learner, place.lesson)) return { status: 'done', since: learner.settledAt };
  }
  if (learner.stuckOn !== undefined && now - learner.stuckOn.since >= STUCK_AFTER_MS)
    return { status: 'stuck', since: learner.stuckOn.since };
  const gate = pace.mode === 'gated' ? pace.upTo : pace.mode === 'following' ? where : undefined;
  if (gate !== undefined && place !== undefined && isAtGate(course, learner, place, gate))
    return { status: 'waiting', since: Math.max(learner.settledAt, since) };
  if (now - learner.activeAt >= IDLE_AFTER_MS) return { status: 'idle', since: learner.activeAt };
  return { status: 'working', since: learner.progressAt };
}

/** At the last step that is open, or beyond it, and all of the open one done. */
function isAtGate(course: CourseOutline, learner: Learner, place: CoursePlace, gate: CoursePlace): boolean {
  if (comparePlaces(course, place, gate) < 0) return false;
  const lesson = course.lessons.find(({ id }) => id === gate.lesson);
  return (lesson?.steps[gate.step]?.cells ?? []).every(({ id }) => isSettled(learner, gate.lesson, id));
}

function isLessonDone(course: CourseOutline, learner: Learner, lesson: string): boolean {
  const steps = course.lessons.find(({ id }) => id === lesson)?.steps ?? [];
  const cells = steps.flatMap((step) => step.cells);
  return cells.length > 0 && cells.every(({ id }) => isSettled(learner, lesson, id));
}

function isSettled(learner: Learner, lesson: string, cell: string): boolean {
  const key = `${lesson}/${cell}`;
  const status = Object.hasOwn(learner.cells, key) ? learner.cells[key]!.status : undefined;
  return status === 'passed' || status === 'skipped';
}

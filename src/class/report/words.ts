/** What the formats of a report for people share. */
import { formatDuration } from '../../lib/clock.ts';
import type { ClassReport, LearnerLine, StepLine } from './model.ts';

/** `2026-05-04 12:00`, UTC. */
export const shownTime = (at: number): string => new Date(at).toISOString().slice(0, 16).replace('T', ' ');

/** `12:00`, or with the day where that is another than the class's. */
export function shownMoment(at: number, { openedAt }: Pick<ClassReport, 'openedAt'>): string {
  const whole = shownTime(at);
  return whole.slice(0, 10) === shownTime(openedAt).slice(0, 10) ? whole.slice(11) : whole;
}

export const minutes = (ms: number): string => String(Math.round(ms / 60_000));

export const shownLength = (ms: number): string =>
  ms < 60_000 ? formatDuration(Math.round(ms / 1000) * 1000) : `${minutes(ms)} min`;

/** Where somebody was last: the step's title. */
export function placeOf({ place }: LearnerLine, { steps, lessons }: ClassReport): string {
  if (place === undefined) return '';
  const step = steps.find((one) => one.lesson === place.lesson && one.step === place.step);
  if (step === undefined) return place.lesson;
  return lessons.length > 1 ? `${step.lesson}: ${step.title}` : step.title;
}

export function stateOf(learner: LearnerLine, { endedAt }: ClassReport): string {
  if (learner.removed) return 'taken out';
  if (learner.finished) return 'finished';
  if (learner.leftAt !== undefined) return 'left';
  if (endedAt !== undefined) return 'not finished';
  return 'in it';
}

/** The steps at which most stopped, the worst first. */
export const hardestSteps = ({ steps }: ClassReport): StepLine[] =>
  steps.filter(({ stopped }) => stopped > 0).sort((a, b) => b.stopped - a.stopped);

export const share = (part: number, of: number): string =>
  of === 0 ? '' : `${Math.round((100 * part) / of)}%`;

/** Who is told first: by name, as a class is called. */
export const byName = (learners: readonly LearnerLine[]): LearnerLine[] =>
  learners.toSorted((a, b) => a.name.localeCompare(b.name, 'en') || a.joinedAt - b.joinedAt);

/**
 * Scores of LTI Advantage Assignment and Grade Services 2.0: a list of payloads, each to be posted as
 * `application/vnd.ims.lis.v1.score+json` to the line item's scores. Who has no score gets none: the platform keeps what it has.
 */
import { safeJson } from '../safe.ts';
import type { Grade } from './grade.ts';
import { feedback } from './gradebook.ts';
import type { Format } from './model.ts';

const number = (milli: number): number => Math.round(milli) / 1000;

function payload(grade: Grade, at: string): Record<string, unknown> {
  const common = { userId: grade.learner, timestamp: grade.startedAt ?? at };
  if (grade.state === 'graded')
    return {
      ...common,
      scoreGiven: number(grade.earnedMilli ?? 0),
      scoreMaximum: number(grade.possibleMilli),
      comment: feedback(grade),
      activityProgress: 'Completed',
      gradingProgress: 'FullyGraded',
    };
  if (grade.state === 'missing')
    return { ...common, activityProgress: 'Initialized', gradingProgress: 'NotReady' };
  return {
    ...common,
    comment: feedback(grade),
    activityProgress: 'Submitted',
    gradingProgress: grade.state === 'broken' ? 'Failed' : 'PendingManual',
  };
}

export const lti: Format = ({ grades }, { at }) =>
  `${safeJson(
    grades.map((grade) => payload(grade, at)),
    2,
  )}\n`;

/** Gradebooks as CSV: Canvas and Moodle. What was not graded has no number, which is not the same as none earned. */

import { csvText } from '../../lib/csv.ts';
import type { Learner } from '../../lib/roster.ts';
import type { Grade } from './grade.ts';
import { type Format, lacks, learnerGrade, learnerView, lostMilli, shown } from './model.ts';

const CANVAS = ['Student', 'ID', 'SIS User ID', 'SIS Login ID', 'Section'] as const;

/** By any way of writing it. */
function columnOf(learner: Learner | undefined, name: string): string {
  const key = Object.keys(learner?.columns ?? {}).find((one) => one.toLowerCase() === name.toLowerCase());
  return key === undefined ? '' : (learner!.columns[key] ?? '');
}

/** The rosters that Canvas exports have these columns; where they are missing the id is taken for the login. */
export const canvas: Format = ({ grades, roster, lesson, plan }) => {
  // `Title (id)` names an assignment that is there; without the id Canvas asks.
  const head = [...CANVAS, lesson.title];
  const possible = ['    Points Possible', '', '', '', '', shown(plan.possibleMilli)];
  const rows = grades.map((grade) => {
    const learner = roster?.find(({ id }) => id === grade.learner);
    const known = CANVAS.map((name) => columnOf(learner, name));
    known[0] ||= grade.name ?? grade.learner;
    if (known[1] === '' && known[2] === '' && known[3] === '') known[3] = grade.learner;
    return [...known, grade.earnedMilli === undefined ? '' : shown(grade.earnedMilli)];
  });
  return csvText([head, possible, ...rows]);
};

/** Moodle maps columns by their names when a grade file is imported. */
export const moodle: Format = ({ grades, roster, lesson }) => {
  const byMail = grades.some(({ learner }) => learner.includes('@'));
  const rows = grades.map((grade) => {
    const learner = roster?.find(({ id }) => id === grade.learner);
    return [
      columnOf(learner, 'username') || grade.learner,
      grade.earnedMilli === undefined ? '-' : shown(grade.earnedMilli),
      feedback(grade),
    ];
  });
  return csvText([[byMail ? 'email' : 'username', lesson.title, `${lesson.title} feedback`], ...rows]);
};

/** In a line, as a learner reads it in the gradebook. */
export function feedback(grade: Grade): string {
  if (grade.state !== 'graded') return `Not graded. ${learnerGrade(grade).because ?? ''}`.trim();
  const { items, hidden } = learnerView(grade);
  const parts = items
    .filter((item) => lacks(item) && lostMilli(item) > 0)
    .map((item) => `${item.cell}: -${shown(lostMilli(item))}, ${item.title}: ${item.reason ?? ''}`);
  if (hidden !== undefined && hidden.earnedMilli < hidden.milli)
    parts.push(`further checks: -${shown(hidden.milli - hidden.earnedMilli)}`);
  for (const { cell, penalty, penaltyMilli } of grade.cells)
    if (penalty !== undefined) parts.push(`${cell}: -${shown(penaltyMilli)}, ${penalty}`);
  return parts.join(' | ').replace(/\s+/g, ' ').slice(0, 4000);
}

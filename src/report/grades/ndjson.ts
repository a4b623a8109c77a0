/** One JSON object a line, a learner as soon as the result is known; the last line has the sums. */
import { safeJson } from '../safe.ts';
import type { Grade } from './grade.ts';
import { publicGrade, publicReport } from './json.ts';
import type { GradeReport } from './model.ts';

export const ndjsonGrade = (grade: Grade): string =>
  `${safeJson({ type: 'graded', ...publicGrade(grade) })}\n`;

export function ndjsonEnd(report: GradeReport): string {
  const { learners: _, ...rest } = publicReport(report);
  return `${safeJson({ type: 'grading-finished', ...rest })}\n`;
}

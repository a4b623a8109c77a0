/**
 * GitHub Classroom's autograding: what its reporter action reads from the step's output `result`, base64 of JSON. One
 * submission, as the workflow runs in the learner's own repository; nothing of a hidden check is in it but the sum.
 */
import { oneLine } from '../safe.ts';
import { onlyGrade } from './gradescope.ts';
import { evidenceLines, type Format, type GradeReport, learnerGrade, learnerView } from './model.ts';

interface Test {
  name: string;
  status: 'pass' | 'fail' | 'error';
  score: number;
  message: string;
  test_code: string;
  filename: string;
  line_no: number;
  duration: number;
}

const number = (milli: number): number => Math.round(milli) / 1000;

export function classroomResult(report: GradeReport): {
  version: 1;
  status: 'pass' | 'fail' | 'error';
  max_score: number;
  tests: Test[];
} {
  const grade = onlyGrade(report, 'classroom');
  const { because } = learnerGrade(grade);
  const common = { test_code: '', filename: '', line_no: 0, duration: 0 };
  const { items, hidden } = learnerView(grade);
  const isGraded = grade.state === 'graded';
  const tests: Test[] = items
    .filter((item) => isGraded && (item.milli > 0 || item.earnedMilli < 0))
    .map((item) => ({
      ...common,
      name: oneLine(`${item.cell}: ${item.title}`),
      status: item.earnedMilli >= item.milli ? 'pass' : 'fail',
      score: number(item.earnedMilli),
      message: item.state === 'earned' ? '' : evidenceLines(item).join('\n'),
    }));
  if (isGraded && hidden !== undefined)
    tests.push({
      ...common,
      name: 'further checks',
      status: hidden.earnedMilli >= hidden.milli ? 'pass' : 'fail',
      score: number(hidden.earnedMilli),
      message: '',
    });
  for (const { cell, penaltyMilli, penalty } of grade.cells)
    if (isGraded && penalty !== undefined)
      tests.push({
        ...common,
        name: `${cell}: help`,
        status: 'fail',
        score: -number(penaltyMilli),
        message: penalty,
      });
  if (!isGraded)
    tests.push({ ...common, name: 'grading', status: 'error', score: 0, message: oneLine(because ?? '') });
  const status = !isGraded ? 'error' : (grade.earnedMilli ?? 0) >= grade.possibleMilli ? 'pass' : 'fail';
  return { version: 1, status, max_score: number(grade.possibleMilli), tests };
}

const encoded = (report: GradeReport): string =>
  Buffer.from(JSON.stringify(classroomResult(report))).toString('base64');

export const classroom: Format = (report) => `${encoded(report)}\n`;

/** Base64 is one line without an `=` at its beginning: nothing of it can be another output. */
export const classroomOutput = (report: GradeReport): string => `result=${encoded(report)}\n`;

/**
 * Gradescope's results.json, of one submission. Hidden checks come as one test that is shown after the grades are published:
 * a hidden one would hide the learner's total, and its words must not be there at all.
 */
import { InputError } from '../../lib/errors.ts';
import { oneLine, terminalSafe } from '../safe.ts';
import type { Grade } from './grade.ts';
import { evidenceLines, type Format, type GradeReport, learnerGrade, learnerView } from './model.ts';

/** @throws InputError `one-submission` */
export function onlyGrade(report: GradeReport, format: string): Grade {
  const [grade, other] = report.grades;
  if (grade !== undefined && other === undefined) return grade;
  throw notOne(format, report.grades.length);
}

export const notOne = (format: string, learners: number): InputError =>
  new InputError('one-submission', `The report ${format} is of one submission; these are ${learners}.`, [
    'Grade one file, without a roster; or use json, canvas or moodle for a class.',
  ]);

const number = (milli: number): number => Math.round(milli) / 1000;

export const gradescope: Format = (report) => {
  const grade = onlyGrade(report, 'gradescope');
  const { items, hidden } = learnerView(grade);
  if (grade.state !== 'graded')
    // Without a score Gradescope says that the autograder failed: that is what an instructor must see.
    return `${JSON.stringify({ output: `Not graded: ${oneLine(learnerGrade(grade).because ?? '')}`, output_format: 'text', visibility: 'visible' }, null, 2)}\n`;
  const tests = items.map((item, index) => ({
    name: oneLine(`${item.cell}: ${item.title}`),
    number: String(index + 1),
    score: number(item.earnedMilli),
    max_score: number(item.milli),
    status: item.earnedMilli >= item.milli ? 'passed' : 'failed',
    output: item.state === 'earned' ? '' : terminalSafe(evidenceLines(item).join('\n')),
    output_format: 'text',
    visibility: 'visible',
  }));
  const further =
    hidden === undefined
      ? []
      : [
          {
            name: 'further checks',
            number: String(items.length + 1),
            score: number(hidden.earnedMilli),
            max_score: number(hidden.milli),
            status: hidden.earnedMilli >= hidden.milli ? 'passed' : 'failed',
            visibility: 'after_published',
          },
        ];
  const help = grade.cells
    .filter(({ penalty }) => penalty !== undefined)
    .map(({ cell, penalty, penaltyMilli }) => `${cell}: -${number(penaltyMilli)}. ${penalty}`);
  return `${JSON.stringify(
    {
      score: number(grade.earnedMilli ?? 0),
      output: terminalSafe([...help, ...grade.notes].join('\n')),
      output_format: 'text',
      visibility: 'visible',
      stdout_visibility: 'hidden',
      extra_data: { wirebook: report.wirebook, lesson: report.lesson.id, hash: report.lesson.hash },
      tests: [...tests, ...further],
    },
    null,
    2,
  )}\n`;
};

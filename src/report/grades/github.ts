/**
 * GitHub Actions: an annotation a lost point, and the readable report between `stop-commands` marks, so that nothing that a
 * submission has printed can be taken for a workflow command. A learner reads the log of their own repository: nothing of a
 * hidden check is in it but the sum.
 */
import { commandMessage, commandProperty, oneLine } from '../safe.ts';
import type { Grade } from './grade.ts';
import {
  evidenceLines,
  type Format,
  type GradeReport,
  lacks,
  learnerGrade,
  learnerView,
  lostMilli,
  shown,
} from './model.ts';
import { prettyGrade } from './pretty.ts';

function annotations(grade: Grade): string {
  const file = `file=${commandProperty(grade.source)}`;
  const line = (kind: string, title: string, message: string): string =>
    `::${kind} ${file},title=${commandProperty(oneLine(title))}::${commandMessage(message)}\n`;
  if (grade.state === 'missing') return '';
  if (grade.state !== 'graded')
    return line('error', `${grade.learner}: not graded`, learnerGrade(grade).because ?? '');
  const { items, hidden } = learnerView(grade);
  const lost = items
    .filter((item) => lacks(item) && lostMilli(item) > 0)
    .map((item) =>
      line(
        'error',
        `${item.cell}: -${shown(lostMilli(item))}`,
        [item.title, item.reason ?? '', ...evidenceLines(item).slice(1)].join('\n'),
      ),
    );
  if (hidden !== undefined && hidden.earnedMilli < hidden.milli)
    lost.push(line('notice', 'further checks', `${shown(hidden.earnedMilli)} of ${shown(hidden.milli)}`));
  return lost.join('');
}

export const github: Format = (report, { token }) => {
  const text = report.grades.map((grade) => prettyGrade(learnerGrade(grade), false)).join('\n');
  return `::stop-commands::${token}\n${text}\n::${token}::\n${report.grades.map(annotations).join('')}`;
};

/** What $GITHUB_STEP_SUMMARY takes at most is 1 MiB; more is refused whole. */
const SUMMARY_BYTES = 1024 * 1024 - 4096;

/** A cell of a Markdown table: no pipe, no HTML, no line end can leave it. */
const cellText = (text: string): string =>
  oneLine(text)
    .slice(0, 500)
    .replace(/[\\`*_{}[\]<>()#+!|~@&]/g, (char) => `&#${char.charCodeAt(0)};`);

const row = (columns: readonly string[]): string => `| ${columns.map(cellText).join(' | ')} |`;

/** The job's summary, in Markdown. */
export function githubSummary(report: GradeReport): string {
  const lines = [
    `## ${cellText(report.lesson.title)}`,
    '',
    '| learner | points | of | |',
    '| --- | ---: | ---: | --- |',
    ...report.grades
      .map(learnerGrade)
      .map(({ learner, state, earnedMilli, possibleMilli, because }) =>
        row([
          learner,
          earnedMilli === undefined ? '' : shown(earnedMilli),
          shown(possibleMilli),
          state === 'graded' ? '' : (because ?? state),
        ]),
      ),
    '',
    '| learner | task | lost | what | why |',
    '| --- | --- | ---: | --- | --- |',
  ];
  let bytes = lines.reduce((sum, line) => sum + Buffer.byteLength(line) + 1, 0);
  for (const grade of report.grades)
    for (const item of learnerView(grade).items) {
      if (!lacks(item) || lostMilli(item) === 0) continue;
      const line = row([grade.learner, item.cell, shown(lostMilli(item)), item.title, item.reason ?? '']);
      bytes += Buffer.byteLength(line) + 1;
      if (bytes > SUMMARY_BYTES) return `${[...lines, '', 'There is more; see the log.'].join('\n')}\n`;
      lines.push(line);
    }
  const text = `${lines.join('\n')}\n`;
  return Buffer.byteLength(text) > SUMMARY_BYTES ? `${text.slice(0, SUMMARY_BYTES / 4)}\n` : text;
}

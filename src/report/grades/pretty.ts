/** For people at a terminal: who has how much, and of each lost point why. */
import { formatDuration } from '../../lib/clock.ts';
import { wrapLines } from '../../lib/wrap.ts';
import { oneLine } from '../safe.ts';
import type { Grade, ItemGrade } from './grade.ts';
import {
  asSaid,
  countsOf,
  type Format,
  type GradeReport,
  lacks,
  lostMilli,
  type Say,
  shown,
} from './model.ts';

const paint = (color: boolean, code: string, text: string): string =>
  color ? `\x1b[${code}m${text}\x1b[0m` : text;

const STATES = { broken: 'not graded', refused: 'not read', missing: 'nothing handed in' } as const;

export function prettyGrade(grade: Grade, color: boolean, width?: number, say: Say = asSaid): string {
  const who = oneLine(grade.name === undefined ? grade.learner : `${grade.learner} (${grade.name})`);
  const lines: string[] = [];
  if (grade.state === 'graded') {
    const { earnedMilli = 0, possibleMilli } = grade;
    const code = earnedMilli >= possibleMilli ? '32' : '33';
    lines.push(`${who}  ${paint(color, code, say(`${shown(earnedMilli)} of ${shown(possibleMilli)}`))}`);
  } else if (grade.state === 'missing') lines.push(`${who}  ${paint(color, '31', say(STATES.missing))}`);
  else
    lines.push(
      `${who}  ${paint(color, '31', say(STATES[grade.state]))}${say(': ')}${oneLine(say(grade.because ?? ''))}`,
    );
  // What only follows and costs nothing is told in one line.
  const free = grade.items.filter((item) => item.state === 'followed' && lostMilli(item) === 0);
  for (const item of grade.items)
    if (lacks(item) && !free.includes(item)) lines.push(...itemLines(item, color, say));
  for (const [because, its] of Map.groupBy(free, (item) => item.because ?? ''))
    lines.push(
      `  ${[...new Set(its.map(({ cell }) => cell))].join(', ')}   0  ${say(`follows from ${because}: holds once that is put right`)}`,
    );
  for (const { cell, penaltyMilli, penalty } of grade.cells)
    if (penalty !== undefined)
      lines.push(`  ${cell}  ${paint(color, '33', `-${shown(penaltyMilli)}`)}  ${say(penalty)}`);
  for (const note of grade.notes) lines.push(`  ${oneLine(say(`note: ${note}`))}`);
  return wrapLines(lines.join('\n'), width, 4);
}

function itemLines(item: ItemGrade, color: boolean, say: Say): string[] {
  const lost = lostMilli(item);
  const mark =
    item.state === 'broken'
      ? paint(color, '31', '?')
      : lost > 0
        ? paint(color, '33', `-${shown(lost)}`)
        : ' 0';
  // By this name `--explain` finds it.
  const name = item.check.startsWith(`${item.cell}/`)
    ? item.check
    : `${item.check} ${say('of')} ${item.cell}`;
  const lines = [
    `  ${name}  ${mark}  ${oneLine(say(item.title))}${item.hidden ? ` ${say('[hidden]')}` : ''}`,
  ];
  lines.push(`      ${oneLine(say(item.reason ?? ''))}`);
  const { evidence } = item;
  if (evidence === undefined || item.state === 'followed') return lines;
  for (const { field, expected, found } of evidence.differences.slice(0, 8))
    lines.push(`      ${oneLine(say(`${field}: expected ${expected}, found ${found}`))}`);
  if (evidence.explanation !== undefined) lines.push(`      ${oneLine(say(evidence.explanation.cause))}`);
  return lines;
}

export function prettyEnd(report: GradeReport, color: boolean, say: Say = asSaid): string {
  const counts = countsOf(report.grades);
  const parts = [
    say(`${counts.graded} graded`),
    ...(counts.broken > 0 ? [paint(color, '31', say(`${counts.broken} not graded`))] : []),
    ...(counts.refused > 0 ? [paint(color, '31', say(`${counts.refused} not read`))] : []),
    ...(counts.missing > 0 ? [say(`${counts.missing} with nothing handed in`)] : []),
  ];
  const scores = report.grades.flatMap(({ earnedMilli }) => earnedMilli ?? []).sort((a, b) => a - b);
  const lines = report.plan.notices.map((notice) => oneLine(say(`note: ${notice}`)));
  for (const { learner, of, cell, param, value } of report.similarity.foreign.slice(0, 20))
    lines.push(oneLine(say(`look: ${learner} uses ${value} in ${cell}, which is ${param} of ${of}`)));
  for (const { learners, score } of report.similarity.pairs.slice(0, 10))
    lines.push(oneLine(say(`look: ${learners.join(' and ')} are alike (${Math.round(score * 100)}%)`)));
  if (scores.length > 1)
    lines.push(
      say(
        `median ${shown(scores[Math.floor((scores.length - 1) / 2)]!)}, lowest ${shown(scores[0]!)}, highest ${shown(scores.at(-1)!)} of ${shown(report.plan.possibleMilli)}`,
      ),
    );
  lines.push(
    [...parts, say(`in ${formatDuration(report.durationMs)}`)].join(say(', ')) +
      (report.interrupted ? say('; interrupted') : ''),
  );
  return lines.join('\n');
}

export const pretty: Format = (report, { color, width, say }) =>
  `${report.grades.map((grade) => `${prettyGrade(grade, color, width, say)}\n`).join('')}${report.grades.length > 0 ? '\n' : ''}${wrapLines(prettyEnd(report, color, say), width)}\n`;

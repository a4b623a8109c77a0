/** TAP version 14: a test point a learner, the checks as a subtest, evidence as YAML. For instructors. */
import { oneLine, safeJson, terminalSafe } from '../safe.ts';
import type { Grade, ItemGrade } from './grade.ts';
import { evidenceLines, type Format, lostMilli, points } from './model.ts';

/** A description ends where a directive begins: `#` and `\` are escaped. */
const description = (text: string): string => oneLine(text).replace(/[\\#]/g, '\\$&') || '(no name)';
const indent = (lines: readonly string[], by: number): string[] =>
  lines.map((line) => `${' '.repeat(by)}${line}`);

/** JSON is YAML: every value is a quoted string, so nothing in it can end the block. */
function yaml(values: Readonly<Record<string, unknown>>): string[] {
  const lines = Object.entries(values)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key}: ${safeJson(value)}`);
  return indent(['---', ...lines, '...'], 2);
}

function point(item: ItemGrade, number: number): string[] {
  const name = description(`${item.cell}: ${item.title}`);
  if (item.state === 'earned') return [`ok ${number} - ${name}`];
  if (item.state === 'followed' && lostMilli(item) === 0)
    return [`ok ${number} - ${name} # SKIP ${description(item.reason ?? '')}`];
  return [
    `not ok ${number} - ${name}`,
    ...yaml({
      check: item.check,
      state: item.state,
      points: points(item.earnedMilli),
      possible: points(item.milli),
      reason: item.reason === undefined ? undefined : terminalSafe(item.reason),
      evidence: evidenceLines(item).map(terminalSafe),
    }),
  ];
}

function learner(grade: Grade, number: number): string[] {
  const name = description(grade.learner);
  if (grade.state === 'missing') return [`ok ${number} - ${name} # SKIP nothing was handed in`];
  if (grade.items.length === 0)
    return [
      `not ok ${number} - ${name}`,
      ...yaml({ state: grade.state, reason: terminalSafe(grade.because ?? '') }),
    ];
  const inner = grade.items.flatMap((item, index) => point(item, index + 1));
  const isWhole = grade.state === 'graded' && (grade.earnedMilli ?? 0) >= grade.possibleMilli;
  const score =
    grade.earnedMilli === undefined
      ? 'not graded'
      : `${points(grade.earnedMilli)} of ${points(grade.possibleMilli)}`;
  return [
    ...indent([`# Subtest: ${name}`, ...inner, `1..${grade.items.length}`], 4),
    `${isWhole ? 'ok' : 'not ok'} ${number} - ${name} (${score})`,
  ];
}

export const tap: Format = ({ grades, interrupted }) => {
  const lines = [
    'TAP version 14',
    `1..${grades.length}${grades.length === 0 ? ' # SKIP nothing was graded' : ''}`,
    ...grades.flatMap((grade, index) => learner(grade, index + 1)),
    ...(interrupted ? ['Bail out! interrupted'] : []),
  ];
  return `${lines.join('\n')}\n`;
};

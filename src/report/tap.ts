/**
 * TAP version 14: a test point a lesson, its checks as a subtest, evidence as YAML. TAP knows no third state, so what is
 * broken is `not ok` and says so in its YAML.
 */
import { type Case, casesOf, nameOf, pathFrom } from './cases.ts';
import type { LessonResult, Refusal, Report, Reporter, ReportOptions } from './model.ts';
import { oneLine, safeJson, terminalSafe } from './safe.ts';

/** A description ends where a directive begins: `#` and `\` are escaped. */
function description(text: string): string {
  return oneLine(text).replace(/[\\#]/g, '\\$&');
}

const indent = (lines: readonly string[], by: number): string[] =>
  lines.map((line) => (line === '' ? '' : `${' '.repeat(by)}${line}`));

/** JSON is YAML: every value is a quoted string, so nothing in it can end the block. */
function yaml(values: Readonly<Record<string, unknown>>): string[] {
  const lines = Object.entries(values)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key}: ${safeJson(value)}`);
  return indent(['---', ...lines, '...'], 2);
}

function point(one: Case, number: number, options: ReportOptions): string[] {
  const name = description(one.cell === undefined ? one.name : `${one.cell.id}: ${one.name}`);
  if (one.state === 'skipped') return [`ok ${number} - ${name} # SKIP ${description(one.message)}`];
  if (one.state === 'pass') return [`ok ${number} - ${name}`];
  return [
    `not ok ${number} - ${name}`,
    ...yaml({
      id: one.id,
      state: one.state,
      fault: one.fault,
      message: terminalSafe(one.message),
      at: `${pathFrom(options.root, one.place.file)}:${one.place.line}`,
      evidence: one.details.map(terminalSafe),
    }),
  ];
}

function subtest(lesson: LessonResult, number: number, options: ReportOptions): string[] {
  const name = description(nameOf(lesson));
  const cases = casesOf(lesson);
  if (cases.length === 0) return [`ok ${number} - ${name} # SKIP the lesson has no cells`];
  const points = cases.flatMap((one, index) => point(one, index + 1, options));
  const isOk = lesson.state === 'pass' || lesson.state === 'skipped';
  const head = [`# Subtest: ${name}`, ...points, `1..${cases.length}`];
  const skip = lesson.state === 'skipped' ? ' # SKIP nothing was tested' : '';
  return [...indent(head, 4), `${isOk ? 'ok' : 'not ok'} ${number} - ${name}${skip}`];
}

function refused({ file, diagnostics }: Refusal, number: number, options: ReportOptions): string[] {
  const path = pathFrom(options.root, file);
  const faults = diagnostics.map(({ place, message }) => `${path}:${place.line}: ${terminalSafe(message)}`);
  return [`not ok ${number} - ${description(path)}`, ...yaml({ state: 'refused', faults })];
}

function document(report: Report, options: ReportOptions): string {
  const { lessons } = report;
  const lines = [
    'TAP version 14',
    `1..${lessons.length + report.refused.length}`,
    ...lessons.flatMap((lesson, index) => subtest(lesson, index + 1, options)),
    ...report.refused.flatMap((one, index) => refused(one, lessons.length + index + 1, options)),
    ...(report.interrupted ? ['Bail out! interrupted'] : []),
  ];
  return `${lines.join('\n')}\n`;
}

export const tap: Reporter = (event, options) =>
  event.type === 'test-finished' ? document(event.report, options) : '';

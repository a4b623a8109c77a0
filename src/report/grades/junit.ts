/** JUnit XML: a suite a learner, a case a check. What could not be graded is an error, not a failure. For instructors. */
import { oneLine, xmlAttribute, xmlText } from '../safe.ts';
import type { Grade, ItemGrade } from './grade.ts';
import { evidenceLines, type Format, type GradeReport, lostMilli, shown } from './model.ts';

const attributes = (values: Readonly<Record<string, string | number>>): string =>
  Object.entries(values)
    .map(([name, value]) => ` ${name}="${xmlAttribute(String(value))}"`)
    .join('');

interface Case {
  name: string;
  kind: 'pass' | 'failure' | 'error' | 'skipped';
  message: string;
  text: string;
}

const KINDS = { earned: 'pass', lost: 'failure', followed: 'failure', broken: 'error' } as const;

function caseOf(item: ItemGrade): Case {
  // What costs nothing is no failure, though its reason is told.
  const kind = item.state === 'followed' && lostMilli(item) === 0 ? 'skipped' : KINDS[item.state];
  return {
    name: `${oneLine(item.title)} [${item.check}] ${shown(item.earnedMilli)}/${shown(item.milli)}`,
    kind,
    message: item.reason ?? '',
    text: evidenceLines(item).join('\n'),
  };
}

function casesOf(grade: Grade): Case[] {
  if (grade.items.length > 0) return grade.items.map(caseOf);
  const kind = grade.state === 'missing' ? 'skipped' : 'error';
  return [
    { name: 'the submission is graded', kind, message: grade.because ?? '', text: grade.because ?? '' },
  ];
}

function caseXml(one: Case, classname: string): string {
  const head = `<testcase${attributes({ name: one.name, classname, time: '0.000' })}>`;
  const message = attributes({ message: oneLine(one.message) });
  const body =
    one.kind === 'pass'
      ? ''
      : one.kind === 'skipped'
        ? `<skipped${message}/>`
        : `<${one.kind}${message}${attributes({ type: one.kind === 'error' ? 'broken' : 'lost' })}>${xmlText(one.text)}</${one.kind}>`;
  return `    ${head}${body}</testcase>\n`;
}

const stampOf = (at: string): string => at.replace(/(\.\d+)?Z$/, '');
const count = (cases: readonly Case[], kind: Case['kind']): number =>
  cases.filter((one) => one.kind === kind).length;

function suite(grade: Grade, report: GradeReport): string {
  const cases = casesOf(grade);
  const head = attributes({
    name: oneLine(grade.learner),
    tests: cases.length,
    failures: count(cases, 'failure'),
    errors: count(cases, 'error'),
    skipped: count(cases, 'skipped'),
    time: (grade.durationMs / 1000).toFixed(3),
    timestamp: stampOf(grade.startedAt ?? report.startedAt),
    hostname: report.driver,
  });
  const classname = `${report.lesson.id}.${oneLine(grade.learner)}`;
  return `  <testsuite${head}>\n${cases.map((one) => caseXml(one, classname)).join('')}  </testsuite>\n`;
}

export const junit: Format = (report) => {
  const cases = report.grades.flatMap(casesOf);
  const head = attributes({
    name: `wirebook grade ${report.lesson.id}`,
    tests: cases.length,
    failures: count(cases, 'failure'),
    errors: count(cases, 'error'),
    skipped: count(cases, 'skipped'),
    time: (report.durationMs / 1000).toFixed(3),
  });
  const suites = report.grades.map((grade) => suite(grade, report)).join('');
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites${head}>\n${suites}</testsuites>\n`;
};

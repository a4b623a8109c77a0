/**
 * JUnit XML as CI servers read it: a suite a lesson, a case a check. `broken` is an error, not a failure. There is no
 * `file` attribute, as strict readers refuse it; the place stands in the text.
 */
import { type Case, casesOf, nameOf, pathFrom } from './cases.ts';
import type { LessonResult, Refusal, Report, Reporter, ReportOptions } from './model.ts';
import { oneLine, xmlAttribute, xmlText } from './safe.ts';

const seconds = (ms: number): string => (ms / 1000).toFixed(3);

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${xmlAttribute(String(value))}"`)
    .join('');
}

function body(one: Case, options: ReportOptions): string {
  if (one.state === 'pass') return '';
  const message = attributes({ message: oneLine(one.message) });
  if (one.state === 'skipped') return `<skipped${message}/>`;
  const tag = one.state === 'broken' ? 'error' : 'failure';
  const type = attributes({ type: one.fault ?? one.state });
  const place = `${pathFrom(options.root, one.place.file)}:${one.place.line}`;
  const printed = [one.cell?.stdout, one.cell?.stderr].filter((text) => text !== undefined && text !== '');
  const text = [place, ...one.details, ...(printed.length > 0 ? ['the cell printed:', ...printed] : [])];
  return `<${tag}${message}${type}>${xmlText(text.join('\n'))}</${tag}>`;
}

function testcase(one: Case, classname: string, options: ReportOptions): string {
  const known = attributes({
    name: oneLine(`${one.name} [${one.id}]`),
    classname,
    time: seconds(one.durationMs),
  });
  return `    <testcase${known}>${body(one, options)}</testcase>\n`;
}

const tally = (cases: readonly Case[], state: Case['state']): number =>
  cases.filter((one) => one.state === state).length;

function suite(lesson: LessonResult, options: ReportOptions): string {
  const cases = casesOf(lesson);
  const known = attributes({
    name: nameOf(lesson),
    tests: cases.length,
    failures: tally(cases, 'fail'),
    errors: tally(cases, 'broken'),
    skipped: tally(cases, 'skipped'),
    time: seconds(lesson.durationMs),
    timestamp: lesson.startedAt.replace(/(\.\d+)?Z$/, ''),
    hostname: lesson.driver,
  });
  const lines = cases.map((one) =>
    testcase(one, one.cell === undefined ? nameOf(lesson) : `${nameOf(lesson)}.${one.cell.id}`, options),
  );
  return `  <testsuite${known}>\n${lines.join('')}  </testsuite>\n`;
}

function refusedSuite({ file, diagnostics }: Refusal, options: ReportOptions, at: string): string {
  const name = pathFrom(options.root, file);
  const faults = diagnostics
    .filter((fault) => fault.severity === 'error')
    .map((fault) => `${name}:${fault.place.line}:${fault.place.column}: ${fault.message}`);
  const known = attributes({
    name,
    tests: 1,
    failures: 0,
    errors: 1,
    skipped: 0,
    time: '0.000',
    timestamp: at.replace(/(\.\d+)?Z$/, ''),
    hostname: 'localhost',
  });
  const text = `<error message="the lesson is wrong" type="refused">${xmlText(faults.join('\n'))}</error>`;
  const test = attributes({ name: 'the lesson can be read', classname: name, time: '0.000' });
  return `  <testsuite${known}>\n    <testcase${test}>${text}</testcase>\n  </testsuite>\n`;
}

function document(report: Report, options: ReportOptions): string {
  const cases = report.lessons.flatMap(casesOf);
  const refused = report.refused.length;
  const known = attributes({
    name: 'wirebook',
    tests: cases.length + refused,
    failures: tally(cases, 'fail'),
    errors: tally(cases, 'broken') + refused,
    skipped: tally(cases, 'skipped'),
    time: seconds(report.durationMs),
  });
  const suites = [
    ...report.lessons.map((lesson) => suite(lesson, options)),
    ...report.refused.map((refusal) => refusedSuite(refusal, options, report.startedAt)),
  ];
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites${known}>\n${suites.join('')}</testsuites>\n`;
}

export const junit: Reporter = (event, options) =>
  event.type === 'test-finished' ? document(event.report, options) : '';

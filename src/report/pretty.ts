/** The report for people: a line a lesson that holds, and all there is to know of what does not. */
import { styleText } from 'node:util';
import { formatDiagnostics } from '../lesson/diagnostic.ts';
import { formatDuration } from '../lib/clock.ts';
import { wrapLines } from '../lib/wrap.ts';
import { type Case, casesOf, nameOf, pathFrom } from './cases.ts';
import type { CellResult, LessonResult, Report, Reporter, ReportOptions, ResultState } from './model.ts';
import { oneLine, terminalSafe } from './safe.ts';

const MARKS: Readonly<Record<ResultState, [string, 'green' | 'red' | 'yellow' | 'gray']>> = {
  pass: ['✓', 'green'],
  fail: ['✗', 'red'],
  broken: ['!', 'yellow'],
  skipped: ['-', 'gray'],
};
const OUTPUT_LINES = 20;

type Style = Parameters<typeof styleText>[0];

/** `validateStream` off: whether to colour was decided by the caller. */
function paint(options: ReportOptions, style: Style, text: string): string {
  return options.color ? styleText(style, text, { validateStream: false }) : text;
}

function mark(options: ReportOptions, state: ResultState): string {
  const [sign, color] = MARKS[state];
  return paint(options, color, sign);
}

const indent = (text: string, by: number): string => text.replace(/^(?=.)/gm, ' '.repeat(by));

/** Rows of a terminal under one another, `by` blanks from its edge. */
const told = (text: string, by: number, { width }: ReportOptions): string =>
  wrapLines(indent(text, by), width);

const sayIn = ({ say = (sentence) => sentence }: ReportOptions) => say;

/** What a program has said stands in lines of its own. */
const sayLines = (text: string, options: ReportOptions): string =>
  terminalSafe(text.split('\n').map(sayIn(options)).join('\n'));

/** What is named and what is said of it are two: of the whole a sentence might be taken that is only its end. */
function sayDetail(detail: string, options: ReportOptions): string {
  const [, name, rest = ''] = /^((?:expected|found|cause|try):) ([\s\S]*)$/.exec(detail) ?? [];
  if (name === undefined) return sayLines(detail, options);
  const label = sayIn(options)(name);
  return `${label}${label.endsWith(':') ? ' ' : ''}${sayLines(rest, options)}`;
}

function caseLines(one: Case, by: number, options: ReportOptions): string[] {
  const place = `${pathFrom(options.root, one.place.file)}:${one.place.line}`;
  const head = `${mark(options, one.state)} ${oneLine(sayIn(options)(one.name))}  ${paint(options, 'dim', oneLine(place))}`;
  const lines = [told(head, by, options)];
  if (one.details.length > 0)
    for (const detail of one.details) lines.push(told(sayDetail(detail, options), by + 4, options));
  else if (one.message !== '') lines.push(told(sayLines(one.message, options), by + 4, options));
  return lines;
}

/** What it printed may explain a check that does not hold, not one that held too early. */
const explains = (cell: CellResult): boolean =>
  cell.checks.length === 0 || cell.checks.some(({ state, fault }) => state !== 'pass' && fault !== 'vacuous');

function printed(cell: CellResult, options: ReportOptions): string[] {
  return (['stdout', 'stderr'] as const).flatMap((stream) => {
    const text = terminalSafe(cell[stream] ?? '').trimEnd();
    if (text === '') return [];
    const lines = text.split('\n');
    const more =
      lines.length > OUTPUT_LINES ? [sayIn(options)(`... ${lines.length - OUTPUT_LINES} lines before`)] : [];
    const shown = [...more, ...lines.slice(-OUTPUT_LINES)].map((line) => `    ${line}`);
    return [paint(options, 'dim', `  ${stream}:`), ...shown];
  });
}

function lessonText(lesson: LessonResult, options: ReportOptions): string {
  const say = sayIn(options);
  const cases = casesOf(lesson);
  const time = paint(options, 'dim', formatDuration(lesson.durationMs));
  const checks = lesson.cells.flatMap((cell) => cell.checks);
  const held = checks.filter((one) => one.state === 'pass').length;
  const noun = checks.length === 1 ? 'check' : 'checks';
  const tally =
    checks.length === 0
      ? 'no checks'
      : held === checks.length
        ? `${held} ${noun}`
        : `${held} of ${checks.length} ${noun}`;
  const tongue = lesson.language === 'en' ? '' : ` ${oneLine(lesson.language)}`;
  const alike = lesson.translations
    ? paint(options, 'dim', `  ${say(`the same in ${lesson.translations.map(oneLine).join(', ')}`)}`)
    : '';
  const lines = [
    `${mark(options, lesson.state)} ${paint(options, 'bold', oneLine(nameOf(lesson)))}${tongue}  ${say(tally)}  ${time}${alike}`,
  ];
  if (lesson.because !== undefined) {
    // One cause for all: its cells would say it again and again.
    lines.push(told(sayLines(lesson.because, options), 4, options));
    for (const next of lesson.next ?? []) lines.push(told(sayLines(next, options), 4, options));
  }
  for (const cell of lesson.cells) {
    if (cell.state === 'pass' || cell.because === 'not chosen') continue;
    if (lesson.because !== undefined && cell.because === lesson.because) continue;
    const later =
      cell.afterFailure && cell.state === 'fail' ? paint(options, 'dim', ` ${say('(after a failure)')}`) : '';
    lines.push(`  ${mark(options, cell.state)} ${oneLine(cell.id)}${later}`);
    for (const one of cases)
      if (one.cell === cell && one.state !== 'pass') lines.push(...caseLines(one, 4, options));
    if (explains(cell)) for (const line of printed(cell, options)) lines.push(`  ${line}`);
  }
  return `${lines.join('\n')}\n`;
}

function some(counts: Report['counts']['cells'], thing: string): string {
  const words: [ResultState, string][] = [
    ['pass', 'held'],
    ['fail', 'failed'],
    ['broken', 'broken'],
    ['skipped', 'skipped'],
  ];
  const told = words
    .filter(([state]) => counts[state] > 0)
    .map(([state, word]) => `${counts[state]} ${word}`);
  return `${thing}: ${told.length === 0 ? 'none' : told.join(', ')}`;
}

function summary(report: Report, options: ReportOptions): string {
  const say = sayIn(options);
  const { lessons, cells, checks } = report.counts;
  const refused = report.refused.length;
  const lines = [
    say(some(lessons, 'lessons') + (refused > 0 ? `, ${refused} refused` : '')),
    say(some(cells, 'cells')),
    say(some(checks, 'checks')),
    say(`${formatDuration(report.durationMs)} on ${report.driver}`),
  ];
  if (report.interrupted) lines.push(paint(options, 'yellow', say('interrupted: this is not the whole')));
  return `\n${lines.join('\n')}\n`;
}

export const pretty: Reporter = (event, options) => {
  switch (event.type) {
    case 'lesson-refused': {
      const { file, diagnostics } = event.refusal;
      const name = oneLine(pathFrom(options.root, file));
      const width = options.width === undefined ? undefined : options.width - 4;
      const faults = formatDiagnostics(diagnostics, { color: options.color, width, say: sayIn(options) });
      return `${mark(options, 'fail')} ${paint(options, 'bold', name)}  ${sayIn(options)('not run: the lesson is wrong')}\n${indent(faults, 4)}\n`;
    }
    case 'lesson-tested':
      return lessonText(event.result, options);
    case 'test-finished':
      return summary(event.report, options);
    default:
      return '';
  }
};

/** Name -> a report on a class as a file. The formats of grading are all among them: a gradebook takes a class as it takes grades. */
import { randomBytes } from 'node:crypto';
import type { CourseOutline } from '../../board/outline.ts';
import { InputError } from '../../lib/errors.ts';
import type { Learner } from '../../lib/roster.ts';
import { suggest } from '../../lib/suggest.ts';
import { FORMATS as GRADES } from '../../report/grades/formats.ts';
import type { GradeReport } from '../../report/grades/model.ts';
import { csv } from './csv.ts';
import { gradesOf } from './grades.ts';
import { html } from './html.ts';
import { json } from './json.ts';
import type { ClassReport } from './model.ts';
import { text } from './text.ts';

const CLASS: Readonly<Record<string, (report: ClassReport) => string>> = { text, json, csv, html };

/** Those of grading that have a name which a report on a class has too. */
const RENAMED: Readonly<Record<string, string>> = {
  grades: 'pretty',
  'grades-json': 'json',
  'grades-html': 'html',
};
const gradesName = (name: string): string | undefined =>
  Object.hasOwn(RENAMED, name)
    ? RENAMED[name]
    : Object.hasOwn(GRADES, name) && !Object.values(RENAMED).includes(name)
      ? name
      : undefined;

export const CLASS_FORMATS: readonly string[] = [
  ...Object.keys(CLASS),
  ...Object.keys(RENAMED),
  ...Object.keys(GRADES).filter((name) => gradesName(name) !== undefined),
];

/** For a download: what it is, and what it is called. */
const EXTENSIONS: Readonly<Record<string, string>> = {
  text: 'txt',
  json: 'json',
  csv: 'csv',
  html: 'html',
  grades: 'txt',
  'grades-json': 'json',
  'grades-html': 'html',
  ndjson: 'ndjson',
  junit: 'xml',
  tap: 'tap',
  github: 'txt',
  classroom: 'txt',
  gradescope: 'json',
  canvas: 'csv',
  moodle: 'csv',
  lti: 'json',
};
const TYPES: Readonly<Record<string, string>> = {
  txt: 'text/plain; charset=utf-8',
  tap: 'text/plain; charset=utf-8',
  json: 'application/json',
  ndjson: 'application/x-ndjson',
  csv: 'text/csv; charset=utf-8',
  xml: 'application/xml',
  html: 'text/html; charset=utf-8',
};

export interface FormatChoice {
  course: CourseOutline;
  /** Of the formats of grading: only this lesson. */
  lesson?: string;
  /** Of the formats of grading: only this one, by their entry of the roster or their name. */
  learner?: string;
  roster?: readonly Learner[];
  color?: boolean;
}

/** @throws InputError `unknown-reporter` */
export function checkFormat(name: string): void {
  if (CLASS_FORMATS.includes(name)) return;
  const near = suggest(name, [...CLASS_FORMATS]);
  throw new InputError('unknown-reporter', `There is no report on a class called ${name}.`, [
    ...(near === undefined ? [] : [`Did you mean ${near}?`]),
    `Use one of: ${CLASS_FORMATS.join(', ')}`,
  ]);
}

/** @throws InputError `unknown-reporter`, `lesson-not-found`, `learner-not-found`, `one-submission` */
export function formatted(name: string, report: ClassReport, choice: FormatChoice): string {
  checkFormat(name);
  if (Object.hasOwn(CLASS, name)) return CLASS[name]!(report);
  const format = GRADES[gradesName(name)!]!;
  const grades = chosen(report, choice);
  const options = {
    color: choice.color ?? false,
    root: '',
    token: randomBytes(16).toString('hex'),
    at: new Date(report.at).toISOString(),
  };
  const each =
    format.each === undefined ? '' : grades.grades.map((grade) => format.each!(grade, options)).join('');
  return each + format.end(grades, options);
}

function chosen(report: ClassReport, { learner, ...options }: FormatChoice): GradeReport {
  const ids = options.course.lessons.map(({ id }) => id);
  if (options.lesson !== undefined && !ids.includes(options.lesson))
    throw new InputError('lesson-not-found', `The class has no lesson ${options.lesson}.`, [
      `Use one of: ${ids.join(', ')}`,
    ]);
  const grades = gradesOf(report, options);
  if (learner === undefined) return grades;
  const its = grades.grades.filter((grade) => grade.learner === learner || grade.name === learner);
  if (its.length === 0)
    throw new InputError('learner-not-found', `Nobody called ${learner} was in the class.`, [
      'Use their entry of the roster, or the name that they joined with.',
    ]);
  return { ...grades, grades: its };
}

export interface ReportFile {
  name: string;
  type: string;
  text: string;
}

/** A report as a file that is offered: on the board at the end of a class, or by the command. */
export function reportFile(name: string, report: ClassReport, choice: FormatChoice): ReportFile {
  const contents = formatted(name, report, choice);
  const extension = EXTENSIONS[name] ?? 'txt';
  const day = new Date(report.openedAt).toISOString().slice(0, 10);
  // Only what is harmless in every file system and in a header.
  const id = (report.id || 'class').replace(/[^A-Za-z0-9_-]+/g, '-');
  // Each part that says something that the others have not said.
  const parts = [
    id,
    ...(id.includes(day) ? [] : [day]),
    ...(name === extension || name === 'text' ? [] : [name]),
  ];
  return { name: `${parts.join('-')}.${extension}`, type: TYPES[extension]!, text: contents };
}

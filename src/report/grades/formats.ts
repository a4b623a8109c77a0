/** Name -> format. A new one is one file and one line here. */
import { InputError } from '../../lib/errors.ts';
import { suggest } from '../../lib/suggest.ts';
import { classroom, classroomOutput } from './classroom.ts';
import { github, githubSummary } from './github.ts';
import type { Grade } from './grade.ts';
import { canvas, moodle } from './gradebook.ts';
import { gradescope } from './gradescope.ts';
import { html } from './html.ts';
import { json } from './json.ts';
import { junit } from './junit.ts';
import { lti } from './lti.ts';
import type { Format, FormatOptions, GradeReport } from './model.ts';
import { ndjsonEnd, ndjsonGrade } from './ndjson.ts';
import { pretty } from './pretty.ts';
import { tap } from './tap.ts';

export interface GradeReporter {
  /** Of each learner as soon as the result is known. */
  each?: (grade: Grade, options: FormatOptions) => string;
  end: Format;
  /** It is of one submission alone. */
  single?: boolean;
  /** By the name of an environment variable that holds a file's name: what is added there. */
  appends?: (report: GradeReport) => Readonly<Record<string, string>>;
}

export const FORMATS: Readonly<Record<string, GradeReporter>> = {
  pretty: { end: pretty },
  json: { end: json },
  ndjson: { each: ndjsonGrade, end: ndjsonEnd },
  junit: { end: junit },
  tap: { end: tap },
  github: { end: github, appends: (report) => ({ GITHUB_STEP_SUMMARY: githubSummary(report) }) },
  classroom: {
    end: classroom,
    single: true,
    appends: (report) => ({ GITHUB_OUTPUT: classroomOutput(report) }),
  },
  gradescope: { end: gradescope, single: true },
  canvas: { end: canvas },
  moodle: { end: moodle },
  lti: { end: lti },
  html: { end: html },
};

/** @throws InputError `unknown-reporter` */
export function formatOf(name: string): GradeReporter {
  const format = Object.hasOwn(FORMATS, name) ? FORMATS[name] : undefined;
  if (format !== undefined) return format;
  const names = Object.keys(FORMATS);
  const near = suggest(name, names);
  throw new InputError('unknown-reporter', `There is no report called ${name}.`, [
    ...(near === undefined ? [] : [`Did you mean ${near}?`]),
    `Use one of: ${names.join(', ')}`,
  ]);
}

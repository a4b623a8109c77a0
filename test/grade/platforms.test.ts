/** What learning platforms read, each held against its own specification. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { parseCsv } from '../../src/lib/csv.ts';
import { parseRoster } from '../../src/lib/roster.ts';
import { formatOf } from '../../src/report/grades/formats.ts';
import type { GradeReport } from '../../src/report/grades/model.ts';
import { anyGrade, anyReport, everyKind, reportWith } from './reports.ts';

const options = { color: false, root: '/course', token: 'TOKEN-1', at: '2026-11-23T12:00:00.000Z' };
const written = (name: string, report: GradeReport): string => formatOf(name).end(report, options);
const whole = reportWith(everyKind);
const bo = reportWith([everyKind[1]!]);

test('classroom: base64 of what its reporter reads; the scores sum to the points', () => {
  const result = z.strictObject({
    version: z.literal(1),
    status: z.enum(['pass', 'fail', 'error']),
    max_score: z.number(),
    tests: z.array(
      z.strictObject({
        name: z.string().min(1),
        status: z.enum(['pass', 'fail', 'error']),
        score: z.number(),
        message: z.string(),
        test_code: z.string(),
        filename: z.string(),
        line_no: z.int(),
        duration: z.number(),
      }),
    ),
  });
  const read = (report: GradeReport) =>
    result.parse(JSON.parse(Buffer.from(written('classroom', report), 'base64').toString()));
  const its = read(bo);
  expect(its.status).toBe('fail');
  expect(its.tests.reduce((sum, { score }) => sum + score, 0)).toBe(6);
  expect(its.tests.at(-1)).toMatchObject({ name: 'further checks', score: 0 });
  expect(read(reportWith([everyKind[2]!]))).toMatchObject({ status: 'error' });
  fc.assert(
    fc.property(anyGrade, (grade) => void read(reportWith([grade]))),
    { numRuns: 50 },
  );
  const { GITHUB_OUTPUT } = formatOf('classroom').appends!(bo) as Record<string, string>;
  expect(GITHUB_OUTPUT).toMatch(/^result=[A-Za-z0-9+/]+=*\n$/);
  expect(() => written('classroom', whole)).toThrow(/of one submission; these are 5/);
});

test('gradescope: results.json by its specification', () => {
  const format = z.enum(['text', 'html', 'simple_format', 'md', 'ansi']);
  const visibility = z.enum(['hidden', 'after_due_date', 'after_published', 'visible']);
  const results = z.strictObject({
    score: z.number().optional(),
    execution_time: z.number().optional(),
    output: z.string().optional(),
    output_format: format.optional(),
    visibility: visibility.optional(),
    stdout_visibility: visibility.optional(),
    extra_data: z.record(z.string(), z.unknown()).optional(),
    tests: z
      .array(
        z.strictObject({
          score: z.number(),
          max_score: z.number(),
          status: z.enum(['passed', 'failed']),
          name: z.string(),
          number: z.string(),
          output: z.string().optional(),
          output_format: format.optional(),
          tags: z.array(z.string()).optional(),
          visibility: visibility.optional(),
        }),
      )
      .optional(),
  });
  const read = (report: GradeReport) => results.parse(JSON.parse(written('gradescope', report)));
  const its = read(bo);
  expect(its.score).toBe(6);
  expect(its.tests!.reduce((sum, { score }) => sum + score, 0)).toBe(6);
  // A hidden test hides the learner's total.
  expect(its.tests!.map((one) => one.visibility)).not.toContain('hidden');
  expect(its.tests!.at(-1)).toMatchObject({ name: 'further checks', visibility: 'after_published' });
  const broken = read(reportWith([everyKind[2]!]));
  expect(broken.score).toBeUndefined();
  expect(broken.tests).toBeUndefined();
  fc.assert(
    fc.property(anyGrade, (grade) => void read(reportWith([grade]))),
    { numRuns: 50 },
  );
});

describe('gradebooks', () => {
  const roster = parseRoster(
    'r.csv',
    'Student,ID,SIS User ID,SIS Login ID,Section\n    Points Possible,,,,\n"Lovelace, Ada",7,S7,ada,A\n"Ek, Bo",8,S8,bo,A\n',
  ).learners;
  test('canvas: the roster’s own columns, and no number where there is no grade', () => {
    const named = everyKind.map((grade) => ({
      ...grade,
      learner: { ada: '7', bo: '8' }[grade.learner] ?? grade.learner,
    }));
    expect(parseCsv(written('canvas', reportWith(named, { roster })))).toEqual([
      ['Student', 'ID', 'SIS User ID', 'SIS Login ID', 'Section', 'A cable'],
      ['    Points Possible', '', '', '', '', '8'],
      ['Lovelace, Ada', '7', 'S7', 'ada', 'A', '8'],
      ['Ek, Bo', '8', 'S8', 'bo', 'A', '6'],
      ['cy', '', '', 'cy', '', ''],
      ['di', '', '', 'di', '', ''],
      ['eve', '', '', 'eve', '', ''],
    ]);
  });
  test('moodle: `-` is no grade', () => {
    const rows = parseCsv(written('moodle', whole));
    expect(rows[0]).toEqual(['username', 'A cable', 'A cable feedback']);
    expect(rows.slice(1).map(([who, points]) => [who, points])).toEqual([
      ['ada', '8'],
      ['bo', '6'],
      ['cy', '-'],
      ['di', '-'],
      ['eve', '-'],
    ]);
    expect(rows[2]![2]).toBe('rooms: -1, blue is there: it is not there | further checks: -1');
  });
  test('any strings: every row has its columns, and no field is a formula', () => {
    fc.assert(
      fc.property(anyReport, (report) => {
        for (const [name, columns] of [
          ['canvas', 6],
          ['moodle', 3],
        ] as const)
          for (const row of parseCsv(written(name, report))) {
            expect(row).toHaveLength(columns);
            for (const field of row) expect(field).not.toMatch(/^[=@\t\r]|^[+-](?!\d+(\.\d+)?$|$)/);
          }
      }),
      { numRuns: 50 },
    );
  });
});

test('lti: payloads of the score service; who has no score gets none', () => {
  const score = z
    .strictObject({
      userId: z.string(),
      timestamp: z.iso.datetime({ precision: 3 }),
      scoreGiven: z.number().min(0).optional(),
      scoreMaximum: z.number().min(0).optional(),
      comment: z.string().optional(),
      activityProgress: z.enum(['Initialized', 'Started', 'InProgress', 'Submitted', 'Completed']),
      gradingProgress: z.enum(['FullyGraded', 'Pending', 'PendingManual', 'Failed', 'NotReady']),
    })
    .refine(({ scoreGiven, scoreMaximum }) => scoreGiven === undefined || scoreMaximum !== undefined);
  const read = (report: GradeReport) => z.array(score).parse(JSON.parse(written('lti', report)));
  expect(
    read(whole).map(({ userId, scoreGiven, gradingProgress }) => [userId, scoreGiven, gradingProgress]),
  ).toEqual([
    ['ada', 8, 'FullyGraded'],
    ['bo', 6, 'FullyGraded'],
    ['cy', undefined, 'Failed'],
    ['di', undefined, 'PendingManual'],
    ['eve', undefined, 'NotReady'],
  ]);
  fc.assert(
    fc.property(anyReport, (report) => void read(report)),
    { numRuns: 50 },
  );
});

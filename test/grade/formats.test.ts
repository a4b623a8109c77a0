/** Each report held against its own specification, with whatever a learner may have written in it. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FORMATS, formatOf } from '../../src/report/grades/formats.ts';
import { githubSummary } from '../../src/report/grades/github.ts';
import { jsonSchema, reportSchema } from '../../src/report/grades/json.ts';
import type { GradeReport } from '../../src/report/grades/model.ts';
import { readTap } from '../report/tap-reader.ts';
import { type Element, readXml } from '../report/xml.ts';
import { anyGrade, anyReport, everyKind, gradeWith, HIDDEN, plan, reportWith } from './reports.ts';

const options = { color: false, root: '/course', token: 'TOKEN-1', at: '2026-11-23T12:00:00.000Z' };
const written = (name: string, report: GradeReport): string => formatOf(name).end(report, options);
const streamed = (name: string, report: GradeReport): string => {
  const { each, end } = formatOf(name);
  return `${report.grades.map((grade) => each?.(grade, options) ?? '').join('')}${end(report, options)}`;
};
const whole = reportWith(everyKind);
const bo = reportWith([everyKind[1]!]);

/** Nothing that moves a cursor, rings a bell or turns the writing round. */
const UNSAFE = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/;
const all = (element: Element, name: string): Element[] => [
  ...(element.name === name ? [element] : []),
  ...element.children.flatMap((child) => all(child, name)),
];

describe('every format', () => {
  test('is safe on a terminal and in a log, whatever is in it', () => {
    fc.assert(
      fc.property(anyReport, anyGrade, (report, grade) => {
        for (const name of Object.keys(FORMATS)) {
          const of = ['classroom', 'gradescope'].includes(name) ? reportWith([grade]) : report;
          const text = streamed(name, of);
          expect(text).not.toMatch(UNSAFE);
          expect(text.isWellFormed() || name === 'json').toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });
  test('that a learner reads says nothing of a hidden check but the sum', () => {
    for (const name of ['github', 'classroom', 'gradescope', 'canvas', 'moodle', 'lti']) {
      const of = ['classroom', 'gradescope'].includes(name) ? bo : whole;
      const text = written(name, of);
      expect(name === 'classroom' ? Buffer.from(text, 'base64').toString() : text).not.toContain(HIDDEN);
    }
    expect(githubSummary(whole)).not.toContain(HIDDEN);
    // Not even where it is the one that could not be looked at.
    const broken = gradeWith(
      'ada',
      { [HIDDEN]: 'broken' },
      { state: 'broken', because: `${HIDDEN}: no tool`, earnedMilli: undefined },
    );
    for (const name of ['github', 'classroom', 'gradescope', 'moodle', 'lti']) {
      const text = written(name, reportWith([broken]));
      expect(name === 'classroom' ? Buffer.from(text, 'base64').toString() : text).not.toContain(HIDDEN);
    }
  });
  test('has a name that can be mistyped', () => {
    expect(() => formatOf('gradscope')).toThrow(/no report called gradscope/);
  });
});

describe('json', () => {
  test('is what its schema says, and the schema is one', () => {
    reportSchema.parse(JSON.parse(written('json', whole)));
    expect(jsonSchema()).toMatchObject({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      type: 'object',
    });
    fc.assert(
      fc.property(anyReport, (report) => void reportSchema.parse(JSON.parse(written('json', report)))),
      { numRuns: 50 },
    );
  });
  test('gives points only to those who were graded', () => {
    const { learners, counts } = reportSchema.parse(JSON.parse(written('json', whole)));
    expect(learners.map(({ points }) => points)).toEqual([8, 6, undefined, undefined, undefined]);
    expect(counts).toEqual({ graded: 2, broken: 1, refused: 1, missing: 1 });
  });
});

test('ndjson: an object a line, a learner each, and the sums at the end', () => {
  fc.assert(
    fc.property(anyReport, (report) => {
      const lines = streamed('ndjson', report).split('\n');
      expect(lines.pop()).toBe('');
      const objects = lines.map((line) => JSON.parse(line));
      expect(objects.map(({ type }) => type)).toEqual([
        ...report.grades.map(() => 'graded'),
        'grading-finished',
      ]);
    }),
    { numRuns: 50 },
  );
});

describe('junit', () => {
  test('a suite a learner; broken is an error, what only follows is skipped', () => {
    const root = readXml(written('junit', whole));
    const suites = all(root, 'testsuite');
    expect(
      suites.map(({ attributes: { name, failures, errors, skipped } }) => [name, failures, errors, skipped]),
    ).toEqual([
      ['ada', '0', '0', '0'],
      ['bo', '2', '0', '1'],
      ['cy', '0', '1', '0'],
      ['di', '0', '1', '0'],
      ['eve', '0', '0', '1'],
    ]);
  });
  test('any strings: well-formed, the numbers add up, only what the schema knows', () => {
    const known: Readonly<Record<string, readonly string[]>> = {
      testsuites: ['name', 'tests', 'failures', 'errors', 'skipped', 'time'],
      testsuite: ['name', 'tests', 'failures', 'errors', 'skipped', 'time', 'timestamp', 'hostname'],
      testcase: ['name', 'classname', 'time'],
      failure: ['message', 'type'],
      error: ['message', 'type'],
      skipped: ['message'],
    };
    fc.assert(
      fc.property(anyReport, (report) => {
        const root = readXml(written('junit', report));
        const check = (element: Element): void => {
          expect(known[element.name]).toEqual(expect.arrayContaining(Object.keys(element.attributes)));
          for (const child of element.children) check(child);
        };
        check(root);
        for (const kind of ['failure', 'error', 'skipped'] as const)
          expect(
            Number(root.attributes[{ failure: 'failures', error: 'errors', skipped: 'skipped' }[kind]]),
          ).toBe(all(root, kind).length);
        expect(Number(root.attributes.tests)).toBe(all(root, 'testcase').length);
        for (const { attributes } of all(root, 'testsuite'))
          expect(attributes.timestamp).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/);
      }),
      { numRuns: 50 },
    );
  });
});

test('tap 14: a point a learner, the checks as a subtest', () => {
  const { points } = readTap(written('tap', whole));
  expect(points.map(({ ok, description, directive }) => [ok, description, directive])).toEqual([
    [true, 'ada (8 of 8)', undefined],
    [false, 'bo (6 of 8)', undefined],
    [false, 'cy (not graded)', undefined],
    [false, 'di', undefined],
    [true, 'eve', 'SKIP nothing was handed in'],
  ]);
  expect(points[1]!.subtest).toHaveLength(plan.items.length);
  fc.assert(
    fc.property(anyReport, (report) => {
      if (report.grades.length > 0)
        expect(readTap(written('tap', report)).points).toHaveLength(report.grades.length);
    }),
    { numRuns: 50 },
  );
});

describe('github', () => {
  /** As the runner reads a log: commands begin a line, and are off between the marks. */
  function commandsIn(text: string): string[] {
    let stopped = '';
    return text.split(/\r\n|\r|\n/).flatMap((line) => {
      if (stopped !== '') {
        if (line === `::${stopped}::`) stopped = '';
        return [];
      }
      const found = /^\s*::([\w-]+)(?: [^:]*(?:[^:]|:(?!:))*)?::(.*)$/.exec(line);
      if (found?.[1] === 'stop-commands') stopped = found[2]!;
      return found === null ? [] : [found[1]!];
    });
  }
  test('an annotation a lost point, none for what only follows', () => {
    const text = written('github', whole);
    expect(commandsIn(text)).toEqual(['stop-commands', 'error', 'notice', 'error', 'error']);
    expect(text).toContain(
      '::error file=subs/bo.md,title=rooms%3A -1::blue is there%0Ait is not there%0Aaddress: expected',
    );
    expect(text).toContain('::notice file=subs/bo.md,title=further checks::0 of 1');
  });
  test('nothing that a submission has printed is a command', () => {
    fc.assert(
      fc.property(anyReport, (report) => {
        for (const command of commandsIn(written('github', report)))
          expect(['stop-commands', 'error', 'notice']).toContain(command);
      }),
    );
  });
  test('the summary is Markdown that a cell cannot leave, and fits', () => {
    fc.assert(
      fc.property(anyReport, (report) => {
        const rows = githubSummary(report)
          .split('\n')
          .filter((line) => line.startsWith('|'));
        for (const row of rows) expect([6, 7]).toContain(row.split('|').length);
        expect(githubSummary(report)).not.toMatch(/<|\]\(/);
      }),
      { numRuns: 50 },
    );
    const many = reportWith(
      Array.from({ length: 4000 }, (_, i) =>
        gradeWith(`l${i}`, { blue: 'lost', red: 'lost' }, {}, 'x'.repeat(400)),
      ),
    );
    expect(Buffer.byteLength(githubSummary(many))).toBeLessThan(1024 * 1024);
  });
});

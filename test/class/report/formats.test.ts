/** The report on a class in each of its formats: complete, and safe whatever a learner calls themselves. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Entry } from '../../../src/board/events.ts';
import { CLASS_FORMATS, formatted, reportFile } from '../../../src/class/report/formats.ts';
import { classReportSchema } from '../../../src/class/report/json.ts';
import { reportOf } from '../../../src/class/report/make.ts';
import { SELF_REPORTED } from '../../../src/class/report/model.ts';
import { parseCsv } from '../../../src/lib/csv.ts';
import { FORMATS } from '../../../src/report/grades/formats.ts';
import { reportSchema } from '../../../src/report/grades/json.ts';
import { anyLog, COURSE, logOf, MINUTE, NOON, NOTHING_MORE } from '../../board/a-class.ts';
import { type Element, readXml } from '../../report/xml.ts';
import { MONDAY } from './monday.ts';

const make = (entries: readonly Entry[]) =>
  reportOf(entries, { course: COURSE, wirebook: '1.2.3', at: NOON + 60 * MINUTE });
const monday = make(MONDAY);
const as = (name: string, more = {}) => formatted(name, monday, { course: COURSE, ...more });
const roster = [
  {
    id: 'ada@school.test',
    name: 'Ada',
    aliases: [],
    columns: { 'SIS Login ID': 'ada@school.test', Student: 'Lovelace, Ada' },
  },
  {
    id: 'zoe@school.test',
    name: 'Zoe',
    aliases: [],
    columns: { 'SIS Login ID': 'zoe@school.test', Student: 'Zoe' },
  },
];
/** Of one submission only. */
const ONE = ['gradescope', 'classroom'];

test('every format of grading is there, under its own name or one of its own', () => {
  const renamed = { pretty: 'grades', json: 'grades-json', html: 'grades-html' } as Record<string, string>;
  for (const name of Object.keys(FORMATS)) expect(CLASS_FORMATS).toContain(renamed[name] ?? name);
  expect(CLASS_FORMATS).toEqual(expect.arrayContaining(['text', 'json', 'csv', 'html']));
});

test.each(CLASS_FORMATS)('%s: a file of its own, with something in it', (name) => {
  const file = reportFile(name, monday, {
    course: COURSE,
    ...(ONE.includes(name) ? { learner: 'ada@school.test' } : {}),
  });
  expect(file.name).toMatch(/^monday-2026-05-04(-[a-z-]+)?\.[a-z]+$/);
  expect(file.text.length).toBeGreaterThan(20);
});

test('each is a file of another name', () => {
  const names = CLASS_FORMATS.filter((name) => !ONE.includes(name)).map(
    (name) => reportFile(name, monday, { course: COURSE }).name,
  );
  expect(new Set(names).size).toBe(names.length);
  expect(names).toEqual(expect.arrayContaining(['monday-2026-05-04.html', 'monday-2026-05-04-canvas.csv']));
  const dated = { ...monday, id: '2026-05-04-4a98a061' };
  expect(reportFile('csv', dated, { course: COURSE }).name).toBe('2026-05-04-4a98a061.csv');
});

test.each(['text', 'json', 'html', 'grades', 'grades-json', 'grades-html'])(
  '%s says what the results are worth',
  (name) => expect(as(name)).toContain(SELF_REPORTED.slice(0, 60)),
);

test('text: who was there, what was hard, where they stopped', () => {
  const text = as('text');
  expect(text).toMatch(/bob@school\.test +BOB +12:01 +13 min +9 min +2 +7\/18 +0\+1s +left +01-veth: Use it/);
  expect(text).toMatch(/Where people gave up\n {2}1 {2}01-veth: Use it/);
  expect(text).toContain('1 learner, 3 runs, 1 still  01-veth/address: veth-b is up\n      3 x no address');
});

test('json keeps to its schema', () => {
  const report = classReportSchema.parse(JSON.parse(as('json')));
  expect(report.learners.map(({ points }) => points)).toEqual([18, 7, 0, 3, 0]);
  expect(report.learners[0]!.cells.map(({ cell }) => cell)).toContain('__proto__');
});

test('csv: a row a learner, a spreadsheet reads it', () => {
  const [head, ...rows] = parseCsv(as('csv'));
  expect(rows).toHaveLength(5);
  const ada = Object.fromEntries(head!.map((key, index) => [key, rows[0]![index]]));
  expect(ada).toMatchObject({
    id: 'ada@school.test',
    'connected (min)': '20',
    'points, self-reported': '18',
    '01-veth: points': '12',
    '01-veth/look: attempts': '2',
    '02-bridge/__proto__: state': 'passed',
  });
});

describe('results for gradebooks', () => {
  test('grades-json keeps to the schema of grading; what a machine could not look at is no zero', () => {
    const grades = reportSchema.parse(JSON.parse(as('grades-json', { roster })));
    expect(grades.learners.map(({ learner, state, points }) => [learner, state, points])).toEqual([
      ['ada@school.test', 'graded', 18],
      ['bob@school.test', 'graded', 7],
      ['eve@school.test', 'broken', undefined],
      ['KIM', 'graded', 3],
      ['zoe@school.test', 'missing', undefined],
    ]);
    expect(grades.learners[1]!.items.every(({ said }) => said)).toBe(true);
    expect(grades.learners[1]!.items.find(({ cell }) => cell === '01-veth/address')!.reason).toBe(
      'Does not hold: veth-b is up (no address); veth-c is up',
    );
  });
  test('one lesson of the course by itself', () => {
    const grades = reportSchema.parse(JSON.parse(as('grades-json', { lesson: '02-bridge' })));
    expect(grades.lesson.id).toBe('02-bridge');
    expect(grades.learners.map(({ points }) => points)).toEqual([6, 0, 0, 0]);
    expect(() => as('canvas', { lesson: 'none' })).toThrow(/no lesson none/);
  });
  test('canvas and moodle: by the roster’s own columns', () => {
    const [head, possible, ada] = parseCsv(as('canvas', { roster }));
    expect(head!.at(-1)).toBe('Cables on Monday');
    expect(possible!.at(-1)).toBe('18');
    expect(ada).toEqual(['Lovelace, Ada', '', '', 'ada@school.test', '', '18']);
    expect(parseCsv(as('moodle', { roster }))[1]!.slice(0, 2)).toEqual(['ada@school.test', '18']);
  });
  test('junit is XML; a failed cell is a failure, one that could not be looked at an error', () => {
    const root = readXml(as('junit').replace(/^<\?xml[^>]*>\n/, ''));
    expect(root.attributes).toMatchObject({ errors: '1' });
  });
  test('those of one learner want one', () => {
    expect(() => as('gradescope')).toThrow(/of one submission/);
    expect(JSON.parse(as('gradescope', { learner: 'ada@school.test' })).tests).toHaveLength(6);
    expect(() => as('gradescope', { learner: 'nobody' })).toThrow(/Nobody called nobody/);
  });
});

test('a name that is near is told', () => {
  expect(() => as('csvv')).toThrow(
    expect.objectContaining({
      code: 'unknown-reporter',
      next: expect.arrayContaining(['Did you mean csv?']),
    }),
  );
});

const HOSTILE = [
  '<script>alert(1)</script>',
  '" onmouseover="alert(1)',
  '\u001b[2J\u001b]0;owned\u0007',
  '=HYPERLINK("http://evil.test")',
  '\u202egnp.exe',
  ']]>&amp;',
  '::error::not yours',
];

test.each(HOSTILE)('a learner called %j harms no format', (name) => {
  const hostile = make(
    logOf(
      ['host:1', { type: 'class-opened', id: '../../etc', title: name }],
      ['host:1', { type: 'joined', learner: 'x', name, consent: NOTHING_MORE, tokenHash: 'x'.repeat(64) }],
      ['learner:x', { type: 'lesson-opened', lesson: '01-veth', hash: 'h' }],
      [
        'learner:x',
        {
          type: 'cell',
          lesson: '01-veth',
          cell: 'make',
          status: 'failed',
          attempts: 1,
          hints: 0,
          solution: false,
          earned: 0,
          holding: 0,
          failing: [{ check: name.slice(0, 20), kind: 'ping', state: 'fail', title: name, because: name }],
        },
      ],
    ),
  );
  for (const format of CLASS_FORMATS) {
    const { name: file, text } = reportFile(format, hostile, { course: COURSE });
    expect(file).not.toMatch(/[/\\]|\.\./);
    expect(text).not.toMatch(/[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/);
    if (format.endsWith('html'))
      for (const { name: element, attributes } of everything(readPage(text))) {
        expect(element).not.toBe('script');
        expect(Object.keys(attributes).filter((key) => /^on|^src$/.test(key))).toEqual([]);
      }
    if (['csv', 'canvas', 'moodle'].includes(format))
      expect(
        parseCsv(text)
          .flat()
          .filter((field) => field.startsWith('=')),
      ).toEqual([]);
  }
});

test('any log: pages are well-formed and every format can be written', () => {
  fc.assert(
    fc.property(anyLog, (entries) => {
      const report = make(entries);
      for (const format of CLASS_FORMATS.filter((name) => !ONE.includes(name))) {
        const text = formatted(format, report, { course: COURSE });
        if (format === 'html') readPage(text);
        if (format === 'json') classReportSchema.parse(JSON.parse(text));
        if (format === 'grades-json') reportSchema.parse(JSON.parse(text));
      }
    }),
    { numRuns: 40 },
  );
});

const everything = (element: Element): Element[] => [element, ...element.children.flatMap(everything)];

function readPage(source: string): Element {
  const style = /<style>\n([^<]*)<\/style>/.exec(source)![1]!;
  expect(style).not.toMatch(/url\(|@import|expression/);
  return readXml(
    source
      .replace('<!DOCTYPE html>\n', '')
      .replace(style, '')
      .replace(/<(meta|br)((?: [a-z-]+="[^"<]*")*)>/g, '<$1$2/>')
      .trim(),
  );
}

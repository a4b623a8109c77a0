import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exitCodeOf } from '../../src/report/exit-code.ts';
import { githubSummary } from '../../src/report/github.ts';
import type { Report } from '../../src/report/model.ts';
import { REPORTERS, reporterOf } from '../../src/report/reporters.ts';
import { anyReport, cellResult, check, eventsOf, everyState, lessonResult, reportOf } from './reports.ts';
import { readTap, type TapPoint } from './tap-reader.ts';
import { type Element, readXml } from './xml.ts';

const options = { color: false, root: '/course', token: 'TOKEN-1' };

function written(name: string, report: Report, color = false): string {
  const reporter = reporterOf(name);
  return eventsOf(report)
    .map((event) => reporter(event, { ...options, color }))
    .join('');
}

/** Nothing that moves a cursor, rings a bell or turns the writing round. */
const UNSAFE = /[\0-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/;

const all = (element: Element, name: string): Element[] => [
  ...(element.name === name ? [element] : []),
  ...element.children.flatMap((child) => all(child, name)),
];

describe('junit', () => {
  test('a suite a lesson, a case a check; broken is an error', () => {
    const root = readXml(written('junit', everyState));
    expect(root.attributes).toMatchObject({ tests: '7', failures: '3', errors: '2', skipped: '1' });
    const [suite, refused] = all(root, 'testsuite');
    expect(suite!.attributes).toMatchObject({
      name: '01-cable',
      tests: '6',
      failures: '3',
      errors: '1',
      skipped: '1',
      time: '1.234',
      timestamp: '2026-11-23T12:00:00',
    });
    expect(refused!.attributes).toMatchObject({ name: '02-bridge/lesson.md', errors: '1' });
    expect(all(root, 'failure').map((one) => one.attributes.type)).toEqual([
      'fail',
      'vacuous',
      'no-solution',
    ]);
    expect(all(root, 'failure')[0]!.text).toContain('01-cable/lesson.md:14\nexpected: UP\nfound: DOWN');
    expect(all(root, 'failure')[0]!.text).toContain('RTNETLINK answers: File exists');
    expect(all(root, 'testcase').some((one) => 'file' in one.attributes)).toBe(false);
  });

  test('any strings: well-formed, the numbers add up, every case is there', () => {
    fc.assert(
      fc.property(anyReport, (report) => {
        const root = readXml(written('junit', report));
        const cases = all(root, 'testcase');
        expect(Number(root.attributes.tests)).toBe(cases.length);
        expect(Number(root.attributes.failures)).toBe(all(root, 'failure').length);
        expect(Number(root.attributes.errors)).toBe(all(root, 'error').length);
        expect(Number(root.attributes.skipped)).toBe(all(root, 'skipped').length);
        expect(all(root, 'testsuite')).toHaveLength(report.lessons.length + 1);
      }),
    );
  });
});

describe('tap', () => {
  test('a point a lesson, its checks as a subtest', () => {
    const { points } = readTap(written('tap', everyState));
    expect(points.map((point) => [point.ok, point.description])).toEqual([
      [false, '01-cable'],
      [false, '02-bridge/lesson.md'],
    ]);
    expect(points[0]!.subtest!.map((point) => [point.ok, point.directive])).toEqual([
      [true, undefined],
      [false, undefined],
      [false, undefined],
      [false, undefined],
      [false, undefined],
      [true, 'SKIP tcpdump is not there on host'],
    ]);
    expect(points[0]!.subtest![2]!.yaml).toContain('  state: "broken"');
  });

  test('any strings: well-formed, plans right, and a description cannot skip its own point', () => {
    fc.assert(
      fc.property(anyReport, (report) => {
        const { points, bailed } = readTap(written('tap', report));
        expect(bailed).toBe(report.interrupted);
        expect(points).toHaveLength(report.lessons.length + 1);
        const bad = report.lessons
          .flatMap((one) => one.cells)
          .flatMap((cell) => (cell.checks.length === 0 ? [cell.state] : cell.checks.map((one) => one.state)));
        const flat = points.flatMap((point): TapPoint[] => point.subtest ?? []);
        expect(flat.map((point) => point.ok)).toEqual(
          bad.map((state) => state === 'pass' || state === 'skipped'),
        );
        expect(flat.map((point) => point.directive !== undefined)).toEqual(
          bad.map((state) => state === 'skipped'),
        );
      }),
    );
  });
});

describe('github', () => {
  test('an annotation a failure, with the file as the forge knows it', () => {
    const lines = written('github', everyState).split('\n');
    const errors = lines.filter((line) => line.startsWith('::error '));
    expect(errors).toHaveLength(5);
    expect(errors[0]).toMatch(
      /^::error file=01-cable\/lesson\.md,line=14,title=01-cable up\/1%3A does not hold::/,
    );
    expect(errors[0]).toContain('%0Aexpected: UP');
    expect(errors.at(-1)).toContain('file=02-bridge/lesson.md,line=3');
  });

  test('nothing that a cell or a lesson holds is taken for a command', () => {
    fc.assert(
      fc.property(anyReport, (report) => {
        let stopped = false;
        for (const line of written('github', report).split(/\r\n|\r|\n/)) {
          if (line === '::TOKEN-1::') stopped = false;
          else if (line === '::stop-commands::TOKEN-1') stopped = true;
          else if (!stopped && line.trimStart().startsWith('::'))
            expect(line).toMatch(/^::error file=[^:,]*,line=\d+,title=[^:,]*::[^\r\n]*$/);
        }
        expect(stopped).toBe(false);
      }),
    );
  });

  test('the summary is Markdown whose table nothing can leave, and is never too long', () => {
    fc.assert(
      fc.property(anyReport, (report) => {
        const rows = githubSummary(report)
          .split('\n')
          .filter((line) => line.startsWith('|'));
        for (const row of rows) expect(row.split('|')).toHaveLength(7);
      }),
    );
    const many = Array.from({ length: 4000 }, (_, n) =>
      check(`c${n}`, { state: 'fail', found: '<&>'.repeat(300) }),
    );
    const big = githubSummary(reportOf([lessonResult([cellResult('big', { checks: many })])]));
    expect(Buffer.byteLength(big)).toBeLessThan(1024 * 1024);
    expect(big).toContain('There is more');
  });
});

describe('json', () => {
  test('one document that is the report', () => {
    expect(JSON.parse(written('json', everyState))).toEqual(JSON.parse(JSON.stringify(everyState)));
  });

  test('ndjson: one object a line, each cell once, the counts last', () => {
    const lines = written('ndjson', everyState)
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.map((line) => line.type)).toEqual([
      'test-started',
      'lesson-refused',
      'cell-tested',
      'cell-tested',
      'cell-tested',
      'cell-tested',
      'lesson-tested',
      'test-finished',
    ]);
    expect(lines.at(-1).counts.checks).toEqual({ pass: 1, fail: 2, broken: 1, skipped: 0 });
  });

  test.each(['json', 'ndjson'])('%s of any strings can be read back', (name) => {
    fc.assert(
      fc.property(anyReport, (report) => {
        const text = written(name, report);
        const documents = name === 'json' ? [text] : text.trimEnd().split('\n');
        for (const document of documents) JSON.parse(document);
      }),
    );
  });
});

describe('pretty', () => {
  test('on a terminal its lines begin under one another and none is longer than the terminal', () => {
    const long = check('up/1', {
      state: 'fail',
      title: `interface veth-client in ${'a-namespace '.repeat(12)}is up`,
      expected: `interface veth-client in ${'a-namespace '.repeat(12)}is up`,
      found: 'state is DOWN',
      differences: [{ field: 'state', expected: 'UP', found: 'DOWN' }],
    });
    const report = reportOf([lessonResult([cellResult('up', { checks: [long], stdout: 'x'.repeat(90) })])]);
    const text = eventsOf(report)
      .map((event) => reporterOf('pretty')(event, { ...options, width: 80 }))
      .join('');
    const lines = text.split('\n');
    expect(lines.filter((line) => line.length > 80)).toEqual([`      ${'x'.repeat(90)}`]);
    expect(lines[2]).toMatch(/^ {4}✗ interface veth-client in a-namespace/);
    expect(lines[3]).toMatch(/^ {6}a-namespace/);
    // The title says what is expected, the difference what was found.
    expect(text).not.toContain('expected: interface');
    expect(text).not.toContain('found: state');
    expect(text).toContain('state: expected UP, found DOWN');
  });

  test('what a cell printed explains nothing about a check that held too early', () => {
    const early = cellResult('up', { checks: [check('up/1', { fault: 'vacuous' })], stdout: 'printed' });
    expect(written('pretty', reportOf([lessonResult([early])]))).not.toContain('printed');
  });

  test('what holds is a line, what does not is told whole', () => {
    expect(written('pretty', everyState)).toMatchInlineSnapshot(`
      "✗ 02-bridge/lesson.md  not run: the lesson is wrong
          /course/02-bridge/lesson.md:3:1: error: Unknown field \`sate\`. [unknown-field]
              3 | sate: up
                | ^~~~
      ! 01-cable  1 of 4 checks  1.2 s
        ! up
          ✗ veth-client is up  01-cable/lesson.md:14
              expected: UP
              found: DOWN
              state: expected up, found down
              cause: The interface is down.
              try: Look at ip link set.
          ! veth-client is up  01-cable/lesson.md:14
              expected: UP
              found: nft is not there
          ✗ veth-client is up  01-cable/lesson.md:14
              It held before its cell too, so it says nothing about the cell. Write \`invariant: true\` where that is meant.
          stdout:
            RTNETLINK answers: File exists
        ✗ task
          ✗ the cell runs  01-cable/lesson.md:10
              The task has no .solution.
        - dump
          - the cell runs  01-cable/lesson.md:10
              tcpdump is not there on host

      lessons: 1 broken, 1 refused
      cells: 1 held, 1 failed, 1 broken, 1 skipped
      checks: 1 held, 2 failed, 1 broken
      2 s on embedded
      "
    `);
  });

  test('a broken sandbox is told once, not once a cell', () => {
    const because = 'The machine is on fire.';
    const broken = ['a', 'b'].map((id) => cellResult(id, { checks: [], state: 'broken', because }));
    const text = written('pretty', reportOf([lessonResult(broken, { because, next: ['Put it out.'] })]));
    expect(text.split(because)).toHaveLength(2);
    expect(text).toContain('Put it out.');
  });

  test('colours only where they are asked for', () => {
    expect(written('pretty', everyState, true)).toContain('\x1b[31m');
  });
});

test.each(Object.keys(REPORTERS))('%s: no control character of a learner reaches a terminal', (name) => {
  fc.assert(fc.property(anyReport, (report) => !UNSAFE.test(written(name, report))));
});

test('an unknown reporter is an error with what there is', () => {
  expect(() => reporterOf('junti')).toThrow(
    expect.objectContaining({
      code: 'unknown-reporter',
      next: expect.arrayContaining(['Did you mean junit?']),
    }),
  );
  expect(() => reporterOf('constructor')).toThrow();
});

describe('exit code', () => {
  const of = (state: 'pass' | 'fail' | 'broken' | 'skipped') =>
    lessonResult([cellResult('one', { state, checks: state === 'skipped' ? [] : [check('c', { state })] })]);
  const { refused } = everyState;
  test.each([
    [0, reportOf([of('pass')])],
    [0, reportOf([of('pass'), of('skipped')])],
    [1, reportOf([of('pass'), of('fail')])],
    [2, reportOf([])],
    [2, reportOf([of('skipped')])],
    [2, reportOf([of('fail')], { refused })],
    [3, reportOf([of('broken'), of('fail')], { refused })],
    [130, reportOf([of('broken')], { interrupted: true })],
  ])('%i', (exit, report) => {
    expect(exitCodeOf(report)).toBe(exit);
  });
});

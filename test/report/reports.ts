/** Reports as data: one with every state, and any at all. */
import fc from 'fast-check';
import type { CellResult, CheckResult, LessonResult, Report, ReportEvent } from '../../src/report/model.ts';
import { countsOf } from '../../src/report/model.ts';
import { worst } from '../../src/session/test-result.ts';

const place = (line: number) => ({ file: '/course/01-cable/lesson.md', line, column: 3 });

export function check(
  id: string,
  fields: Partial<CheckResult['verdict']> & { fault?: 'vacuous' } = {},
): CheckResult {
  const { fault, ...rest } = fields;
  const verdict: CheckResult['verdict'] = {
    check: id,
    kind: 'interface',
    state: 'pass',
    title: 'veth-client is up',
    expected: 'UP',
    found: 'DOWN',
    differences: [],
    points: 0,
    looks: 1,
    durationMs: 12,
    host: 'host',
    netns: '',
    place: place(14),
    ...rest,
  };
  return { verdict, state: fault ? 'fail' : verdict.state, ...(fault && { fault }) };
}

export function cellResult(id: string, fields: Partial<CellResult> = {}): CellResult {
  const checks = fields.checks ?? [check(`${id}/1`)];
  return {
    id,
    number: 1,
    role: 'run',
    step: 'Lay the cable',
    place: place(10),
    state: worst(checks.map((one) => one.state)),
    afterFailure: false,
    text: 'true',
    durationMs: 40,
    checks,
    ...fields,
  };
}

export function lessonResult(cells: readonly CellResult[], fields: Partial<LessonResult> = {}): LessonResult {
  return {
    lesson: '01-cable',
    file: '/course/01-cable/lesson.md',
    title: 'A cable',
    language: 'en',
    driver: 'embedded',
    state: worst(cells.map((one) => one.state)),
    startedAt: '2026-11-23T12:00:00.000Z',
    durationMs: 1234,
    cells,
    ...fields,
  };
}

export function reportOf(lessons: readonly LessonResult[], fields: Partial<Report> = {}): Report {
  return {
    format: 1,
    wirebook: '0.1.0',
    driver: 'embedded',
    startedAt: '2026-11-23T12:00:00.000Z',
    durationMs: 2000,
    interrupted: false,
    lessons,
    refused: [],
    counts: countsOf(lessons),
    ...fields,
  };
}

export const everyState = reportOf(
  [
    lessonResult([
      cellResult('lay'),
      cellResult('up', {
        stdout: 'RTNETLINK answers: File exists\n',
        checks: [
          check('up/1', {
            state: 'fail',
            differences: [{ field: 'state', expected: 'up', found: 'down' }],
            explanation: { cause: 'The interface is down.', advice: 'Look at ip link set.', steps: [] },
          }),
          check('up/2', { state: 'broken', found: 'nft is not there' }),
          check('up/3', { fault: 'vacuous' }),
        ],
      }),
      cellResult('task', {
        checks: [],
        state: 'fail',
        fault: 'no-solution',
        because: 'The task has no .solution.',
      }),
      cellResult('dump', { checks: [], state: 'skipped', because: 'tcpdump is not there on host' }),
    ]),
  ],
  {
    refused: [
      {
        file: '/course/02-bridge/lesson.md',
        diagnostics: [
          {
            code: 'unknown-field',
            severity: 'error',
            message: 'Unknown field `sate`.',
            place: { file: '/course/02-bridge/lesson.md', line: 3, column: 1 },
            length: 4,
            source: 'sate: up',
          },
        ],
      },
    ],
  },
);

export function eventsOf(report: Report): ReportEvent[] {
  return [
    {
      type: 'test-started',
      at: report.startedAt,
      wirebook: report.wirebook,
      driver: report.driver,
      files: report.lessons.map((one) => one.file),
    },
    ...report.refused.map((refusal): ReportEvent => ({ type: 'lesson-refused', refusal })),
    ...report.lessons.flatMap((result): ReportEvent[] => [
      ...result.cells.map(
        (cell): ReportEvent => ({ type: 'cell-tested', lesson: result.lesson, file: result.file, cell }),
      ),
      { type: 'lesson-tested', result },
    ]),
    { type: 'test-finished', report },
  ];
}

const HOSTILE = [
  ']]>',
  '</testcase><testcase name="x">',
  '&amp;&#0;',
  '\0\x07\x1b[2J\x1b]0;title\x07',
  '::error file=x::y',
  '\n::set-output name=a::b',
  '\r\n::add-mask::x',
  '\nok 99 - mine',
  '\n1..1\n',
  ' # SKIP',
  ' # TODO',
  '\\',
  '\n  ...\n',
  '---',
  'Bail out!',
  '\u2028\u202e\ufffe\uffff\u0085',
  '\ud800',
  '😀',
  '"\'<>&',
  '%0A%25',
];

/** Text as a learner who wants to spoil the report would write it. */
export const hostileText: fc.Arbitrary<string> = fc
  .array(fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: 'binary', maxLength: 12 })), {
    maxLength: 6,
  })
  .map((parts) => parts.join(''));

const anyState = fc.constantFrom('pass' as const, 'fail' as const, 'broken' as const, 'skipped' as const);

const anyCheck = fc
  .record({
    id: hostileText,
    state: anyState,
    title: hostileText,
    expected: hostileText,
    found: hostileText,
    cause: hostileText,
    fault: fc.boolean(),
  })
  .map(({ id, state, title, expected, found, cause, fault }) =>
    check(id, {
      state,
      title,
      expected,
      found,
      differences: [{ field: cause, expected: found, found: title }],
      explanation: { cause, advice: found, steps: [] },
      ...(fault && { fault: 'vacuous' as const }),
    }),
  );

const anyCell = fc
  .record({
    id: hostileText,
    checks: fc.array(anyCheck, { maxLength: 3 }),
    because: hostileText,
    stdout: hostileText,
    stderr: hostileText,
  })
  .map(({ id, ...fields }) => cellResult(id, fields));

export const anyReport: fc.Arbitrary<Report> = fc
  .record({
    lessons: fc.array(
      fc.record({
        cells: fc.array(anyCell, { maxLength: 3 }),
        lesson: hostileText,
        title: hostileText,
        file: hostileText,
      }),
      { maxLength: 3 },
    ),
    message: hostileText,
    interrupted: fc.boolean(),
  })
  .map(({ lessons, message, interrupted }) => {
    const fault = everyState.refused[0]!.diagnostics[0]!;
    return reportOf(
      lessons.map(({ cells, ...fields }) => lessonResult(cells, fields)),
      { interrupted, refused: [{ file: message, diagnostics: [{ ...fault, message, source: message }] }] },
    );
  });

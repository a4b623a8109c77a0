/** Any event of a session, in any order: what a cut journal, a late background job or a changed lesson may bring. */
import fc from 'fast-check';
import type { SessionEvent } from '../../src/session/events.ts';

const cellId = fc.constantFrom('one', 'two', 'three', 'gone', '__proto__', 'constructor');
const text = fc.string({ maxLength: 40 });
const at = fc.integer({ min: 0, max: 2 ** 41 });
const list = fc.array(text, { maxLength: 2 });

const verdict = fc.record({
  check: fc.constantFrom('a', 'b', 'c', '__proto__'),
  kind: fc.constant('file'),
  state: fc.constantFrom('pass' as const, 'fail' as const, 'broken' as const, 'skipped' as const),
  title: text,
  expected: text,
  found: text,
  differences: fc.constant([]),
  points: fc.integer({ min: 0, max: 5 }),
  looks: fc.constant(1),
  durationMs: fc.nat(),
  host: fc.constant('host'),
  netns: fc.constant(''),
  place: fc.constant({ file: 'l', line: 1, column: 1 }),
});

const of = <T extends string, R>(type: T, fields: { [K in keyof R]: fc.Arbitrary<R[K]> }) =>
  fc.record({ at, type: fc.constant(type), ...fields } as never) as unknown as fc.Arbitrary<SessionEvent>;

export const anyEvent: fc.Arbitrary<SessionEvent> = fc.oneof(
  of('session-opened', { lesson: text, file: text, hash: text, driver: text, version: text }),
  of('sandbox-creating', {}),
  of('sandbox-progress', { message: text }),
  of('sandbox-ready', { hosts: list, durationMs: fc.nat() }),
  of('sandbox-lost', { message: text, next: list }),
  of('setup-failed', { message: text }),
  of('notice', { message: text, next: list }),
  of('moved', { block: fc.integer({ min: -3, max: 9 }) }),
  of('answer-edited', { cell: cellId, text }),
  of('cell-started', {
    cell: cellId,
    text,
    by: fc.constantFrom('learner', 'replay', 'solution', 'test'),
  }),
  of('output', { cell: cellId, stream: fc.constantFrom('stdout', 'stderr'), text }),
  of('cell-finished', {
    cell: cellId,
    outcome: fc.constantFrom('exited', 'timeout', 'interrupted', 'shell-ended'),
    exit: fc.option(fc.integer({ min: 0, max: 255 })),
    stdout: text,
    stderr: text,
    durationMs: fc.nat(),
  }),
  of('cell-skipped', { cell: cellId, reason: text }),
  of('cell-replayed', { cell: cellId, ran: fc.boolean() }),
  of('catching-up', { under: fc.boolean() }),
  of('cell-not-repeated', { cell: cellId, why: fc.constantFrom('interrupted', 'ended', 'unknown') }),
  of('cell-jumped', { cell: cellId, text }),
  of('rewound', { cells: fc.array(cellId, { maxLength: 3 }) }),
  of('checks-started', { cell: cellId }),
  of('check-judged', { cell: cellId, verdict }),
  of('checks-finished', { cell: cellId }),
  of('checks-watched', {
    cell: cellId,
    verdicts: fc.array(verdict, { maxLength: 3 }),
    withdrawn: list,
    passed: fc.boolean(),
  }),
  of('hint-shown', { cell: cellId, hint: fc.nat({ max: 4 }) }),
  of('solution-shown', { cell: cellId }),
  of('quiz-answered', {
    quiz: fc.constantFrom('q', '__proto__'),
    choice: fc.nat({ max: 3 }),
    right: fc.boolean(),
  }),
  of('quiz-shown', { quiz: fc.constantFrom('q', '__proto__') }),
  of('reset', {}),
  of('lesson-finished', {}),
  of('session-closed', {}),
);

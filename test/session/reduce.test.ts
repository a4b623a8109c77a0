import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Verdict } from '../../src/check/model.ts';
import type { SessionEvent } from '../../src/session/events.ts';
import { initialState, reduce } from '../../src/session/reduce.ts';
import type { SessionState } from '../../src/session/state.ts';
import { anyEvent } from './arbitrary-events.ts';
import { cell, fileCheck, fileEngine, lessonOf } from './fake-lesson.ts';

const lesson = lessonOf([
  cell('one', 'echo 1', { points: 1, expects: [fileCheck('/a', { points: 2 })] }),
  cell('two', 'echo 2', { points: 4 }),
  cell('three', '', { role: 'task' }),
]);

const fold = (events: readonly SessionEvent[], from: SessionState = initialState(lesson, 0)) =>
  events.reduce((state, event) => reduce(state, event, lesson), from);

const seen = { hosts: {}, probes: {}, at: '' };
const passing: Verdict = {
  ...fileEngine.judge(lesson.cells[0]!.expects[0]!, { observation: seen, values: {} }),
  state: 'pass',
};
const failing: Verdict = { ...passing, state: 'fail' };

const started = (id: string, by: 'learner' | 'replay' = 'learner'): SessionEvent => ({
  at: 1,
  type: 'cell-started',
  cell: id,
  text: 'echo 1',
  by,
});
const finished = (id: string, outcome: 'exited' | 'interrupted' = 'exited'): SessionEvent => ({
  at: 2,
  type: 'cell-finished',
  cell: id,
  outcome,
  exit: 0,
  stdout: 'out\n',
  stderr: 'err\n',
  durationMs: 1,
});
const checked = (id: string, ...verdicts: Verdict[]): SessionEvent[] => [
  { at: 3, type: 'checks-started', cell: id },
  ...verdicts.map((verdict): SessionEvent => ({ at: 3, type: 'check-judged', cell: id, verdict })),
  { at: 4, type: 'checks-finished', cell: id },
];
const passed = [started('one'), finished('one'), ...checked('one', passing)];

test('a cell goes from waiting over running and checking to passed, and its points are earned', () => {
  const statuses = passed.map((_, n) => fold(passed.slice(0, n + 1)).cells.one!.status);
  expect(statuses).toEqual(['running', 'checking', 'checking', 'checking', 'passed']);
  expect(fold(passed).points).toEqual({ earned: 3, possible: 7 });
  expect(fold(passed).cells.one!.output.map((piece) => piece.text)).toEqual(['out\n', 'err\n']);
});

test('another sandbox has nothing of what was only begun in a shell; a try that failed is as of before', () => {
  const watched: SessionEvent = {
    at: 5,
    type: 'checks-watched',
    cell: 'one',
    verdicts: [passing],
    withdrawn: [],
    passed: false,
  };
  const ready: SessionEvent = { at: 6, type: 'sandbox-ready', hosts: ['host'], durationMs: 1 };
  expect(fold([watched]).points.earned).toBe(2);
  const gone = fold([watched, ready]);
  expect(gone.cells.one).toMatchObject({ status: 'waiting', verdicts: [], gone: true });
  expect(gone.points.earned).toBe(0);
  expect(fold([watched, ready, watched]).cells.one).not.toHaveProperty('gone');
  expect(fold([watched, ready, ...passed]).cells.one).not.toHaveProperty('gone');
  const failed = fold([started('one'), finished('one'), ...checked('one', failing), ready]).cells.one;
  expect(failed).toMatchObject({ status: 'failed', replayed: true });
  expect(failed?.verdicts).toHaveLength(1);
  // What passed is said to be of before as well, until it is looked at.
  expect(fold([...passed, ready]).cells.one).toEqual({ ...fold(passed).cells.one, replayed: true });
  expect(fold([...passed, ready, ...checked('one', passing)]).cells.one).not.toHaveProperty('replayed');
});

test('a failed check fails the cell, and a broken one does not', () => {
  expect(fold([started('one'), finished('one'), ...checked('one', failing)]).cells.one!.status).toBe(
    'failed',
  );
  const broken: Verdict = { ...passing, state: 'broken' };
  const state = fold([started('one'), finished('one'), ...checked('one', broken)]);
  expect(state.cells.one!.status).toBe('broken');
  expect(state.points.earned).toBe(0);
  const both = checked('one', broken, { ...failing, check: 'other' });
  expect(fold([started('one'), finished('one'), ...both]).cells.one!.status).toBe('failed');
});

test('streamed output stands in the order of its arrival; the finished texts do not come a second time', () => {
  const output: SessionEvent = { at: 1, type: 'output', cell: 'one', stream: 'stderr', text: 'live\n' };
  const state = fold([started('one'), output, finished('one')]);
  expect(state.cells.one!.output).toEqual([{ stream: 'stderr', text: 'live\n' }]);
});

test('a background cell prints on after it has passed', () => {
  const late: SessionEvent = { at: 9, type: 'output', cell: 'one', stream: 'stdout', text: 'late\n' };
  expect(fold([...passed, late]).cells.one!.output.at(-1)!.text).toContain('late');
  expect(fold([...passed, { at: 9, type: 'reset' }, late]).cells.one!.output).toEqual([]);
});

test('the sandbox that is lost breaks what runs, and fails nothing', () => {
  const state = fold([...passed, started('two'), { at: 5, type: 'sandbox-lost', message: 'gone', next: [] }]);
  expect(state.cells.two!.status).toBe('broken');
  expect(state.cells.one!.status).toBe('passed');
  expect(state.sandbox.state).toBe('lost');
});

test.each<[string, SessionEvent]>([
  ['the sandbox was lost', { at: 5, type: 'sandbox-lost', message: 'gone', next: [] }],
  ['it was interrupted', finished('one', 'interrupted')],
  ['wirebook was killed', { at: 6, type: 'session-closed' }],
])('a replay that is cut short takes nothing away: %s', (_, event) => {
  const state = fold([...passed, started('one', 'replay'), event]);
  expect(state.cells.one).toMatchObject({ status: 'passed', attempts: 1 });
  expect(state.points.earned).toBe(3);
  expect(state.cells.one!.output.length).toBeGreaterThan(0);
});

test('a replay that fails says so', () => {
  const replay = [started('one', 'replay'), finished('one'), ...checked('one', failing)];
  expect(fold([...passed, ...replay]).cells.one!.status).toBe('failed');
});

test('reset: all cells wait, answers stay', () => {
  const edit: SessionEvent = { at: 1, type: 'answer-edited', cell: 'three', text: 'ip link' };
  const state = fold([...passed, edit, { at: 5, type: 'reset' }]);
  expect(Object.values(state.cells).map((one) => one.status)).toEqual(['waiting', 'waiting', 'waiting']);
  expect(state.cells.three!.answer).toBe('ip link');
  expect(state.points).toEqual({ earned: 0, possible: 7 });
});

test('any events in any order: no exception, the same cells, points within bounds, the old state untouched', () => {
  fc.assert(
    fc.property(fc.array(anyEvent, { maxLength: 60 }), (events) => {
      const start = structuredClone(initialState(lesson, 0));
      const frozen = JSON.stringify(start);
      let state = start;
      for (const event of events) {
        state = reduce(state, event, lesson);
        expect(Object.keys(state.cells)).toEqual(['one', 'two', 'three']);
        expect(state.points.earned).toBeGreaterThanOrEqual(0);
        expect(state.block).toBeGreaterThanOrEqual(0);
        expect(state.block).toBeLessThan(lesson.blocks.length);
        for (const one of Object.values(state.cells))
          if (one.status === 'passed') expect(one.verdicts.every((v) => v.state === 'pass')).toBe(true);
      }
      expect(JSON.stringify(start)).toBe(frozen);
      // What a journal keeps is JSON: through it nothing may get lost.
      expect(JSON.parse(JSON.stringify(state))).toEqual(JSON.parse(JSON.stringify(structuredClone(state))));
      expect(Object.getPrototypeOf({}).status).toBeUndefined();
    }),
    { numRuns: 500 },
  );
});

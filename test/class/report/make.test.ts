/** What a class comes to, of its log. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { reportOf } from '../../../src/class/report/make.ts';
import { text } from '../../../src/class/report/text.ts';
import { anyLog, COURSE, cell, joined, logOf, MINUTE, NOON } from '../../board/a-class.ts';
import { MONDAY } from './monday.ts';

const make = (entries = MONDAY, at = NOON + 60 * MINUTE) =>
  reportOf(entries, { course: COURSE, wirebook: '1.2.3', at });
const report = make();
const of = (id: string) => report.learners.find((one) => one.id === id)!;
const minute = (at: number): number => (at - NOON) / MINUTE;
const spansOf = (id: string) => of(id).spans.map(({ from, to }) => [minute(from), minute(to)]);

test('the class: when it was, and how many began and finished each lesson', () => {
  expect(report).toMatchObject({
    id: 'monday',
    title: 'Cables on Monday',
    openedAt: NOON,
    endedAt: NOON + 20 * MINUTE,
  });
  expect(report.lessons).toEqual([
    { id: '01-veth', title: 'A cable', cells: 4, possible: 12, started: 4, finished: 1 },
    { id: '02-bridge', title: 'A bridge', cells: 2, possible: 6, started: 1, finished: 1 },
  ]);
  expect(report.polls).toEqual([{ question: 'Faster?', choices: ['yes', 'no'], votes: [0, 1] }]);
});

describe('attendance', () => {
  test('who was there to the end was there until the end, though all connections end with it', () => {
    expect(spansOf('ada')).toEqual([[0, 20]]);
    expect(of('ada').connectedMs).toBe(20 * MINUTE);
  });
  test('who went was there until then', () => {
    expect(spansOf('bob')).toEqual([[1, 14]]);
    expect(minute(of('bob').leftAt!)).toBe(14);
  });
  test('a cut of a moment is none, a longer one is; what a host hears late of one who is with another by now is nothing', () => {
    expect(spansOf('eve')).toEqual([
      [2, 8],
      [13, 20],
    ]);
    expect(of('eve').connectedMs).toBe(13 * MINUTE);
  });
  test('who was taken out stays in the report', () => {
    expect(of('tom')).toMatchObject({ removed: true, points: 0 });
    expect(spansOf('tom')).toEqual([[4, 9]]);
  });
  test('pauses of more than five minutes are no work', () => {
    expect(of('ada').activeMs).toBe(12 * MINUTE);
    expect(of('eve').activeMs).toBe(MINUTE);
  });
  test('while it goes on, who is there is there until now', () => {
    const now = NOON + 8 * MINUTE;
    const running = make(
      MONDAY.filter(({ at }) => at <= now),
      now,
    );
    expect(running.endedAt).toBeUndefined();
    expect(running.learners.find(({ id }) => id === 'ada')!.connectedMs).toBe(8 * MINUTE);
  });
});

test('a class whose hosts all died is not attended for ever', () => {
  const until = NOON + 8 * MINUTE;
  const [day] = make(
    MONDAY.filter(({ at }) => at <= until),
    until + 24 * 60 * MINUTE,
  ).learners;
  expect(day!.connectedMs).toBe(18 * MINUTE);
});

describe('results', () => {
  test('points of cells and lessons, hints and solutions', () => {
    expect(of('ada')).toMatchObject({
      points: 18,
      possible: 18,
      done: 6,
      hints: 1,
      solutions: 0,
      finished: true,
    });
    expect(of('bob')).toMatchObject({ points: 7, done: 2, solutions: 1, questions: 1, finished: false });
    expect(of('eve')).toMatchObject({ points: 0, done: 0, hands: 1 });
  });
  test('nobody earns more than there is, whatever their machine says', () => {
    expect(of('kim')).toMatchObject({ points: 3, possible: 18 });
  });
  test('what does not hold still is told with the cell', () => {
    const bobs = of('bob').cells.find((one) => one.cell === 'address')!;
    expect(bobs).toMatchObject({ status: 'failed', attempts: 3, earned: 1, possible: 3 });
    expect(bobs.failing.map(({ title }) => title)).toEqual(['veth-b is up', 'veth-c is up']);
  });
});

describe('where people gave up', () => {
  const step = (lesson: string, at: number) =>
    report.steps.find((one) => one.lesson === lesson && one.step === at)!;
  test('how many came how far, and who went there', () => {
    expect(step('01-veth', 0)).toMatchObject({ reached: 4, done: 2, stopped: 0, hinted: 1, solved: 1 });
    expect(step('01-veth', 1)).toMatchObject({ reached: 2, done: 1, stopped: 1 });
    expect(step('02-bridge', 0)).toMatchObject({ reached: 1, done: 1, stopped: 0 });
  });
  test('who begins at a later lesson was not in those before it', () => {
    const jumped = make(
      logOf(
        ['host:1', joined('zoe'), NOON],
        ['learner:zoe', { type: 'lesson-opened', lesson: '02-bridge', hash: 'h2' }, NOON + MINUTE],
        ['learner:zoe', cell('02-bridge', 'add', 'passed'), NOON + 2 * MINUTE],
      ),
    );
    const reached = jumped.steps.map(({ lesson, reached }) => `${lesson} ${reached}`);
    expect(reached).toEqual(['01-veth 0', '01-veth 0', '02-bridge 1']);
    const shown = text(jumped);
    expect(shown).toContain('Nobody was in: 01-veth');
    expect(shown).toContain('Build');
  });
  test('the time spent at a step, of those who worked there', () => {
    // Ada six minutes, Bob four, Kim one; Eve came back after a long pause and worked one.
    expect(step('01-veth', 0).medianMs).toBe(MINUTE);
    expect(step('01-veth', 1).medianMs).toBe(4 * MINUTE);
  });
  test('the checks, by learners; one run counts once though it is told again, and what could not be looked at is apart', () => {
    expect(
      report.checks.map(({ check, learners, failures, open, broken }) => [
        check,
        learners,
        failures,
        open,
        broken,
      ]),
    ).toEqual([
      ['veth-b', 1, 3, 1, 0],
      ['veth-c', 1, 3, 1, 0],
      ['veth-a', 1, 1, 0, 0],
      ['veth-a', 0, 0, 0, 1],
    ]);
    expect(report.checks[0]!.because).toEqual([{ text: 'no address', count: 3 }]);
  });
});

test('any log: read twice over it is the same report, and sums hold', () => {
  fc.assert(
    fc.property(anyLog, (entries) => {
      const once = make(entries);
      expect(make(entries.flatMap((entry) => [entry, entry]))).toEqual(once);
      for (const { points, possible, cells, connectedMs, activeMs, done } of once.learners) {
        expect(points).toBeLessThanOrEqual(possible);
        expect(points).toBeCloseTo(
          cells.reduce((sum, { earned }) => sum + earned, 0),
          6,
        );
        expect(connectedMs).toBeGreaterThanOrEqual(0);
        expect(activeMs).toBeGreaterThanOrEqual(0);
        expect(done).toBeLessThanOrEqual(6);
      }
      for (const { reached, done, stopped } of once.steps) {
        expect(done).toBeLessThanOrEqual(reached);
        expect(stopped).toBeLessThanOrEqual(reached);
        expect(reached).toBeLessThanOrEqual(once.learners.length);
      }
    }),
  );
});

/** From a record to points: pure, so that every rule can be seen alone. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Verdict, VerdictState } from '../../src/check/model.ts';
import type { GradeRecord, Walk, WalkedCell } from '../../src/grade/model.ts';
import { planOf, shares } from '../../src/grade/score/items.ts';
import { DEFAULT_POLICY } from '../../src/grade/score/policy.ts';
import { gradeOf } from '../../src/grade/score/score.ts';
import type { Lesson } from '../../src/lesson/model.ts';
import type { Policy } from '../../src/report/grades/grade.ts';
import { CABLE, cable, lessonFrom, SOLUTIONS } from './lessons.ts';

const lesson = cable();

/** By check id; what is not named holds. */
type States = Readonly<Record<string, VerdictState>>;

function walkOf(
  of: Lesson,
  kind: Walk['kind'],
  states: States,
  by: Readonly<Record<string, WalkedCell['by']>> = {},
): Walk {
  return {
    kind,
    cells: of.cells.map((cell) => ({
      cell: cell.id,
      by: by[cell.id] ?? (cell.role === 'run' ? 'lesson' : 'learner'),
      ran: { text: 'x', outcome: 'exited', exit: 0, stdout: '', stderr: '', durationMs: 1 },
      verdicts: cell.expects.map(
        (check): Verdict => ({
          check: check.id,
          kind: check.kind,
          state: states[check.id] ?? 'pass',
          title: check.id,
          expected: 'this',
          found: `${kind} found that`,
          differences: [],
          points: check.points,
          looks: 1,
          durationMs: 0,
          host: 'host',
          netns: '',
          place: check.place,
        }),
      ),
    })),
  };
}

const record = (walks: Walk[], more: Partial<GradeRecord> = {}): GradeRecord => ({
  format: 1,
  learner: 'ada',
  source: 'ada.md',
  fingerprint: 'f',
  lesson: { id: 'cable', hash: 'h' },
  driver: 'fake',
  wirebook: '0',
  startedAt: '2026-01-01T00:00:00.000Z',
  durationMs: 1,
  attempts: 1,
  state: 'graded',
  answers: SOLUTIONS,
  help: {},
  notes: [],
  checks: {},
  walks,
  ...more,
});

function score(
  walks: Walk[],
  {
    policy = {},
    of = lesson,
    ...more
  }: { policy?: Partial<Policy>; of?: Lesson } & Partial<GradeRecord> = {},
) {
  return gradeOf(planOf(of, { ...DEFAULT_POLICY, ...policy }), record(walks, more));
}
const item = (grade: ReturnType<typeof score>, id: string) => grade.items.find(({ check }) => check === id)!;

test('everything that holds earns everything', () => {
  expect(score([walkOf(lesson, 'submitted', {})])).toMatchObject({
    state: 'graded',
    earnedMilli: 7000,
    possibleMilli: 7000,
  });
});

test('a cell’s points are shared among its checks, and each lost point has its reason and evidence', () => {
  const grade = score([walkOf(lesson, 'submitted', { reach: 'fail' })]);
  expect(grade.earnedMilli).toBe(6000);
  expect(item(grade, 'reach')).toMatchObject({
    state: 'lost',
    earnedMilli: 0,
    reason: 'submitted found that.',
    evidence: { expected: 'this', found: 'submitted found that' },
  });
});

test('`whole`: the cell’s points are all or nothing, points of the checks stay', () => {
  const own = lessonFrom(CABLE.replace('  id: r0-address\n', '  id: r0-address\n  points: 1\n'));
  const walk = walkOf(own, 'submitted', { reach: 'fail' });
  expect(score([walk], { of: own, policy: { partial: 'whole' } }).earnedMilli).toBe(2000 + 2000 + 1000);
  expect(score([walkOf(own, 'submitted', {})], { of: own, policy: { partial: 'whole' } }).earnedMilli).toBe(
    8000,
  );
});

describe('what fails behind an earlier failure', () => {
  const submitted = walkOf(lesson, 'submitted', {
    blue: 'fail',
    b0: 'fail',
    reach: 'fail',
    'b0-address': 'fail',
  });
  const repaired = walkOf(lesson, 'reference', { 'b0-address': 'fail' }, { rooms: 'reference' });
  test('costs nothing where it holds once that is put right; what is the learner’s own still does', () => {
    const grade = score([submitted, repaired]);
    expect(item(grade, 'b0')).toMatchObject({ state: 'followed', earnedMilli: 1000, because: 'rooms' });
    expect(item(grade, 'reach')).toMatchObject({ state: 'followed', earnedMilli: 1000 });
    expect(item(grade, 'b0-address')).toMatchObject({
      state: 'lost',
      earnedMilli: 0,
      reason: 'reference found that.',
    });
    expect(item(grade, 'blue')).toMatchObject({ state: 'lost', earnedMilli: 0 });
    expect(grade.earnedMilli).toBe(5000);
  });
  test('counts the share that the author gives it', () => {
    expect(score([submitted, repaired], { policy: { carry: 0.5 } }).earnedMilli).toBe(4000);
    expect(score([submitted, repaired], { policy: { carry: 0 } }).earnedMilli).toBe(3000);
  });
  test('is lost where it was not answered', () => {
    const { cable: _, ...answers } = SOLUTIONS;
    expect(item(score([submitted, repaired], { answers }), 'b0')).toMatchObject({
      state: 'lost',
      reason: 'Not answered: submitted found that.',
    });
  });
  test('is never excused by the author’s own words in the learner’s place', () => {
    const byAuthor = walkOf(lesson, 'reference', {}, { rooms: 'reference', cable: 'reference' });
    expect(item(score([submitted, byAuthor]), 'b0').state).toBe('lost');
  });
});

describe('what holds only because an earlier cell has not made it', () => {
  const held = (walk: Walk, ids: readonly string[]): Walk => ({
    ...walk,
    cells: walk.cells.map((cell) => ({ ...cell, held: ids })),
  });
  const submitted = held(walkOf(lesson, 'submitted', { blue: 'fail' }), ['b0']);
  test('earns nothing where it does not hold once that is made', () => {
    const grade = score([submitted, walkOf(lesson, 'reference', { b0: 'fail' }, { rooms: 'reference' })]);
    expect(item(grade, 'b0')).toMatchObject({
      state: 'lost',
      earnedMilli: 0,
      reason: 'reference found that.',
    });
    // What the answer itself has brought about is earned, whatever the other walk says.
    expect(
      item(score([submitted, walkOf(lesson, 'reference', { r0: 'fail' }, { rooms: 'reference' })]), 'r0')
        .state,
    ).toBe('earned');
  });
  test('is earned where it holds then too: an earlier answer had done it', () => {
    expect(
      item(score([submitted, walkOf(lesson, 'reference', {}, { rooms: 'reference' })]), 'b0').state,
    ).toBe('earned');
  });
});

test('hints and the solution take what the author says, never more than was earned', () => {
  const help = { addresses: { hints: 2, solution: false } };
  const grade = score([walkOf(lesson, 'submitted', {})], { policy: { hint: 0.1 }, help });
  expect(grade.earnedMilli).toBe(7000 - 600);
  expect(grade.cells[2]).toMatchObject({ penaltyMilli: 600, penalty: 'Shown: 2 hints.' });
  const none = score(
    [walkOf(lesson, 'submitted', { reach: 'fail', 'r0-address': 'fail', 'b0-address': 'fail' })],
    { policy: { solution: 1 }, help: { addresses: { hints: 0, solution: true } } },
  );
  expect(none.earnedMilli).toBe(4000);
});

test('what could not be looked at makes no zero: the whole is not graded', () => {
  const grade = score([walkOf(lesson, 'submitted', { reach: 'broken' })]);
  expect(grade).toMatchObject({ state: 'broken', because: 'submitted found that' });
  expect(grade.earnedMilli).toBeUndefined();
});

describe('what held before its cell already', () => {
  const text = CABLE.replace('  id: red\n', '  id: red\n- interface: lo\n  id: lo\n  invariant: true\n');
  const guarded = lessonFrom(text);
  test('earns nothing, and costs a share when it is broken', () => {
    expect(item(score([walkOf(guarded, 'submitted', {})], { of: guarded }), 'lo')).toMatchObject({
      milli: 0,
      earnedMilli: 0,
    });
    expect(score([walkOf(guarded, 'submitted', { lo: 'fail' })], { of: guarded }).earnedMilli).toBe(6000);
  });
  test('never takes from other cells', () => {
    const grade = score([walkOf(guarded, 'submitted', { lo: 'fail', red: 'fail', blue: 'fail' })], {
      of: guarded,
    });
    expect(grade.earnedMilli).toBe(5000);
    // What is told to be lost sums to what is missing.
    expect(grade.items.reduce((sum, one) => sum + one.milli - one.earnedMilli, 0)).toBe(2000);
  });
});

describe('the submission’s own words', () => {
  const text = CABLE.replace(
    '- netns: blue\n  id: blue\n',
    '- output: {contains: done}\n  id: says\n  points: 5\n',
  );
  const said = lessonFrom(text);
  test('are worth nothing unless the author wants them, and the instructor is told', () => {
    const plan = planOf(said, DEFAULT_POLICY);
    expect(plan.possibleMilli).toBe(7000);
    expect(plan.items.find(({ check }) => check === 'says')).toMatchObject({ said: true, milli: 0 });
    expect(plan.notices.join()).toMatch(/says: judged by what the submission itself says/);
    expect(planOf(said, { ...DEFAULT_POLICY, said: true }).possibleMilli).toBe(12_000);
  });
});

test('a lesson without any points: each task that is checked counts one', () => {
  const plan = planOf(lessonFrom(CABLE.replace(/ points=\d/g, '')), DEFAULT_POLICY);
  expect(plan.possibleMilli).toBe(3000);
  expect(plan.notices).toEqual(['The lesson gives no points, so each task that has checks counts one.']);
});

test('a lesson says in its front matter how it wants to be counted', () => {
  expect(
    lessonFrom(CABLE.replace('needs:', 'grading: {hint: 0.25, partial: whole}\nneeds:')).grading,
  ).toEqual({ hint: 0.25, partial: 'whole' });
  expect(() => lessonFrom(CABLE.replace('needs:', 'grading: {hint: 3}\nneeds:'))).toThrow(/0 to 1/);
});

test('shares always sum to the whole and differ by one at most', () => {
  fc.assert(
    fc.property(fc.nat(1_000_000), fc.integer({ min: 1, max: 50 }), (whole, count) => {
      const parts = shares(whole, count);
      expect(parts.reduce((a, b) => a + b)).toBe(whole);
      expect(Math.max(...parts) - Math.min(...parts)).toBeLessThanOrEqual(1);
    }),
  );
});

test('points are never less than none nor more than there are, whatever failed', () => {
  const ids = lesson.cells.flatMap((cell) => cell.expects.map(({ id }) => id));
  const states = fc.record(
    Object.fromEntries(ids.map((id) => [id, fc.constantFrom<VerdictState>('pass', 'fail')])),
  );
  fc.assert(
    fc.property(states, states, fc.double({ min: 0, max: 1, noNaN: true }), (one, two, carry) => {
      const walks = [walkOf(lesson, 'submitted', one), walkOf(lesson, 'reference', two)];
      const { earnedMilli, cells, possibleMilli } = score(walks, {
        policy: { carry, hint: carry },
        help: { cable: { hints: 1, solution: false } },
      });
      expect(earnedMilli).toBe(cells.reduce((sum, cell) => sum + cell.earnedMilli, 0));
      expect(earnedMilli).toBeGreaterThanOrEqual(0);
      expect(earnedMilli).toBeLessThanOrEqual(possibleMilli);
    }),
  );
});

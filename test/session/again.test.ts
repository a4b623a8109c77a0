/** Another sandbox in the place of the one before: what was done is done again in its order, and no verdict is of another one. */
import { readFileSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Verdict } from '../../src/check/model.ts';
import type { Cell } from '../../src/lesson/model.ts';
import type { SessionEvent } from '../../src/session/events.ts';
import { initialState, reduce } from '../../src/session/reduce.ts';
import { dueAfter, replayPlan } from '../../src/session/replay.ts';
import type { Action, Session } from '../../src/session/session.ts';
import { anyEvent } from './arbitrary-events.ts';
import { cell, fileCheck, fileEngine, lessonOf } from './fake-lesson.ts';
import { FakeDriver } from './fake-sandbox.ts';
import { sessions } from './opened.ts';

const cells = [
  cell('one', 'touch /a', { expects: [fileCheck('/a', { points: 1 })] }),
  cell('two', '# yours', {
    role: 'task',
    solution: 'touch /b\ntouch /bb',
    expects: [fileCheck('/b', { points: 1 }), fileCheck('/bb', { points: 1 })],
    step: 1,
  }),
  cell('three', 'touch /c', { expects: [fileCheck('/c')], step: 2 }),
];
const lesson = lessonOf(cells, {
  steps: [
    { title: 'One', from: 0, to: 1 },
    { title: 'Two', from: 1, to: 2 },
    { title: 'Three', from: 2, to: 3 },
  ],
});

const { start, path } = sessions();

function open(onRun?: (host: string, text: string) => void) {
  const driver = new FakeDriver(onRun ? { onRun } : {});
  const { notices, ...rest } = start({ lesson, driver, engine: fileEngine });
  return { ...rest, driver, notices: () => notices().map(({ code }) => code) };
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5));
}

/** The journal as it is now, to be put back later. */
function journalNow() {
  const bytes = readFileSync(path());
  return { putBack: () => writeFileSync(path(), bytes) };
}

const failing: Verdict = {
  check: 'is-/b',
  kind: 'file',
  state: 'fail',
  title: '/b is there',
  expected: 'there',
  found: 'not there',
  differences: [],
  points: 1,
  looks: 1,
  durationMs: 1,
  host: 'host',
  netns: '',
  place: { file: 'l', line: 1, column: 1 },
};

const run = (id: string, text?: string): Action => ({
  do: 'run-cell',
  cell: id,
  ...(text === undefined ? {} : { text }),
});
const states = (session: Session, id: string) =>
  session.getState().cells[id]!.verdicts.map(({ check, state }) => `${check} ${state}`);

test('a task that failed is done again as it was written, and what holds is seen in this sandbox', async () => {
  const first = open();
  await first.act(run('one'), run('two', 'touch /b'));
  const seen = states(first.session, 'two');
  expect(first.of('two').status).toBe('failed');
  await first.session.close();

  const { session, driver, events, of } = open();
  // Before there is anything in the new sandbox, all that is known is said to be of before.
  for (const id of ['one', 'two']) expect(of(id).replayed).toBe(true);
  await session.idle();
  expect(driver.made[0]!.ran).toEqual(['touch /a', 'touch /b']);
  expect(of('two')).toMatchObject({ status: 'failed', by: 'replay', attempts: 1, answer: 'touch /b' });
  expect(of('two').replayed).toBeUndefined();
  expect(states(session, 'two')).toEqual(seen);
  const judged = events.flatMap((event) => (event.type === 'check-judged' ? [event.cell] : []));
  expect(new Set(judged)).toEqual(new Set(['two']));
  expect(session.getState().points.earned).toBe(2);
});

test('what did not hold then and holds now is told as it is now', async () => {
  const first = open();
  await first.act(run('two', 'touch /b'));
  await first.session.close();
  const second = open((_, text) => {
    // Something that takes a while and was not yet there when it was looked at.
    if (text === 'touch /b') void second.driver.made[0]!.run('host', 'touch /bb', { timeoutMs: 1 });
  });
  await second.session.idle();
  expect(second.of('two')).toMatchObject({ status: 'passed', attempts: 1 });
});

test('a right answer that builds on a wrong one is done again behind it', async () => {
  const first = open();
  await first.act(run('two', 'touch /b\ntouch /stray'));
  await first.act(run('two', 'rm /stray\ntouch /bb'));
  expect(first.of('two').status).toBe('passed');
  await first.session.close();
  const { session, driver, of, events } = open();
  await session.idle();
  expect(driver.made[0]!.ran).toEqual(['touch /b\ntouch /stray', 'rm /stray\ntouch /bb']);
  expect(of('two')).toMatchObject({ status: 'passed', replayed: true, text: 'rm /stray\ntouch /bb' });
  // The learner is told of the cell, not of each try.
  expect(events.filter((event) => event.type === 'cell-started')).toHaveLength(1);
});

test('a run that was interrupted is not repeated: its verdicts go, and that is said', async () => {
  const first = open();
  first.session.act(run('two', 'touch /b\nhang'));
  await until(() => first.of('two').status === 'running');
  first.session.act({ do: 'interrupt' });
  await first.session.idle();
  expect(first.of('two').status).toBe('failed');
  await first.session.close();
  const { session, driver, of, notices } = open();
  await session.idle();
  expect(driver.made[0]!.ran).toEqual([]);
  expect(of('two')).toMatchObject({
    status: 'waiting',
    verdicts: [],
    output: [],
    notRepeated: 'interrupted',
  });
  expect(of('two').answer).toBe('touch /b\nhang');
  expect(notices()).toContain('not-repeated');
  session.act(run('two', 'touch /b'));
  await session.idle();
  expect(of('two').notRepeated).toBeUndefined();
});

test('killed in the middle of a run: it is not repeated, what came before is', async () => {
  const first = open();
  await first.act(run('one'));
  first.session.act(run('two', 'hang'));
  await until(() => first.of('two').status === 'running');
  // As a kill leaves it: nothing more is written.
  const journal = journalNow();
  await first.session.close();
  journal.putBack();
  const { session, driver, of } = open();
  await session.idle();
  expect(driver.made[0]!.ran).toEqual(['touch /a']);
  expect(of('one')).toMatchObject({ status: 'passed', replayed: true });
  expect(of('two')).toMatchObject({ status: 'waiting', verdicts: [], notRepeated: 'ended' });
});

test('what was only looked at is looked at again', async () => {
  const first = open();
  await first.act({ do: 'check-cell', cell: 'two' });
  expect(first.of('two').status).toBe('failed');
  await first.session.close();
  const { session, driver, of } = open();
  await session.idle();
  expect(driver.made[0]!.looks.length).toBeGreaterThan(0);
  expect(of('two')).toMatchObject({ status: 'failed', attempts: 0 });
  expect(of('two').replayed).toBeUndefined();
});

test('a replay that is interrupted begins anew in a sandbox that is fresh again', async () => {
  const first = open();
  await first.act(run('one'), run('two', 'touch /b\n'), run('three'));
  await first.session.close();
  let held = false;
  const second = open((_, text) => {
    if (text !== 'touch /b\n' || held) return;
    held = true;
    second.session.act({ do: 'interrupt' });
  });
  await second.session.idle();
  const ran = second.driver.made[0]!.ran.length;
  expect(second.of('three').replayed).toBe(true);
  await second.act(run('three'));
  expect(second.driver.made[0]!.resets).toBe(1);
  expect(second.driver.made[0]!.ran.slice(ran)).toEqual(['touch /a', 'touch /b\n', 'touch /c', 'touch /c']);
});

test('while it is brought there that is said, and what is asked of it waits', async () => {
  const first = open();
  await first.act(run('one'), run('two', 'touch /b'));
  await first.session.close();
  const seen: boolean[] = [];
  const second = open(() => seen.push(second.session.getState().catchingUp === true));
  second.session.act(run('three'));
  await second.session.idle();
  // The two of before, and then the learner's own.
  expect(seen).toEqual([true, true, false]);
  expect(second.of('three').status).toBe('passed');
  expect(second.session.getState().catchingUp).toBe(false);
});

test('back to a step and opened again: the tries that the step has undone are not done', async () => {
  const first = open();
  await first.act(run('one'), run('two', 'touch /wrong'), run('three'), { do: 'restore', step: 2 });
  expect(first.of('two')).toMatchObject({ status: 'skipped', jumped: true, verdicts: [] });
  expect(first.of('three')).toMatchObject({ status: 'waiting', verdicts: [] });
  await first.act(run('three'));
  await first.session.close();
  const { session, driver } = open();
  await session.idle();
  expect(driver.made[0]!.ran).toEqual(['touch /a', 'touch /b\ntouch /bb', 'touch /c']);
});

test('after a reset nothing of before is done again', async () => {
  const first = open();
  await first.act(run('one'), run('two', 'touch /b'), { do: 'reset' }, run('one'));
  await first.session.close();
  const { session, driver, of } = open();
  await session.idle();
  expect(driver.made[0]!.ran).toEqual(['touch /a']);
  expect(of('two')).toMatchObject({ status: 'waiting', verdicts: [] });
});

test('a state that does not know what was done: what passed is done again, what failed is forgotten', () => {
  const events: SessionEvent[] = [
    { at: 1, type: 'cell-started', cell: 'one', text: 'touch /a', by: 'learner' },
    {
      at: 1,
      type: 'cell-finished',
      cell: 'one',
      outcome: 'exited',
      exit: 0,
      stdout: '',
      stderr: '',
      durationMs: 1,
    },
    { at: 1, type: 'checks-started', cell: 'one' },
    { at: 1, type: 'checks-finished', cell: 'one' },
    { at: 1, type: 'cell-started', cell: 'two', text: 'false', by: 'learner' },
    {
      at: 1,
      type: 'cell-finished',
      cell: 'two',
      outcome: 'exited',
      exit: 1,
      stdout: '',
      stderr: '',
      durationMs: 1,
    },
    { at: 1, type: 'checks-started', cell: 'two' },
    { at: 1, type: 'check-judged', cell: 'two', verdict: failing },
    { at: 1, type: 'checks-finished', cell: 'two' },
  ];
  const known = events.reduce((state, event) => reduce(state, event, lesson), initialState(lesson, 0));
  const { deeds: _, ...older } = known;
  const { plan, left } = replayPlan(lesson, older);
  expect(plan.map(({ text }) => text)).toEqual(['touch /a']);
  expect(left.map(({ cell: { id }, why }) => [id, why])).toEqual([['two', 'unknown']]);
  expect(replayPlan(lesson, known).left).toEqual([]);
});

test('whatever has happened: in another sandbox no verdict stands as if it was of this one', () => {
  fc.assert(
    fc.property(
      fc.array(anyEvent, { maxLength: 40 }),
      fc.constantFrom<SessionEvent>(
        { at: 1, type: 'sandbox-ready', hosts: ['host'], durationMs: 1 },
        { at: 1, type: 'session-closed' },
        { at: 1, type: 'sandbox-lost', message: '', next: [] },
        { at: 1, type: 'reset' },
      ),
      (events, change) => {
        const state = [...events, change].reduce(
          (folded, event) => reduce(folded, event, lesson),
          initialState(lesson, 0),
        );
        for (const one of Object.values(state.cells))
          if (one.verdicts.length > 0 && one.status !== 'running' && one.status !== 'checking')
            expect(one.replayed).toBe(true);
      },
    ),
    { numRuns: 500 },
  );
});

test('what hands have done for a cell is looked at before a later cell is done again', () => {
  const [one, two, three] = lesson.cells as [Cell, Cell, Cell];
  const due = (...plan: Cell[]) =>
    dueAfter(
      lesson,
      plan.map((cell) => ({ cell, text: '', by: 'replay' })),
      { cell: two, left: [] },
    );
  expect(due(one, two, two, three)).toBe(2);
  expect(due(one, three)).toBe(0);
  expect(due(three)).toBe(-1);
  expect(due(one)).toBe(0);
  expect(due()).toBe(-1);
});

test('of a cell that has changed since nothing is done again, of the others all is', async () => {
  const first = open();
  await first.act({ do: 'run-cell', cell: 'one' }, { do: 'run-cell', cell: 'three' });
  await first.session.close();
  const changed = {
    ...lesson,
    cells: lesson.cells.map((one) => (one.id === 'one' ? { ...one, text: 'touch /aa' } : one)),
  };
  const driver = new FakeDriver();
  const { of, session } = start({ lesson: changed, driver, engine: fileEngine });
  await session.idle();
  expect(of('one').status).toBe('waiting');
  expect(driver.made[0]!.ran).toEqual(['touch /c']);
});

import { expect, test } from 'vitest';
import { systemClock } from '../../../src/lib/clock.ts';
import type { SessionEvent } from '../../../src/session/events.ts';
import { performQuick } from '../../../src/session/quick/perform.ts';
import type { Action } from '../../../src/session/session.ts';
import { cell, fileCheck, fileEngine, lessonOf } from '../fake-lesson.ts';
import { FakeDriver, FakeSandbox } from '../fake-sandbox.ts';
import { sessions } from '../opened.ts';

const cells = [
  cell('one', 'touch /a', { expects: [fileCheck('/a', { points: 1 })] }),
  cell('look', 'cat /a', { expects: [fileCheck('/a', { id: 'again', invariant: true })] }),
  cell('task', '# yours', {
    role: 'task',
    solution: 'touch /b',
    expects: [fileCheck('/b', { points: 2 })],
    step: 1,
  }),
  cell('three', 'touch /c\nls /c', { expects: [fileCheck('/c')], step: 2 }),
];
const lesson = lessonOf(cells, {
  steps: [
    { title: 'One', from: 0, to: 2 },
    { title: 'Two', from: 2, to: 3 },
    { title: 'Three', from: 3, to: 4 },
  ],
});

const { start } = sessions();

function open() {
  const driver = new FakeDriver();
  return { ...start({ lesson, driver, engine: fileEngine }), driver };
}

const all: Action[] = [
  { do: 'run-cell', cell: 'one' },
  { do: 'run-cell', cell: 'look' },
  { do: 'run-cell', cell: 'task', text: 'touch /b\ntouch /mine' },
  { do: 'run-cell', cell: 'three' },
];

test('a session that is opened again does what was done, looks at no check, and says of when they are', async () => {
  const first = open();
  await first.act(...all);
  expect(first.statuses()).toEqual(['passed', 'passed', 'passed', 'passed']);
  const before = first.session.getState();
  await first.session.close();
  const { session, driver, events, act } = open();
  await act({ do: 'run-to', cell: 'one' });
  const [sandbox] = driver.made;
  // What only looks was not run, and of `three` only its deed.
  expect(sandbox!.ran).toEqual(['touch /a', 'touch /b\ntouch /mine', 'touch /c']);
  expect(sandbox!.looks).toEqual([]);
  expect(events.some((event) => event.type === 'check-judged')).toBe(false);
  const now = session.getState();
  for (const { id } of lesson.cells) {
    expect(now.cells[id]!.verdicts).toEqual(before.cells[id]!.verdicts);
    expect(now.cells[id]!.replayed).toBe(true);
  }
  expect(now.points).toEqual(before.points);
  // Looked at again it is of now.
  await act({ do: 'check-cell', cell: 'one' });
  expect(session.getState().cells.one!.replayed).toBeUndefined();
});

test('a step’s beginning: later cells wait, earlier ones keep what was seen, the sandbox is theirs', async () => {
  const { session, driver, act, statuses } = open();
  await act(...all);
  const ran = driver.made[0]!.ran.length;
  await act({ do: 'restore', step: 2 });
  expect(statuses()).toEqual(['passed', 'passed', 'passed', 'waiting']);
  expect(driver.made[0]!.resets).toBe(1);
  expect(driver.made[0]!.ran.slice(ran)).toEqual(['touch /a', 'touch /b\ntouch /mine']);
  expect(session.getState().points.earned).toBe(3);
  expect(session.getState().cells.three!.verdicts).toEqual([]);
  await act({ do: 'run-cell', cell: 'three' });
  expect(statuses()[3]).toBe('passed');
});

test('where a cell begins, within its step: what was tried in it is undone, what was before it is there', async () => {
  const { driver, act, statuses, session } = open();
  await act(all[0]!, { do: 'run-cell', cell: 'look', text: 'touch /wrong' });
  const ran = driver.made[0]!.ran.length;
  await act({ do: 'restore', step: 0, cell: 'look' });
  expect(statuses()).toEqual(['passed', 'waiting', 'waiting', 'waiting']);
  expect(driver.made[0]!.resets).toBe(1);
  expect(driver.made[0]!.ran.slice(ran)).toEqual(['touch /a']);
  expect(session.getState().cells.look!.answer).toBe('touch /wrong');
});

test('what was never done is brought about by its solution, and is not called passed', async () => {
  const first = open();
  await first.act({ do: 'restore', step: 2 });
  expect(first.statuses()).toEqual(['skipped', 'skipped', 'skipped', 'waiting']);
  expect(first.session.getState().cells.task).toMatchObject({ jumped: true, attempts: 0, verdicts: [] });
  expect(first.session.getState().points.earned).toBe(0);
  await first.session.close();
  // It is done again in the next sandbox, and is then no more than it was.
  const { driver, act, statuses, session } = open();
  await act({ do: 'run-cell', cell: 'three' });
  expect(driver.made[0]!.ran).toEqual(['touch /a', 'touch /b', 'touch /c\nls /c']);
  expect(statuses()).toEqual(['skipped', 'skipped', 'skipped', 'passed']);
  // Who comes back to it earns it.
  await act({ do: 'run-cell', cell: 'task', text: 'touch /b' });
  expect(session.getState().cells.task).toMatchObject({ status: 'passed' });
  expect(session.getState().cells.task!.jumped).toBeUndefined();
});

test('a jump leaves what is done alone', async () => {
  const { driver, act, statuses } = open();
  await act({ do: 'run-cell', cell: 'one' }, { do: 'jump', cell: 'three' });
  expect(statuses()).toEqual(['passed', 'skipped', 'skipped', 'waiting']);
  expect(driver.made[0]!.ran).toEqual(['touch /a', 'touch /b']);
});

test('a cell that does not end as it promises is looked at, and what is seen is told', async () => {
  const sandbox = new FakeSandbox({ hosts: [{ name: 'host' }] });
  const events: SessionEvent[] = [];
  const task = cells[2]!;
  const quick = (text: string, short?: string, rest?: string) =>
    performQuick({
      sandbox,
      step: { cell: task, text, by: 'replay', ...(short === undefined ? {} : { short, rest }) },
      emit: (event) => events.push(event),
      clock: systemClock,
      signal: new AbortController().signal,
      engine: fileEngine,
      had: new Set(),
    });
  expect(await quick('status 1')).toMatchObject({ state: 'failed' });
  const kinds = events.map(({ type }) => type);
  expect(kinds).toEqual(expect.arrayContaining(['cell-finished', 'checks-started', 'check-judged']));
  expect(kinds).not.toContain('cell-replayed');
  // A deed may fail on purpose: what follows it in the cell says how the cell ends.
  events.length = 0;
  expect(await quick('status 1\nls', 'status 1', 'ls')).toMatchObject({ state: 'done' });
  expect(sandbox.ran).toEqual(['status 1', 'status 1', 'ls']);
});

import { expect, test } from 'vitest';
import type { Lesson } from '../../src/lesson/model.ts';
import { cell, fileCheck, fileEngine, lessonOf } from './fake-lesson.ts';
import { FakeDriver, type FakeOptions } from './fake-sandbox.ts';
import { sessions } from './opened.ts';

const hint = (markdown: string) => ({ markdown, place: { file: 'l', line: 1, column: 1 } });
const lesson = lessonOf(
  [
    cell('one', 'touch /a', { expects: [fileCheck('/a', { points: 1 })] }),
    cell('task', '# yours', {
      role: 'task',
      solution: 'touch /b',
      expects: [fileCheck('/b', { points: 2 })],
      hints: [hint('vague'), hint('plain')],
    }),
    cell('three', 'touch /c', { expects: [fileCheck('/c')] }),
  ],
  { setups: [{ text: 'touch /setup', host: 'host', place: { file: 'l', line: 2, column: 1 } }] },
);

const { start } = sessions();

function open(
  options: { of?: Lesson; driver?: FakeDriver; journal?: boolean; fake?: FakeOptions; author?: boolean } = {},
) {
  const { of = lesson, driver = new FakeDriver(options.fake), journal = false, author } = options;
  const opened = start({ lesson: of, driver, engine: fileEngine, kept: journal, ...(author && { author }) });
  const notices = () =>
    opened
      .notices()
      .map(({ message }) => message)
      .join('\n');
  return { ...opened, driver, notices };
}

async function until(holds: () => boolean): Promise<void> {
  for (let n = 0; !holds(); n++) {
    if (n > 2000) throw new Error('it never came');
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

test('the sandbox is made in the background, its set-up unseen', async () => {
  const { session, driver, events } = open();
  expect(session.getState().sandbox.state).toBe('creating');
  await until(() => session.getState().sandbox.state === 'ready');
  expect(driver.made[0]!.ran).toEqual(['touch /setup']);
  expect(events.some((event) => event.type === 'cell-started')).toBe(false);
});

test('an author is told, and only an author, of a check that held before its cell; of what the cell has made not', async () => {
  const of = lessonOf([
    cell('one', 'touch /a', {
      expects: [fileCheck('/none', { not: true, id: 'early' }), fileCheck('/a', { id: 'made' })],
    }),
    cell('two', 'echo', { expects: [fileCheck('/a', { id: 'meant', invariant: true })] }),
  ]);
  const run = { do: 'run-cell', cell: 'one' } as const;
  const learner = open({ of });
  await learner.act(run);
  expect(learner.notices()).toBe('');
  const { act, notices } = open({ of, author: true });
  await act(run, run, { do: 'run-cell', cell: 'two' });
  expect(notices().match(/Held before[^.]*\./g)).toEqual(['Held before their cell had run already: early.']);
});

test('a cell runs, its checks are looked at, the lesson ends when all are done', async () => {
  const { session, act, statuses } = open();
  await act({ do: 'run-cell', cell: 'one' });
  expect(statuses()).toEqual(['passed', 'waiting', 'waiting']);
  await act({ do: 'run-cell', cell: 'task', text: 'touch /wrong' });
  expect(statuses()[1]).toBe('failed');
  expect(session.getState().cells.task!.verdicts[1]!.explanation!.cause).toBe('nobody made it');
  await act({ do: 'run-cell', cell: 'task', text: 'touch /b' }, { do: 'run-cell', cell: 'three' });
  expect(statuses()).toEqual(['passed', 'passed', 'passed']);
  expect(session.getState()).toMatchObject({ finished: true, points: { earned: 3, possible: 3 } });
  expect(session.getState().cells.task).toMatchObject({ attempts: 2, answer: 'touch /b' });
});

test('writing, hints and moving happen at once, also while a cell runs; an interrupt ends it and what waits', async () => {
  const of = lessonOf([cell('slow', 'hang'), cell('next', 'touch /x'), lesson.cells[1]!]);
  const { session, act, statuses } = open({ of });
  session.act({ do: 'run-cell', cell: 'slow' });
  session.act({ do: 'run-cell', cell: 'next' });
  await until(() => statuses()[0] === 'running');
  session.act({ do: 'edit-answer', cell: 'task', text: 'ip' });
  session.act({ do: 'show-hint', cell: 'task' });
  session.act({ do: 'move', block: 2 });
  expect(session.getState().cells.task).toMatchObject({ answer: 'ip', hintsShown: 1 });
  expect(session.getState().block).toBe(2);
  await act({ do: 'interrupt' });
  expect(statuses().slice(0, 2)).toEqual(['failed', 'waiting']);
  expect(session.getState().cells.slow!.verdicts[0]!.found).toBe('it was interrupted');
  await act({ do: 'run-cell', cell: 'next' });
  expect(statuses()[1]).toBe('passed');
});

test('hints come one by one and no further', async () => {
  const { session, act } = open();
  for (let n = 0; n < 5; n++) await act({ do: 'show-hint', cell: 'task' });
  expect(session.getState().cells.task!.hintsShown).toBe(2);
});

test('run-to: solutions where there is no answer, and it stops where something fails', async () => {
  const { session, act, statuses, notices } = open();
  await act({ do: 'run-to', cell: 'three' });
  expect(statuses()).toEqual(['passed', 'passed', 'waiting']);
  expect(session.getState().cells.task!.by).toBe('solution');
  await act(
    { do: 'reset' },
    { do: 'edit-answer', cell: 'task', text: 'touch /wrong' },
    { do: 'run-to', cell: 'three' },
  );
  expect(statuses()).toEqual(['passed', 'failed', 'waiting']);
  expect(notices()).toContain('Stopped at task');
});

test('check-cell sees what was done by hand, without running anything', async () => {
  const { session, driver, act, statuses } = open();
  await act({ do: 'check-cell', cell: 'task' });
  expect(statuses()[1]).toBe('failed');
  await driver.made[0]!.run('host', 'touch /b', { timeoutMs: 1 });
  await act({ do: 'check-cell', cell: 'task' });
  expect(statuses()[1]).toBe('passed');
  expect(session.getState().cells.task!.attempts).toBe(0);
});

test('reset: a fresh sandbox with its set-up, all cells waiting, answers kept', async () => {
  const { session, driver, act, statuses } = open();
  await act({ do: 'run-cell', cell: 'task', text: 'touch /b' }, { do: 'reset' });
  expect(statuses()).toEqual(['waiting', 'waiting', 'waiting']);
  expect(session.getState().cells.task!.answer).toBe('touch /b');
  expect(driver.made[0]!.resets).toBe(1);
  expect(driver.made[0]!.ran.filter((text) => text === 'touch /setup')).toHaveLength(2);
  await act({ do: 'check-cell', cell: 'task' });
  expect(statuses()[1]).toBe('failed');
});

test('opened again, done cells are run again quietly and at once, and that is said', async () => {
  const first = open({ journal: true });
  await first.act({ do: 'run-cell', cell: 'one' }, { do: 'run-cell', cell: 'task', text: 'touch /b' });
  await first.session.close();
  const { session, driver, act, events, statuses, notices } = open({ journal: true });
  expect(statuses()).toEqual(['passed', 'passed', 'waiting']);
  await session.idle();
  expect(driver.made[0]!.ran).toEqual(['touch /setup', 'touch /a', 'touch /b']);
  await act({ do: 'run-cell', cell: 'three' });
  expect(driver.made[0]!.ran).toEqual(['touch /setup', 'touch /a', 'touch /b', 'touch /c']);
  expect(events.filter((event) => event.type === 'cell-started').map((event) => event.by)).toEqual([
    'replay',
    'replay',
    'learner',
  ]);
  expect(statuses()).toEqual(['passed', 'passed', 'passed']);
  expect(notices()).toContain('what you had done is run again, 2 cells');
  expect(session.getState().cells.task!.attempts).toBe(1);
});

test('a task that was done by hand is replayed by its solution', async () => {
  const first = open({ journal: true });
  await first.act({ do: 'check-cell', cell: 'one' });
  await first.driver.made[0]!.run('host', 'touch /b', { timeoutMs: 1 });
  await first.act({ do: 'check-cell', cell: 'task' });
  await first.session.close();
  const { driver, act, statuses } = open({ journal: true });
  await act({ do: 'run-cell', cell: 'three' });
  expect(driver.made[0]!.ran).toContain('touch /b');
  expect(statuses()[1]).toBe('passed');
});

test('the sandbox is lost in a cell: broken, never failed; the next action makes another and catches up', async () => {
  const of = lessonOf([lesson.cells[0]!, cell('boom', 'lost'), lesson.cells[2]!]);
  const { session, driver, act, events, statuses } = open({ of });
  await act({ do: 'run-cell', cell: 'one' }, { do: 'run-cell', cell: 'boom' });
  expect(statuses()).toEqual(['passed', 'broken', 'waiting']);
  expect(session.getState().sandbox).toMatchObject({ state: 'lost', next: ['Put it out.'] });
  expect(events.filter((event) => event.type === 'sandbox-lost')).toHaveLength(1);
  await act({ do: 'run-cell', cell: 'three' });
  expect(driver.made).toHaveLength(2);
  expect(driver.made[1]!.ran).toEqual(['touch /a', 'touch /c']);
  // What ended with its sandbox is not run again: it may have been the reason.
  expect(statuses()).toEqual(['passed', 'waiting', 'passed']);
  expect(session.getState().cells.boom!.notRepeated).toBe('ended');
});

test('the sandbox ends by itself while nobody looks', async () => {
  const { session, driver, act, statuses } = open();
  await act({ do: 'run-cell', cell: 'one' });
  driver.made[0]!.break();
  await until(() => session.getState().sandbox.state === 'lost');
  await act({ do: 'run-cell', cell: 'three' });
  expect(statuses()).toEqual(['passed', 'waiting', 'passed']);
});

test('a sandbox that cannot be made is told with what to do, and tried again', async () => {
  const driver = new FakeDriver();
  driver.failures = 1;
  const { session, act, statuses } = open({ driver });
  await until(() => session.getState().sandbox.state === 'lost');
  expect(session.getState().sandbox).toMatchObject({ message: 'The machine says no.', next: ['Ask again.'] });
  await act({ do: 'run-cell', cell: 'one' });
  expect(statuses()[0]).toBe('passed');
  driver.failures = 99;
  driver.made[0]!.break();
  await act({ do: 'run-cell', cell: 'three' });
  await expect(session.openPty('host', { columns: 80, rows: 24, onData() {} })).rejects.toMatchObject({
    message: 'The machine says no.',
    exit: 3,
  });
});

test('a set-up that fails is told and never the learner’s fault', async () => {
  const of = lessonOf(lesson.cells, {
    setups: [
      { text: 'warn no such thing\nstatus 4', host: 'host', place: { file: 'l.md', line: 7, column: 1 } },
    ],
  });
  const { session, act, statuses, driver } = open({ of });
  await act({ do: 'run-cell', cell: 'one' });
  expect(session.getState().sandbox).toMatchObject({
    state: 'lost',
    message: "The lesson's set-up (l.md:7) ended with status 4: no such thing",
  });
  expect(statuses()).toEqual(['waiting', 'waiting', 'waiting']);
  expect(driver.made.every((sandbox) => sandbox.destroyed)).toBe(true);
});

test('a cell whose tool is missing is skipped with its name', async () => {
  const of = lessonOf([cell('one', 'touch /a', { needs: ['ip', 'tcpdump'] })], { needs: ['tcpdump'] });
  const { session, act, notices } = open({ of, fake: { missingTools: ['tcpdump'] } });
  await act({ do: 'run-cell', cell: 'one' });
  expect(session.getState().cells.one).toMatchObject({
    status: 'skipped',
    skippedBecause: 'tcpdump is not there on host',
  });
  expect(notices()).toContain('not there on host: tcpdump');
});

test('closing in the middle of a cell ends it, destroys the sandbox and leaves the cell to be done again', async () => {
  const of = lessonOf([cell('slow', 'hang')]);
  const first = open({ of, journal: true });
  first.session.act({ do: 'run-cell', cell: 'slow' });
  await until(() => first.statuses()[0] === 'running');
  await first.session.close();
  expect(first.driver.made[0]!.destroyed).toBe(true);
  expect(open({ of, journal: true }).statuses()).not.toContain('running');
});

test('fast output calls a listener once a frame, not once a chunk, and the state is never older than the call', async () => {
  const of = lessonOf([cell('fast', 'endless')]);
  const { session, act } = open({ of });
  await until(() => session.getState().sandbox.state === 'ready');
  let calls = 0;
  let last = session.getState();
  session.subscribe(() => {
    calls += 1;
    last = session.getState();
  });
  await act({ do: 'run-cell', cell: 'fast' });
  expect(calls).toBeLessThan(12);
  expect(last).toBe(session.getState());
  expect(last.cells.fast!.verdicts[0]!.found).toContain('without end');
});

test('what makes no sense is told, not thrown', async () => {
  const { session, act, notices } = open();
  await act(
    { do: 'run-cell', cell: 'nowhere' },
    { do: 'answer-quiz', quiz: 'q', choice: 9 },
    { do: 'move', block: -4 },
  );
  expect(notices()).toContain('no cell called nowhere');
  expect(session.getState().block).toBe(0);
});

test('a cell of the author runs in the learner’s version, which is kept, replayed, and can be gone back from', async () => {
  const { session, driver, act, statuses } = open({ journal: true });
  await act({ do: 'run-cell', cell: 'one', text: 'MINE=1\ntouch /a' });
  expect(driver.made[0]!.ran).toContain('MINE=1\ntouch /a');
  expect(driver.made[0]!.ran).not.toContain('touch /a');
  await act({ do: 'run-cell', cell: 'one', text: 'touch /a' });
  expect(session.getState().cells.one!.ran).toEqual(['MINE=1\ntouch /a', 'touch /a']);
  await act({ do: 'edit-answer', cell: 'one', text: 'MINE=1\ntouch /a' }, { do: 'reset' });
  expect(session.getState().cells.one!.ran).toEqual(['MINE=1\ntouch /a', 'touch /a']);
  await act({ do: 'run-to', cell: 'three' });
  expect(statuses()).toEqual(['passed', 'passed', 'waiting']);
  await session.close();

  const again = open({ journal: true });
  expect(again.session.getState().cells.one).toMatchObject({
    answer: 'MINE=1\ntouch /a',
    ran: ['touch /a', 'MINE=1\ntouch /a'],
  });
  await again.act({ do: 'check-cell', cell: 'one' });
  expect(again.driver.made[0]!.ran).toContain('MINE=1\ntouch /a');
});

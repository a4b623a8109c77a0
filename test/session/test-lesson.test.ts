import { expect, test } from 'vitest';
import type { Lesson } from '../../src/lesson/model.ts';
import { type TestLessonOptions, testLesson } from '../../src/session/test-lesson.ts';
import { cell, fileCheck, fileEngine, lessonOf } from './fake-lesson.ts';
import { FakeDriver, type FakeOptions } from './fake-sandbox.ts';

async function tested(of: Lesson, options: TestLessonOptions & { fake?: FakeOptions } = {}) {
  const driver = new FakeDriver(options.fake);
  const result = await testLesson(of, driver, { engine: fileEngine, ...options });
  expect(driver.made.every((sandbox) => sandbox.destroyed)).toBe(true);
  const states = Object.fromEntries(result.cells.map((one) => [one.id, one.state]));
  return { result, states, driver };
}

const good = lessonOf([
  cell('one', 'touch /a', { expects: [fileCheck('/a')] }),
  cell('two', '# yours', { role: 'task', solution: 'touch /b', expects: [fileCheck('/b')] }),
]);

test('a good lesson: every check failed before its cell and holds after it', async () => {
  const { result, driver } = await tested(good);
  expect(result.state).toBe('pass');
  expect(result.cells.flatMap((one) => one.checks.map((check) => check.before))).toEqual([
    undefined,
    'fail',
    undefined,
    'fail',
  ]);
  expect(driver.made[0]!.ran).toEqual(['touch /a', 'touch /b']);
});

test('a check that held before its cell is vacuous, unless it is meant', async () => {
  const again = (invariant: boolean) =>
    lessonOf([
      ...good.cells,
      cell('again', 'echo', { expects: [fileCheck('/a', { id: 'again', invariant })] }),
    ]);
  const { result } = await tested(again(false));
  expect(result.state).toBe('fail');
  expect(result.cells[2]!.checks[1]).toMatchObject({ state: 'fail', fault: 'vacuous', before: 'pass' });
  expect((await tested(again(true))).result.state).toBe('pass');
});

test('a negated check that held before is vacuous too', async () => {
  const of = lessonOf([cell('one', 'echo', { expects: [fileCheck('/none', { not: true })] })]);
  expect((await tested(of)).result.cells[0]!.checks[1]).toMatchObject({ fault: 'vacuous' });
});

test('a task without a solution is a fault, and the test goes on', async () => {
  const of = lessonOf([
    cell('one', '', { role: 'task' }),
    cell('two', 'touch /b', { expects: [fileCheck('/b')] }),
  ]);
  const { result, states } = await tested(of);
  expect(states).toEqual({ one: 'fail', two: 'pass' });
  expect(result.cells[0]!.fault).toBe('no-solution');
});

test('after a failure it goes on, and marks the failures that may come of it; --bail stops', async () => {
  const of = lessonOf([
    cell('one', 'status 3', { expects: [fileCheck('/a')] }),
    cell('two', 'touch /b', { expects: [fileCheck('/b')] }),
    cell('three', 'echo', { expects: [fileCheck('/a', { id: 'later' })] }),
  ]);
  const { result, states } = await tested(of);
  expect(states).toEqual({ one: 'fail', two: 'pass', three: 'fail' });
  expect(result.cells.map((one) => one.afterFailure)).toEqual([false, false, true]);
  const bailed = await tested(of, { bail: true });
  expect(bailed.states).toEqual({ one: 'fail', two: 'skipped', three: 'skipped' });
});

test('what comes after a check that held too early does not come of it; --bail stops there all the same', async () => {
  const of = lessonOf([
    cell('one', 'touch /a', { expects: [fileCheck('/none', { not: true })] }),
    cell('two', 'echo', { expects: [fileCheck('/b')] }),
  ]);
  const { result } = await tested(of);
  expect(result.cells.map((one) => [one.state, one.afterFailure])).toEqual([
    ['fail', false],
    ['fail', false],
  ]);
  expect((await tested(of, { bail: true })).states).toEqual({ one: 'fail', two: 'skipped' });
});

test('a chosen cell: those before it run and are not judged, those after it do not run', async () => {
  const { states, driver } = await tested(good, { cells: new Set(['two']) });
  expect(states).toEqual({ one: 'skipped', two: 'pass' });
  expect(driver.made[0]!.ran).toEqual(['touch /a', 'touch /b']);
  const first = await tested(good, { cells: new Set(['one']) });
  expect(first.states).toEqual({ one: 'pass', two: 'skipped' });
  expect(first.driver.made[0]!.ran).toEqual(['touch /a']);
});

test('a sandbox that breaks makes the lesson broken, never failed, and every cell is named', async () => {
  const of = lessonOf([good.cells[0]!, cell('boom', 'lost'), good.cells[1]!]);
  const { result, states } = await tested(of);
  expect(states).toEqual({ one: 'pass', boom: 'broken', two: 'broken' });
  expect(result).toMatchObject({
    state: 'broken',
    because: 'The machine is on fire.',
    next: ['Put it out.'],
  });
});

test('a sandbox that cannot be made, a set-up that fails, a tool that is missing: broken, each with its words', async () => {
  const driver = new FakeDriver();
  driver.failures = 1;
  expect(await testLesson(good, driver, { engine: fileEngine })).toMatchObject({
    state: 'broken',
    because: 'The machine says no.',
  });
  const place = { file: 'l.md', line: 2, column: 1 };
  const setup = lessonOf(good.cells, { setups: [{ text: 'status 1', host: 'host', place }] });
  expect((await tested(setup)).result).toMatchObject({
    state: 'broken',
    because: expect.stringContaining('set-up'),
  });
  const needs = lessonOf(good.cells, { needs: ['tcpdump'] });
  expect((await tested(needs, { fake: { missingTools: ['tcpdump'] } })).result).toMatchObject({
    state: 'broken',
    because: 'tcpdump is not there on host',
  });
});

test('a cell whose tool is missing is skipped, and that alone is not a failure', async () => {
  const of = lessonOf([
    good.cells[0]!,
    cell('two', 'touch /b', { needs: ['tcpdump'], expects: [fileCheck('/b')] }),
  ]);
  const { result, states } = await tested(of, { fake: { missingTools: ['tcpdump'] } });
  expect(states).toEqual({ one: 'pass', two: 'skipped' });
  expect(result.state).toBe('pass');
});

test('an interrupt ends it; what it spoilt is not told as a failure', async () => {
  const stop = new AbortController();
  const of = lessonOf([good.cells[0]!, cell('slow', 'hang'), good.cells[1]!]);
  const { states } = await tested(of, {
    signal: stop.signal,
    fake: { onRun: (_, text) => void (text === 'hang' && setTimeout(() => stop.abort(), 5)) },
  });
  expect(states).toEqual({ one: 'pass', slow: 'skipped', two: 'skipped' });
});

test('probes are cut short before a cell, and have their time after it', async () => {
  const times: number[] = [];
  const engine = {
    ...fileEngine,
    needs: () => [{ read: 'probe', host: 'host', netns: '', argv: ['ping'], timeoutMs: 9000 }] as const,
  };
  await tested(good, {
    engine: { ...engine, needs: () => [...engine.needs()] },
    fake: {
      probe: (need) => {
        times.push(need.timeoutMs);
        return { exit: 1, stdout: '', stderr: '' };
      },
    },
  });
  const short = (ms: number) => ms >= 100 && ms <= 1500;
  expect(times.map((ms) => (short(ms) ? 'short' : ms))).toEqual(['short', 9000, 'short', 9000]);
});

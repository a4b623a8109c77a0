import { expect, test } from 'vitest';
import type { Check } from '../../src/check/model.ts';
import { checkCell } from '../../src/session/check-cell.ts';
import type { SessionEvent } from '../../src/session/events.ts';
import { runCell } from '../../src/session/run-cell.ts';
import { FakeClock } from './fake-clock.ts';
import { cell, fileCheck, fileEngine } from './fake-lesson.ts';
import { FakeSandbox } from './fake-sandbox.ts';

async function runAndCheck(text: string, expects: Check[], fields = {}) {
  const clock = new FakeClock();
  const sandbox = new FakeSandbox({ hosts: [{ name: 'host' }, { name: 'node01' }] }, { clock });
  const events: SessionEvent[] = [];
  const emit = (event: SessionEvent) => void events.push(event);
  const one = cell('lay', text, { expects, ...fields });
  const run = await runCell({ sandbox, cell: one, text, by: 'learner', emit, clock });
  const began = clock.monotonic();
  const verdicts = await checkCell({ sandbox, cell: one, run, emit, clock, engine: fileEngine });
  return { sandbox, events, verdicts, tookMs: clock.monotonic() - began, clock };
}

const states = (verdicts: readonly { check: string; state: string }[]) =>
  Object.fromEntries(verdicts.map(({ check, state }) => [check, state]));

test('all checks of a cell are looked at in one observation', async () => {
  const { sandbox, verdicts } = await runAndCheck('touch /a\ntouch /b', [fileCheck('/a'), fileCheck('/b')]);
  expect(states(verdicts)).toEqual({ 'lay/exit': 'pass', 'is-/a': 'pass', 'is-/b': 'pass' });
  expect(sandbox.looks).toHaveLength(1);
});

test('only what does not hold yet is looked at again, first after 50 ms, then ever more slowly up to 500', async () => {
  const { sandbox, verdicts, clock, tookMs } = await runAndCheck('touch /a\nafter 3000 touch /b', [
    fileCheck('/a'),
    fileCheck('/b', { withinMs: 10_000 }),
  ]);
  expect(states(verdicts)).toMatchObject({ 'is-/a': 'pass', 'is-/b': 'pass' });
  expect(sandbox.looks.slice(1).flat()).toEqual(
    sandbox.looks.slice(1).map(() => ({ read: 'file', host: 'host', path: '/b' })),
  );
  expect(clock.slept[0]).toBe(50);
  expect(Math.max(...clock.slept)).toBe(500);
  expect(tookMs).toBeLessThan(3500);
  expect(verdicts.at(-1)!.looks).toBe(sandbox.looks.length);
});

test('within ends: the last look is at its end, and the failure is explained by a second look', async () => {
  const { sandbox, verdicts, tookMs } = await runAndCheck('status 0', [fileCheck('/b', { withinMs: 1000 })]);
  expect(tookMs).toBe(1000);
  expect(verdicts.at(-1)).toMatchObject({ state: 'fail', explanation: { cause: 'nobody made it' } });
  expect(sandbox.looks.at(-1)).toEqual([{ read: 'process', host: 'host' }]);
});

test('what passes is not explained', async () => {
  const { sandbox } = await runAndCheck('touch /a', [fileCheck('/a')]);
  expect(sandbox.looks.flat().some((need) => need.read === 'process')).toBe(false);
});

test('holds: it must stay so', async () => {
  const held = await runAndCheck('touch /a', [fileCheck('/a', { holdsMs: 2000 })]);
  expect(held.tookMs).toBe(2000);
  expect(held.verdicts.at(-1)!.state).toBe('pass');
  const flapping = await runAndCheck('flap /a 700 1300', [fileCheck('/a', { holdsMs: 2000 })]);
  expect(flapping.verdicts.at(-1)).toMatchObject({ state: 'fail' });
  expect(flapping.verdicts.at(-1)!.found).toMatch(/it held, but only for/);
  const settled = await runAndCheck('flap /a 100 600', [fileCheck('/a', { withinMs: 2000, holdsMs: 1000 })]);
  expect(settled.verdicts.at(-1)!.state).toBe('pass');
  expect(settled.tookMs).toBeGreaterThanOrEqual(1600);
});

test('variables of the shell are put in; those of another host before those of the cell', async () => {
  const expects = [
    fileCheck('/$NAME', { variables: ['NAME'] }),
    fileCheck('/$NAME', { id: 'there', host: 'node01', variables: ['NAME'], not: true }),
  ];
  const { verdicts } = await runAndCheck('NAME=cable\ntouch /cable', expects);
  expect(states(verdicts)).toMatchObject({ 'is-/$NAME': 'pass', there: 'pass' });
  expect(verdicts.at(-1)!.title).toBe('/cable is there');
});

test.each([
  ['status 1', {}, 'fail', 'status 1'],
  ['status 127', {}, 'fail', 'status 127: the command was not found'],
  ['status 2', { exit: 2 }, 'pass', 'status 2'],
  ['status 0', { exit: 2 }, 'fail', 'status 0'],
  ['endless', { exit: 'any' }, 'fail', 'it printed without end and was ended'],
  ['exit 3', { exit: 3 }, 'pass', /ended its own shell/],
  ['exit 3', {}, 'fail', /ended its own shell with status 3/],
])('exit status of %j with %j: %s', async (text, fields, state, found) => {
  const { verdicts } = await runAndCheck(text, [], fields);
  expect(verdicts[0]).toMatchObject({ check: 'lay/exit', kind: 'exit', state });
  expect(verdicts[0]!.found).toMatch(found);
});

test('exit=any and a check of kind exit leave the status alone', async () => {
  expect((await runAndCheck('status 7', [], { exit: 'any' })).verdicts).toEqual([]);
});

test('an .output block is a check of its own', async () => {
  const pattern = (lines: string[]) => ({ outputs: [{ lines, place: { file: 'l', line: 3, column: 1 } }] });
  const good = await runAndCheck(
    'echo one\necho two 2\necho three',
    [],
    pattern(['one', '/^two \\d$/', '...']),
  );
  expect(states(good.verdicts)).toMatchObject({ 'lay/output-1': 'pass' });
  const bad = await runAndCheck('echo one\necho two', [], pattern(['one', 'three']));
  expect(bad.verdicts[1]).toMatchObject({
    state: 'fail',
    expected: 'the line: three',
    found: 'the line: two',
  });
});

test('a broken sandbox rejects, and never fails a check', async () => {
  await expect(runAndCheck('lost', [fileCheck('/a')])).rejects.toThrow('on fire');
});

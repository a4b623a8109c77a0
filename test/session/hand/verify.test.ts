/** What takes the place of a learner's hands in another sandbox is run as the cell itself would be. */
import { expect, test } from 'vitest';
import { systemClock } from '../../../src/lib/clock.ts';
import type { RunOptions } from '../../../src/sandbox/contract.ts';
import type { SessionEvent } from '../../../src/session/events.ts';
import { verifyHandWork } from '../../../src/session/hand/verify.ts';
import { initialState } from '../../../src/session/reduce.ts';
import type { CellState } from '../../../src/session/state.ts';
import { cell, fileCheck, fileEngine, lessonOf } from '../fake-lesson.ts';
import { FakeSandbox } from '../fake-sandbox.ts';

/** @returns what was told, and with which options the solution was run. */
async function verified(background: boolean) {
  const one = cell('server', '# yours', { role: 'task', background, expects: [fileCheck('/up')] });
  const sandbox = new FakeSandbox({ hosts: [{ name: 'host' }] });
  const given: RunOptions[] = [];
  const run = sandbox.run.bind(sandbox);
  sandbox.run = (host, text, options) => {
    given.push(options);
    return run(host, text, options);
  };
  const known: CellState = {
    ...initialState(lessonOf([one]), 0).cells.server!,
    status: 'passed',
    byHand: true,
  };
  const events: SessionEvent[] = [];
  const held = await verifyHandWork({
    sandbox,
    work: { cell: one, left: [], instead: 'touch /up' },
    known,
    differs: [],
    run: undefined,
    emit: (event) => events.push(event),
    clock: systemClock,
    signal: new AbortController().signal,
    engine: fileEngine,
  });
  return { held, given, told: events.map(({ type }) => type) };
}

test.each([true, false])('in the background: %s', async (background) => {
  const { held, given, told } = await verified(background);
  expect(held).toBe(true);
  expect(told).toEqual(['cell-replayed']);
  // A server in the foreground would be waited for, and then ended.
  expect(given.map((options) => options.background ?? false)).toEqual([background]);
});

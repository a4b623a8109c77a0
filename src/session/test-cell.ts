/** Tests one cell: its checks must fail before it and hold after it. */
import type { Verdict } from '../check/model.ts';
import type { Cell, Lesson } from '../lesson/model.ts';
import type { Clock } from '../lib/clock.ts';
import type { Sandbox } from '../sandbox/contract.ts';
import { lookBefore } from './before-look.ts';
import type { CheckEngine } from './engine.ts';
import type { SessionEvent } from './events.ts';
import { clipText } from './output.ts';
import { performCell } from './perform-cell.ts';
import { type CellResult, type CheckResult, worst } from './test-result.ts';

export interface TestCellOptions {
  sandbox: Sandbox;
  lesson: Lesson;
  cell: Cell;
  afterFailure: boolean;
  emit: (event: SessionEvent) => void;
  clock: Clock;
  signal?: AbortSignal;
  engine?: CheckEngine;
}

const KEPT_OUTPUT_UNITS = 64 * 1024;

/** What is known of a cell before it has run. */
export function untested(
  lesson: Lesson,
  cell: Cell,
  result: Pick<CellResult, 'state' | 'because' | 'afterFailure'> & Partial<CellResult>,
): CellResult {
  return {
    id: cell.id,
    number: cell.number,
    role: cell.role,
    step: lesson.steps[cell.step]?.title ?? lesson.title,
    place: cell.place,
    durationMs: 0,
    checks: [],
    ...result,
  };
}

/** @throws SandboxError when the sandbox failed. */
export async function testCell(options: TestCellOptions): Promise<CellResult> {
  const { sandbox, lesson, cell, afterFailure, clock, engine } = options;
  const text = cell.role === 'task' ? cell.solution : cell.text;
  if (text === undefined)
    return untested(lesson, cell, {
      state: 'fail',
      fault: 'no-solution',
      because: 'The task has no .solution, so nobody knows whether it can be done.',
      afterFailure,
    });
  const began = clock.monotonic();
  const before = await lookBefore(sandbox, cell, engine);
  const done = await performCell({ ...options, text, by: cell.role === 'task' ? 'solution' : 'test' });
  const durationMs = Math.round(clock.monotonic() - began);
  if (done.skipped !== undefined)
    return untested(lesson, cell, { state: 'skipped', because: done.skipped, afterFailure, durationMs });
  const checks = done.verdicts.map((verdict) => checkResult(cell, verdict, before.get(verdict.check)));
  const state = worst(['pass', ...checks.map((check) => check.state)]);
  const { run } = done;
  return untested(lesson, cell, {
    state,
    because: undefined,
    afterFailure: afterFailure && state !== 'pass',
    text,
    outcome: run.outcome,
    exit: run.exit,
    durationMs,
    checks,
    ...(state !== 'pass' && {
      stdout: clipText(run.stdout, KEPT_OUTPUT_UNITS),
      stderr: clipText(run.stderr, KEPT_OUTPUT_UNITS),
    }),
  });
}

function checkResult(cell: Cell, verdict: Verdict, before: CheckResult['before']): CheckResult {
  const check = cell.expects.find((one) => one.id === verdict.check);
  const result: CheckResult = { verdict, state: verdict.state };
  if (before !== undefined) result.before = before;
  if (verdict.state === 'pass' && before === 'pass' && check?.invariant !== true)
    return { ...result, state: 'fail', fault: 'vacuous' };
  return result;
}

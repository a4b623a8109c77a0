/**
 * Looks at a cell's checks before the cell has run. A check that holds already asserts nothing about the cell: it would
 * hold too if the learner did nothing.
 */
import type { Need } from '../check/observation.ts';
import type { Cell } from '../lesson/model.ts';
import type { Sandbox } from '../sandbox/contract.ts';
import { type CheckEngine, checkEngine } from './engine.ts';
import { readVariables } from './variables.ts';

/**
 * One look, short: before their cell most targets do not exist, and waiting for them in full would double every test. A
 * probe that is cut off has not shown that the check holds.
 */
const PROBE_MS = 1500;

/** Kinds that speak of the cell's own run: before it there is nothing to ask. */
const OF_THE_RUN: ReadonlySet<string> = new Set(['exit', 'output']);

/** @throws SandboxError when the sandbox failed. */
export async function lookBefore(
  sandbox: Sandbox,
  cell: Cell,
  engine: CheckEngine = checkEngine,
): Promise<ReadonlyMap<string, 'pass' | 'fail' | 'broken'>> {
  const checks = cell.expects.filter((check) => !OF_THE_RUN.has(check.kind));
  if (checks.length === 0) return new Map();
  const values = await readVariables(sandbox, cell, undefined);
  const needs = engine.needs(
    checks.map((check) => ({ check, values: values(check) })),
    sandbox.hosts,
  );
  const observation = await sandbox.observe(needs.map(shortened));
  return new Map(
    checks.map((check) => {
      const { state } = engine.judge(check, { observation, values: values(check) });
      return [check.id, state === 'skipped' ? 'broken' : state];
    }),
  );
}

function shortened(need: Need): Need {
  return need.read === 'probe' ? { ...need, timeoutMs: Math.min(PROBE_MS, need.timeoutMs) } : need;
}

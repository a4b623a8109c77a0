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
 * One look, short: before their cell most targets do not exist, and waiting for them in full would double every test.
 * What would answer does so within a small multiple of the time that the sandbox itself takes to answer us: a bare look
 * at it is the measure, 2 ms in the embedded sandbox, 100 in an emulated machine. A probe that is cut off has not shown
 * that its check holds.
 */
const PROBE_LOOKS = 60;
const PROBE_MS = { least: 200, most: 1500 };

async function probeTime(sandbox: Sandbox, host: string): Promise<number> {
  const began = performance.now();
  await sandbox.observe([{ read: 'netns', host }]);
  return Math.min(PROBE_MS.most, Math.max(PROBE_MS.least, PROBE_LOOKS * (performance.now() - began)));
}

/** Kinds that speak of the cell's own run: before it there is nothing to ask. */
const OF_THE_RUN: ReadonlySet<string> = new Set(['exit', 'output']);

/** @throws SandboxError when the sandbox failed. */
export async function lookBefore(
  sandbox: Sandbox,
  cell: Cell,
  engine: CheckEngine = checkEngine,
): Promise<ReadonlyMap<string, 'pass' | 'fail' | 'broken'>> {
  // what is meant to hold before as well need not be asked
  const checks = cell.expects.filter((check) => !OF_THE_RUN.has(check.kind) && !check.invariant);
  if (checks.length === 0) return new Map();
  const values = await readVariables(sandbox, cell, undefined);
  const needs = engine.needs(
    checks.map((check) => ({ check, values: values(check) })),
    sandbox.hosts,
  );
  const probeMs = needs.some((need) => need.read === 'probe') ? await probeTime(sandbox, cell.host) : 0;
  const observation = await sandbox.observe(needs.map((need) => shortened(need, probeMs)));
  return new Map(
    checks.map((check) => {
      const { state } = engine.judge(check, { observation, values: values(check) });
      return [check.id, state === 'skipped' ? 'broken' : state];
    }),
  );
}

function shortened(need: Need, probeMs: number): Need {
  return need.read === 'probe' ? { ...need, timeoutMs: Math.round(Math.min(probeMs, need.timeoutMs)) } : need;
}

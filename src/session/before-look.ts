/**
 * Looks at a cell's checks before the cell has run. A check that holds already asserts nothing about the cell: it would
 * hold too if the learner did nothing.
 */
import { type Need, needKey, type Observation } from '../check/observation.ts';
import type { Cell } from '../lesson/model.ts';
import type { Sandbox } from '../sandbox/contract.ts';
import { type CheckEngine, checkEngine } from './engine.ts';
import { forgetUnanswered, tableNeeds } from './unanswered.ts';
import { readVariables } from './variables.ts';

/**
 * One look, short: before their cell most targets do not exist, and waiting for them in full would double every test.
 * What would answer does so within a small multiple of the time that the sandbox itself takes to answer us: a look at
 * all its tables is the measure, some 10 ms in the embedded sandbox, 300 in an emulated machine. A probe that is cut
 * off has not shown that its check holds.
 */
const PROBE_LOOKS = 10;
const PROBE_MS = { least: 100, most: 1500 };

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
  const observation = await lookShortly(sandbox, needs);
  return new Map(
    checks.map((check) => {
      const { state } = engine.judge(check, { observation, values: values(check) });
      return [check.id, state === 'skipped' ? 'broken' : state];
    }),
  );
}

/** What probes leave behind when nobody answers is taken away: the cell is to find the network as it was. */
export async function lookShortly(sandbox: Sandbox, needs: readonly Need[]): Promise<Observation> {
  const probes = needs.filter((need) => need.read === 'probe');
  if (probes.length === 0) return sandbox.observe(needs);
  const began = performance.now();
  const before = await sandbox.observe(tableNeeds(sandbox.hosts));
  const probeMs = Math.min(
    PROBE_MS.most,
    Math.max(PROBE_MS.least, PROBE_LOOKS * (performance.now() - began)),
  );
  const observation = await sandbox.observe(needs.map((need) => shortened(need, probeMs)));
  if (probes.some((probe) => observation.probes[needKey(probe)]?.exit !== 0))
    await forgetUnanswered(sandbox, before);
  return observation;
}

function shortened(need: Need, probeMs: number): Need {
  return need.read === 'probe' ? { ...need, timeoutMs: Math.round(Math.min(probeMs, need.timeoutMs)) } : need;
}

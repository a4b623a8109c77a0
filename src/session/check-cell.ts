/**
 * Looks at a cell's checks: everything that they need is observed at once, judged, and only what does not hold yet is
 * looked at again, for as long as its `within` allows. Failures are then explained with a second look.
 */
import type { Check, Need, Observation, Verdict } from '../check/model.ts';
import type { Cell } from '../lesson/model.ts';
import { type Clock, systemClock } from '../lib/clock.ts';
import type { Sandbox } from '../sandbox/contract.ts';
import { type CheckEngine, checkEngine, type Values } from './engine.ts';
import type { SessionEvent } from './events.ts';
import { judgeExit, judgeOutputs } from './implicit-checks.ts';
import { mergeObservations } from './merge-observations.ts';
import type { CellRun } from './outcome.ts';
import { readVariables } from './variables.ts';
import { Watch } from './watch.ts';

export interface CheckCellOptions {
  sandbox: Sandbox;
  cell: Cell;
  /** The cell's last run; absent when the learner worked in a shell instead. */
  run?: CellRun;
  /** `anew`: variables are asked for again instead of taken from the run; the shell may have gone on since. */
  values?: 'of-run' | 'anew';
  emit: (event: SessionEvent) => void;
  clock?: Clock;
  signal?: AbortSignal;
  engine?: CheckEngine;
}

/** The first look again comes soon, as most things settle in milliseconds; later ones leave the machine in peace. */
const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 500;
/** A background cell has printed nothing when it has just been started; so long its `.output` may take. */
const BACKGROUND_OUTPUT_MS = 5000;

/**
 * @returns every verdict of the cell, its own promises (exit status, `.output`) first.
 * @throws SandboxError when the sandbox failed.
 */
export async function checkCell(options: CheckCellOptions): Promise<Verdict[]> {
  const { cell, run, emit, clock = systemClock } = options;
  const verdicts: Verdict[] = [];
  const tell = (verdict: Verdict): void => {
    verdicts.push(verdict);
    emit({ at: clock.now(), type: 'check-judged', cell: cell.id, verdict });
  };
  emit({ at: clock.now(), type: 'checks-started', cell: cell.id });
  if (run !== undefined) {
    const exit = judgeExit(cell, run);
    if (exit !== undefined) tell(exit);
    for (const verdict of await outputVerdicts(cell, run, clock, options.signal)) tell(verdict);
  }
  // What an interrupted cell has left is no answer to anything.
  const observation =
    run?.outcome === 'interrupted' || cell.expects.length === 0 ? undefined : await look(options, tell);
  emit({ at: clock.now(), type: 'checks-finished', cell: cell.id, observation });
  return verdicts;
}

async function outputVerdicts(
  cell: Cell,
  run: CellRun,
  clock: Clock,
  signal: AbortSignal | undefined,
): Promise<Verdict[]> {
  const began = clock.monotonic();
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(LONGEST_PAUSE_MS, pause * 2)) {
    const verdicts = judgeOutputs(cell, run);
    const settled = !cell.background || verdicts.every((verdict) => verdict.state === 'pass');
    if (settled || signal?.aborted || clock.monotonic() - began >= BACKGROUND_OUTPUT_MS) return verdicts;
    await clock.sleep(pause, signal);
  }
}

async function look(options: CheckCellOptions, tell: (verdict: Verdict) => void): Promise<Observation> {
  const { sandbox, cell, run, clock = systemClock, signal, engine = checkEngine } = options;
  const began = clock.monotonic();
  const elapsed = () => clock.monotonic() - began;
  const known = options.values === 'anew' ? undefined : run?.variables;
  const values = await readVariables(sandbox, cell, known);
  const watches = cell.expects.map((check) => new Watch(check));
  const failures: Watch[] = [];
  let seen: Observation | undefined;
  let pending = watches;
  let pause = FIRST_PAUSE_MS;
  for (;;) {
    const at = elapsed();
    const observation = await sandbox.observe(needsOf(engine, pending, sandbox.hosts, values));
    seen = seen === undefined ? observation : mergeObservations(seen, observation);
    for (const watch of pending) {
      const verdict = engine.judge(watch.check, { observation, run, values: values(watch.check) });
      watch.judged(verdict, at, elapsed(), signal?.aborted === true);
      if (!watch.settled) continue;
      // A failure is told with its explanation, below.
      if (watch.verdict.state === 'fail') failures.push(watch);
      else tell(watch.verdict);
    }
    pending = pending.filter((watch) => !watch.settled);
    if (pending.length === 0) break;
    const due = Math.min(...pending.map((watch) => watch.dueMs));
    await clock.sleep(Math.max(1, Math.min(pause, due - elapsed())), signal);
    pause = Math.min(LONGEST_PAUSE_MS, pause * 1.6);
  }
  if (failures.length > 0) seen = mergeObservations(seen, await explain(options, failures, values, tell));
  return seen;
}

function needsOf(
  engine: CheckEngine,
  watches: readonly Watch[],
  hosts: readonly string[],
  values: (check: Check) => Values,
): Need[] {
  return engine.needs(
    watches.map(({ check }) => ({ check, values: values(check) })),
    hosts,
  );
}

async function explain(
  options: CheckCellOptions,
  failures: readonly Watch[],
  values: (check: Check) => Values,
  tell: (verdict: Verdict) => void,
): Promise<Observation | undefined> {
  const { sandbox, run, signal, engine = checkEngine } = options;
  const needs = engine.explainNeeds(
    failures.map(({ check }) => ({ check, values: values(check) })),
    sandbox.hosts,
  );
  let observation = needs.length === 0 || signal?.aborted ? undefined : await sandbox.observe(needs);
  const why = (check: Check) =>
    observation && engine.explain(check, { observation, run, values: values(check) });
  const explanations = new Map(failures.map(({ check }) => [check, why(check)]));
  // One of them tried once more under watch: each takes as long as its probe does.
  const unsure = failures.find(({ check }) => explanations.get(check)?.unsure);
  const more =
    unsure && engine.confirmNeeds?.([{ check: unsure.check, values: values(unsure.check) }], sandbox.hosts);
  if (unsure && observation && more && more.length > 0 && !signal?.aborted) {
    observation = mergeObservations(observation, await sandbox.observe(more));
    explanations.set(unsure.check, why(unsure.check));
  }
  for (const { check, verdict } of failures) {
    const explanation = explanations.get(check);
    tell(explanation === undefined ? verdict : { ...verdict, explanation });
  }
  return observation;
}

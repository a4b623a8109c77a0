/** One cell of a walk: the text runs, then everything that its checks need is observed at once and judged. */
import type { Observation } from '../../check/observation.ts';
import type { Cell, Check } from '../../lesson/model.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Sandbox } from '../../sandbox/contract.ts';
import { checkCell } from '../../session/check-cell.ts';
import { type CheckEngine, checkEngine, type Values } from '../../session/engine.ts';
import { mergeObservations } from '../../session/merge-observations.ts';
import type { CellRun } from '../../session/outcome.ts';
import { clipText } from '../../session/output.ts';
import { runCell } from '../../session/run-cell.ts';
import type { Ran, WalkedCell } from '../model.ts';
import { isActive } from '../score/items.ts';
import { passiveNeeds, processesOf } from './look.ts';

export interface CellOptions {
  sandbox: Sandbox;
  cell: Cell;
  /** Undefined: nothing was answered, so nothing runs; the checks look all the same. */
  text: string | undefined;
  by: WalkedCell['by'];
  /** Those to judge, of the cell's own and of the key's. */
  checks: readonly Check[];
  /** Their explanations may send packets that the submission sees: they get none. */
  quiet: ReadonlySet<string>;
  /** Keep all that is passive, so that it can be judged again by checks that nobody has written yet. */
  keep: boolean;
  /** What the cell needs and the fresh sandbox did not have. */
  missing?: string;
  /** Processes that ran before; whatever is new afterwards was started by this cell. */
  before: ReadonlySet<string>;
  clock: Clock;
  signal: AbortSignal;
}

const KEPT_UNITS = 16 * 1024;
/**
 * Where something is left running, state that holds now may be taken away in a moment (or have been put there for the
 * moment): then it must hold until a second look, at a time that nobody can guess.
 */
const SECOND_LOOK_MS = { least: 250, most: 900 };

/** @throws SandboxError when the sandbox failed. */
export async function walkCell(options: CellOptions): Promise<WalkedCell> {
  const { sandbox, cell, text, by, clock, signal } = options;
  const known = { cell: cell.id, by, verdicts: [] };
  if (options.missing !== undefined) return { ...known, skipped: options.missing };
  const run =
    text === undefined
      ? undefined
      : await runCell({
          sandbox,
          // The shell is asked for the variables of these checks alone: others might name what is hidden.
          cell: { ...cell, expects: options.checks },
          text,
          by: 'test',
          emit: () => {},
          clock,
          signal,
        });
  const ran = run && text !== undefined ? ranOf(text, run) : undefined;
  const judged = await judgeCell(options, run);
  return { ...known, ...(ran === undefined ? {} : { ran }), ...judged };
}

function ranOf(text: string, run: CellRun): Ran {
  return {
    text,
    outcome: run.outcome,
    exit: run.exit,
    stdout: clipText(run.stdout, KEPT_UNITS),
    stderr: clipText(run.stderr, KEPT_UNITS),
    durationMs: Math.round(run.durationMs),
  };
}

export async function judgeCell(
  options: Omit<CellOptions, 'text' | 'by'>,
  run: CellRun | undefined,
): Promise<Pick<WalkedCell, 'verdicts' | 'observation' | 'values' | 'background'>> {
  const { sandbox, cell, clock, signal, quiet, keep, before } = options;
  if (options.checks.length === 0) return { verdicts: [] };
  const looked = keep ? await sandbox.observe(passiveNeeds(sandbox.hosts)) : undefined;
  const started = looked !== undefined && [...processesOf(looked)].some((one) => !before.has(one));
  const checks = started ? options.checks.map(twice) : options.checks;
  let judgedBy: Observation | undefined;
  const values: Record<string, Values> = {};
  const verdicts = await checkCell({
    sandbox,
    // Its exit status and its `.output` are the submission's own words: what is graded is what they have brought about.
    cell: { ...cell, expects: checks, outputs: [], exit: 'any', background: true },
    run,
    emit: (event) => {
      if (event.type === 'checks-finished') judgedBy = event.observation;
    },
    clock,
    signal,
    engine: recording(checkEngine, quiet, values),
  });
  const ids = new Set(checks.map((check) => check.id));
  const observation =
    looked === undefined ? judgedBy : judgedBy === undefined ? looked : mergeObservations(looked, judgedBy);
  return {
    verdicts: verdicts.filter((verdict) => ids.has(verdict.check)),
    ...(keep && observation !== undefined ? { observation, values } : {}),
    ...(started ? { background: true } : {}),
  };
}

function twice(check: Check): Check {
  // A probe may use up what answers it once, as `nc -l` does; a ping does not.
  if (isActive(check) && check.kind !== 'ping') return check;
  const { least, most } = SECOND_LOOK_MS;
  const random = crypto.getRandomValues(new Uint32Array(1))[0]! / 2 ** 32;
  return { ...check, holdsMs: Math.max(check.holdsMs, Math.round(least + random * (most - least))) };
}

/** Notes the variables that each check was judged with, and looks for no explanation of those that stay quiet. */
function recording(
  engine: CheckEngine,
  quiet: ReadonlySet<string>,
  values: Record<string, Values>,
): CheckEngine {
  return {
    ...engine,
    judge: (check, seen) => {
      if (check.variables.length > 0) values[check.id] = seen.values;
      return engine.judge(check, seen);
    },
    explainNeeds: (asked, hosts) =>
      engine.explainNeeds(
        asked.filter(({ check }) => !quiet.has(check.id)),
        hosts,
      ),
    explain: (check, seen) => (quiet.has(check.id) ? undefined : engine.explain(check, seen)),
  };
}

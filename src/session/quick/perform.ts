/**
 * Does a cell again to bring the sandbox to where it was, and looks at no checks: what was seen of them stays, as of
 * then. Looked at is only a cell that ends otherwise than it promises, or that had not passed: what is seen then is told
 * as ever. A run that was followed by another one of its cell is done in silence.
 */
import type { Cell } from '../../lesson/model.ts';
import type { Clock } from '../../lib/clock.ts';
import type { RunResult, Sandbox } from '../../sandbox/contract.ts';
import { missingNeeds, missingReason } from '../cell-needs.ts';
import { checkCell } from '../check-cell.ts';
import type { CheckEngine } from '../engine.ts';
import type { SessionEvent } from '../events.ts';
import type { CellRun } from '../outcome.ts';
import type { Printouts } from '../printout/printouts.ts';
import { finishedEvent, runCell, variablesOf } from '../run-cell.ts';
import type { Quick } from './plan.ts';

export interface QuickOptions {
  sandbox: Sandbox;
  step: Quick;
  emit: (event: SessionEvent) => void;
  clock: Clock;
  signal: AbortSignal;
  engine?: CheckEngine | undefined;
  /** Needs that this sandbox is known to have, by host: asked for once. */
  had: Set<string>;
  printouts?: Printouts | undefined;
}

/** `run` where there is one to judge its checks by later. */
export type QuickDone = { state: 'done' | 'looked' | 'failed' | 'skipped' | 'interrupted'; run?: CellRun };

/** What did not hold before may wait a little, not for as long as its author allows: somebody waits to go on. */
const LOOK_AGAIN_MS = 1000;

/** @throws SandboxError when the sandbox failed. */
export async function performQuick(options: QuickOptions): Promise<QuickDone> {
  const { step, emit, clock } = options;
  const { cell, by, short } = step;
  if (await lacks(options)) return { state: 'skipped' };
  if (step.as === 'before') return before(options);
  if (step.as === 'look') return lookAgain(options);
  const done = (ran: boolean): QuickDone => {
    const at = clock.now();
    emit(
      by === 'replay'
        ? { at, type: 'cell-replayed', cell: cell.id, ran }
        : { at, type: 'cell-jumped', cell: cell.id, text: step.text },
    );
    return { state: 'done' };
  };
  if (short === '') return done(false);
  if (cell.background) return background(options, done);
  emit({ at: clock.now(), type: 'cell-started', cell: cell.id, text: step.text, by });
  const result = await runs(options);
  if (result.outcome === 'interrupted') {
    emit(finishedEvent(cell, result, clock));
    return { state: 'interrupted' };
  }
  if (asPromised(cell, result)) return done(true);
  emit(finishedEvent(cell, result, clock));
  const run: CellRun = { ...result, printed: () => result.stdout + result.stderr };
  await checkCell({ ...options, cell, run, signal: undefined });
  return { state: 'failed', run };
}

async function lacks({ sandbox, step: { cell, as }, emit, clock, had }: QuickOptions): Promise<boolean> {
  const unknown = cell.needs.filter((need) => !had.has(`${cell.host}\0${need}`));
  if (unknown.length === 0) return false;
  const missing = await missingNeeds(sandbox, cell.host, unknown);
  for (const need of unknown) if (!missing.includes(need)) had.add(`${cell.host}\0${need}`);
  if (missing.length === 0) return false;
  const reason = missingReason(missing, cell.host);
  if (as !== 'before') emit({ at: clock.now(), type: 'cell-skipped', cell: cell.id, reason });
  return true;
}

/** For what it leaves behind, however it ends. */
async function before(options: QuickOptions): Promise<QuickDone> {
  if (options.step.short === '') return { state: 'done' };
  const { outcome } = await runs(options);
  return { state: outcome === 'interrupted' ? 'interrupted' : 'done' };
}

/** Does once more what did not pass, and tells what holds now. */
async function lookAgain(options: QuickOptions): Promise<QuickDone> {
  const run = await runCell({ ...options, ...options.step });
  if (run.outcome === 'interrupted') return { state: 'interrupted' };
  await checkCell({ ...options, cell: inShort(options.step.cell), run });
  return { state: 'looked', run };
}

/** The same cell with checks that wait for a moment at most. */
export function inShort(cell: Cell): Cell {
  const withinMs = (check: Cell['expects'][number]) => Math.min(check.withinMs, LOOK_AGAIN_MS);
  return { ...cell, expects: cell.expects.map((check) => ({ ...check, withinMs: withinMs(check) })) };
}

/** What is left out of the text is run after all when what is run did not end well: it may be meant so. */
async function runs({ sandbox, step, signal, printouts }: QuickOptions): Promise<RunResult> {
  const { cell, text, short, rest, said } = step;
  const run = (part: string) =>
    sandbox.run(cell.host, part, {
      timeoutMs: cell.timeoutMs,
      signal,
      variables: variablesOf(cell),
      // It may print as much as the learner's own run might.
      ...(printouts && { outputLimit: printouts.limit }),
      ...(cell.background && { background: true }),
    });
  if (short === undefined) return run(said ?? text);
  const first = await run(short);
  if (first.outcome !== 'exited') return first;
  if (rest === undefined || first.exit === 0)
    return { ...first, exit: typeof cell.exit === 'number' ? cell.exit : 0 };
  const second = await run(rest);
  return { ...second, stdout: first.stdout + second.stdout, stderr: first.stderr + second.stderr };
}

const asPromised = (cell: Cell, { outcome, exit }: RunResult): boolean =>
  (outcome === 'exited' || outcome === 'shell-ended') && (cell.exit === 'any' || exit === cell.exit);

/** What goes on in the background is there when its checks hold: others may rely on it. */
async function background(options: QuickOptions, done: (ran: boolean) => QuickDone): Promise<QuickDone> {
  const { step, emit } = options;
  const run = await runCell({ ...options, ...step });
  if (run.outcome === 'interrupted') return { state: 'interrupted' };
  const kept: SessionEvent[] = [];
  const verdicts = await checkCell({
    ...options,
    cell: step.cell,
    run,
    signal: undefined,
    emit: (event) => kept.push(event),
  });
  if (verdicts.every(({ state }) => state === 'pass')) return { ...done(true), run };
  for (const event of kept) emit(event);
  return { state: 'failed', run };
}

/** Runs one cell in its host's shell and tells of it in events. Whether it did right is check-cell's question. */
import type { Cell } from '../lesson/model.ts';
import { type Clock, systemClock } from '../lib/clock.ts';
import type { OutputStream, RunResult, Sandbox } from '../sandbox/contract.ts';
import type { RunBy, SessionEvent } from './events.ts';
import type { CellRun } from './outcome.ts';
import { OutputBatch, type Printed, printedText } from './output-batch.ts';
import type { Printouts } from './printout/printouts.ts';

export interface RunCellOptions {
  sandbox: Sandbox;
  cell: Cell;
  /** What runs: the cell's own text, the learner's, or the solution. */
  text: string;
  by: RunBy;
  emit: (event: SessionEvent) => void;
  clock?: Clock;
  signal?: AbortSignal;
  /** Where all that it prints is kept; absent: nowhere. */
  printouts?: Printouts | undefined;
}

/** Variables of the shell that the cell's checks mention: read with the same run. */
export function variablesOf(cell: Cell): string[] {
  return [...new Set(cell.expects.flatMap((check) => check.variables))];
}

/**
 * @throws SandboxError when the sandbox failed; `cell-started` then stands without `cell-finished`, and the caller
 *   tells of the loss.
 */
export async function runCell(options: RunCellOptions): Promise<CellRun> {
  const { sandbox, cell, text, by, emit, clock = systemClock, signal } = options;
  emit({ at: clock.now(), type: 'cell-started', cell: cell.id, text, by });
  const batch = new OutputBatch((stream, chunk) => {
    // A replay is quiet: the whole comes with `cell-finished`.
    if (by !== 'replay') emit({ at: clock.now(), type: 'output', cell: cell.id, stream, text: chunk });
  });
  const keeping = options.printouts?.begin(cell.id, by === 'replay');
  let result: RunResult;
  try {
    result = await sandbox.run(cell.host, text, {
      timeoutMs: cell.timeoutMs,
      onOutput: (stream: OutputStream, chunk: Uint8Array) => {
        keeping?.add(chunk);
        batch.add(stream, chunk);
      },
      ...(keeping && { outputLimit: keeping.limit }),
      signal,
      background: cell.background,
      variables: variablesOf(cell),
    });
  } catch (error) {
    keeping?.ended({ goesOn: false, counts: by !== 'replay' });
    throw error;
  } finally {
    // A background cell prints on after this: the batch then flushes by its timer alone.
    batch.flush();
  }
  emit(finishedEvent(cell, result, clock));
  keeping?.ended({
    goesOn: cell.background,
    counts: by !== 'replay' || result.outcome !== 'interrupted',
  });
  return runOf(cell, result, batch.end());
}

export const finishedEvent = (
  cell: Cell,
  { outcome, exit, stdout, stderr, durationMs }: RunResult,
  clock: Clock,
): SessionEvent => ({
  at: clock.now(),
  type: 'cell-finished',
  cell: cell.id,
  outcome,
  exit,
  stdout,
  stderr,
  durationMs,
});

/** Apart from what is called for late output: that lives as long as the sandbox, and must not hold this run. */
function runOf({ background }: Cell, result: RunResult, printed: Printed): CellRun {
  return {
    outcome: result.outcome,
    exit: result.exit,
    get stdout() {
      return background ? printedText(printed, 'stdout') : result.stdout;
    },
    get stderr() {
      return background ? printedText(printed, 'stderr') : result.stderr;
    },
    durationMs: result.durationMs,
    variables: result.variables,
    printed: () => printedText(printed),
  };
}

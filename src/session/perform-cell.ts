/** One cell from its needs to its last verdict: what the session and `wirebook test` both do. */
import type { Verdict } from '../check/model.ts';
import { systemClock } from '../lib/clock.ts';
import { missingNeeds, missingReason } from './cell-needs.ts';
import { checkCell } from './check-cell.ts';
import type { CheckEngine } from './engine.ts';
import type { CellRun } from './outcome.ts';
import { type RunCellOptions, runCell } from './run-cell.ts';

export type Performed =
  | { skipped: string; verdicts?: undefined }
  | { skipped?: undefined; run: CellRun; verdicts: Verdict[] };

/** @throws SandboxError when the sandbox failed. */
export async function performCell(options: RunCellOptions & { engine?: CheckEngine }): Promise<Performed> {
  const { sandbox, cell, emit, clock = systemClock, signal, engine } = options;
  const missing = await missingNeeds(sandbox, cell.host, cell.needs);
  if (missing.length > 0) {
    const skipped = missingReason(missing, cell.host);
    emit({ at: clock.now(), type: 'cell-skipped', cell: cell.id, reason: skipped });
    return { skipped };
  }
  const run = await runCell(options);
  const verdicts = await checkCell({
    sandbox,
    cell,
    run,
    emit,
    clock,
    signal,
    engine,
  });
  return { run, verdicts };
}

/** Runs a lesson in a fresh sandbox and looks at everything before and after each cell. Knows the sandbox by its contract. */
import type { Observation } from '../check/observation.ts';
import type { Cell, Lesson } from '../lesson/model.ts';
import { systemClock } from '../lib/clock.ts';
import { SandboxError } from '../lib/errors.ts';
import type { Sandbox, SandboxDriver } from '../sandbox/contract.ts';
import { missingNeeds, missingNext, missingReason } from '../session/cell-needs.ts';
import { specOf } from '../session/holder.ts';
import { mergeObservations } from '../session/merge-observations.ts';
import { performCell } from '../session/perform-cell.ts';
import { runSetups } from '../session/setup.ts';
import type { Seen } from './model.ts';
import { looksFor, settingsFor } from './needs.ts';
import { propose } from './propose.ts';

/** A cell as one walk saw it, or why it saw nothing. */
export type Walked = { cell: Cell } & ({ seen: Seen; trouble?: undefined } | { trouble: string });

export interface WalkOptions {
  signal?: AbortSignal;
  onCell?: (cell: Cell) => void;
}

/** Carriers, servers and duplicate address detection settle within a second or two; most cells have settled at once. */
const SETTLE_MS = 150;
const MOST_LOOKS = 20;
/** A server that goes on beside the lesson is not ready when its cell is. */
const BACKGROUND_LOOKS = 10;

async function look(sandbox: Sandbox, host: string, text: string): Promise<Observation> {
  const first = await sandbox.observe(looksFor(sandbox.hosts, host, text));
  return mergeObservations(first, await sandbox.observe(settingsFor(first, text)));
}

/** Looks until two looks in a row say the same. */
async function settled(
  sandbox: Sandbox,
  { host, background }: Cell,
  text: string,
  before: Observation,
  run: Seen['run'],
): Promise<Observation> {
  const words = (after: Observation) =>
    JSON.stringify(propose([{ before, after, run }], host, sandbox.hosts));
  const least = background ? BACKGROUND_LOOKS : 1;
  let last = await look(sandbox, host, text);
  for (let looks = 1; looks < MOST_LOOKS; looks++) {
    await systemClock.sleep(SETTLE_MS);
    const next = await look(sandbox, host, text);
    if (words(next) === words(last) && looks >= least) return next;
    last = next;
  }
  return last;
}

async function walkCell(sandbox: Sandbox, cell: Cell, signal: AbortSignal | undefined): Promise<Walked> {
  const text = cell.role === 'task' ? cell.solution : cell.text;
  if (text === undefined) return { cell, trouble: 'The task has no .solution.' };
  const before = await look(sandbox, cell.host, text);
  const done = await performCell({
    sandbox,
    cell,
    text,
    by: cell.role === 'task' ? 'solution' : 'test',
    emit: () => {},
    ...(signal && { signal }),
  });
  if (done.skipped !== undefined) return { cell, trouble: `${done.skipped}.` };
  const { run } = done;
  const own = done.verdicts.find(
    (verdict) => verdict.check === `${cell.id}/exit` && verdict.state !== 'pass',
  );
  if (own !== undefined) return { cell, trouble: `Expected: ${own.expected}. Found: ${own.found}.` };
  const outcome = { exit: run.exit, stdout: run.stdout, stderr: run.stderr };
  return { cell, seen: { before, after: await settled(sandbox, cell, text, before, outcome), run: outcome } };
}

/** @throws SandboxError when the sandbox failed, or lacks what the lesson needs. */
export async function walkLesson(
  lesson: Lesson,
  driver: SandboxDriver,
  { signal, onCell }: WalkOptions = {},
): Promise<Walked[]> {
  await using sandbox = await driver.create(specOf(lesson));
  const host = sandbox.hosts[0]!;
  const missing = await missingNeeds(sandbox, host, lesson.needs);
  if (missing.length > 0)
    throw new SandboxError('lesson-needs', missingReason(missing, host), missingNext(missing));
  const setup = await runSetups(sandbox, lesson, signal);
  if (setup !== undefined) throw new SandboxError('lesson-setup', setup);
  const walked: Walked[] = [];
  for (const cell of lesson.cells) {
    if (signal?.aborted) break;
    onCell?.(cell);
    walked.push(await walkCell(sandbox, cell, signal));
  }
  return walked;
}

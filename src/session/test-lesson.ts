/** Tests a lesson in a sandbox of its own, from the first cell to the last, with the author's solutions for its tasks. */
import type { Lesson } from '../lesson/model.ts';
import { type Clock, systemClock } from '../lib/clock.ts';
import { WirebookError } from '../lib/errors.ts';
import type { Sandbox, SandboxDriver } from '../sandbox/contract.ts';
import { missingNeeds, missingNext, missingReason } from './cell-needs.ts';
import type { CheckEngine } from './engine.ts';
import type { SessionEvent } from './events.ts';
import { specOf } from './holder.ts';
import { performCell } from './perform-cell.ts';
import { runSetups } from './setup.ts';
import { testCell, untested } from './test-cell.ts';
import { type CellResult, type LessonResult, worst } from './test-result.ts';

export interface TestLessonOptions {
  /** Stop at the first cell that does not pass. */
  bail?: boolean;
  /** Exact ids; absent: all. Cells before them run too, as what they leave behind is needed, but are not judged. */
  cells?: ReadonlySet<string>;
  signal?: AbortSignal;
  /** Each cell as soon as it is known. */
  onCell?: (result: CellResult) => void;
  onEvent?: (event: SessionEvent) => void;
  clock?: Clock;
  engine?: CheckEngine;
}

/** Never rejects: what the sandbox does wrong makes the lesson `broken`. An aborted test is `skipped` from there on. */
export async function testLesson(
  lesson: Lesson,
  driver: SandboxDriver,
  options: TestLessonOptions = {},
): Promise<LessonResult> {
  const { clock = systemClock } = options;
  const startedAt = new Date(clock.now()).toISOString();
  const began = clock.monotonic();
  const cells: CellResult[] = [];
  const whole = await inSandbox(lesson, driver, (sandbox) => testCells(sandbox, lesson, options, cells));
  // Cells that the sandbox took with it are named too: a report without them would look complete.
  for (const cell of lesson.cells.slice(cells.length))
    cells.push(
      untested(lesson, cell, {
        state: whole.because === undefined ? 'skipped' : 'broken',
        because: whole.because ?? (options.signal?.aborted ? 'interrupted' : 'a cell before it did not pass'),
        afterFailure: true,
      }),
    );
  return {
    lesson: lesson.id,
    file: lesson.file,
    title: lesson.title,
    language: lesson.language,
    driver: driver.name,
    ...(lesson.params ? { seed: lesson.params.seed } : {}),
    state: whole.because === undefined ? worst(cells.map((cell) => cell.state)) : 'broken',
    ...whole,
    startedAt,
    durationMs: Math.round(clock.monotonic() - began),
    cells,
  };
}

type Trouble = { because?: string; next?: readonly string[] };

/** Makes the sandbox, destroys it, and turns its failure into words. */
async function inSandbox(
  lesson: Lesson,
  driver: SandboxDriver,
  work: (sandbox: Sandbox) => Promise<Trouble>,
): Promise<Trouble> {
  let sandbox: Sandbox | undefined;
  try {
    sandbox = await driver.create(specOf(lesson));
    return await work(sandbox);
  } catch (error) {
    if (error instanceof WirebookError) return { because: error.message, next: error.next };
    // A bug of ours in one lesson must not take the reports of the others with it.
    return {
      because: `Wirebook itself failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    };
  } finally {
    await sandbox?.destroy().catch(() => {});
  }
}

async function testCells(
  sandbox: Sandbox,
  lesson: Lesson,
  options: TestLessonOptions,
  results: CellResult[],
): Promise<Trouble> {
  const { clock = systemClock, signal, bail, onCell, onEvent = () => {}, engine } = options;
  const host = sandbox.hosts[0]!;
  const missing = await missingNeeds(sandbox, host, lesson.needs);
  if (missing.length > 0) return { because: missingReason(missing, host), next: missingNext(missing) };
  const setup = await runSetups(sandbox, lesson, signal);
  if (setup !== undefined) return { because: setup };
  let failed = false;
  // What comes after it may come of it.
  let spoilt = false;
  let left = options.cells === undefined ? lesson.cells.length : countChosen(lesson, options.cells);
  const common = { sandbox, emit: onEvent, clock, signal, engine };
  for (const cell of lesson.cells) {
    if (signal?.aborted || (bail && failed)) break;
    const chosen = options.cells?.has(cell.id) ?? true;
    if (left > 0 && chosen) {
      const result = await testCell({ ...common, lesson, cell, afterFailure: spoilt });
      left -= 1;
      // What an interrupt has spoilt says nothing of the lesson.
      if (signal?.aborted && result.state !== 'pass') break;
      failed ||= result.state === 'fail' || result.state === 'broken';
      spoilt ||= spoils(result);
      results.push(result);
      onCell?.(result);
      continue;
    }
    const text = cell.role === 'task' ? cell.solution : cell.text;
    // For what it leaves behind; with its checks, as the next cell may rely on a `within`.
    if (left > 0 && text !== undefined) await performCell({ ...common, cell, text, by: 'test' });
    results.push(untested(lesson, cell, { state: 'skipped', because: 'not chosen', afterFailure: false }));
  }
  return {};
}

/** A check that held too early is the lesson's fault, and nothing that comes after it comes of that. */
const spoils = ({ state, checks }: CellResult): boolean =>
  (state === 'fail' || state === 'broken') &&
  (checks.length === 0 || checks.some((one) => one.state !== 'pass' && one.fault !== 'vacuous'));

const countChosen = (lesson: Lesson, chosen: ReadonlySet<string>): number =>
  lesson.cells.filter((cell) => chosen.has(cell.id)).length;

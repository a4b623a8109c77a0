/**
 * Grades one submission: its walks, tried again when a sandbox failed, and a record of what was seen. Never rejects: what
 * the sandbox does wrong makes the record `broken`, which is not a score.
 */
import { createHash } from 'node:crypto';
import type { Lesson } from '../lesson/model.ts';
import { type Clock, formatDuration, systemClock } from '../lib/clock.ts';
import { WirebookError } from '../lib/errors.ts';
import type { SandboxDriver, SandboxLimits } from '../sandbox/contract.ts';
import type { GradeRecord, Submission, Walk } from './model.ts';
import { walkAll } from './walk/walks.ts';

export interface AttemptOptions {
  /** With this learner's numbers, and the key's checks. */
  lesson: Lesson;
  driver: SandboxDriver;
  version: string;
  signal: AbortSignal;
  limits?: Partial<SandboxLimits>;
  /** For all walks of a submission together. */
  timeoutMs?: number;
  attempts?: number;
  clock?: Clock;
}

/** Enough for any exercise; a fork bomb or a full disk is over soon. */
export const GRADE_LIMITS: SandboxLimits = { processes: 512, memory: 768 * 2 ** 20, disk: 512 * 2 ** 20 };
const ATTEMPTS = 3;
const TIMEOUT_MS = 10 * 60_000;
const PAUSE_MS = 250;

/** Raised when the same submission would be graded otherwise. */
const GRADER = 1;

export function fingerprintOf(lesson: Lesson, submission: Submission, driver: string): string {
  const answers = Object.entries(submission.answers).sort(([a], [b]) => (a < b ? -1 : 1));
  // Not the file's hash: a word that was mended in the prose changes no result, nor do points.
  const cells = lesson.cells.map(({ id, text, solution, host, timeoutMs, needs }) => [
    id,
    text,
    solution,
    host,
    timeoutMs,
    needs,
  ]);
  const { hosts, needs, setups } = lesson;
  const before = setups.map(({ text, host }) => [text, host]);
  const parts = [
    GRADER,
    lesson.id,
    hosts,
    needs,
    before,
    cells,
    checkDigests(lesson),
    submission.learner,
    answers,
    submission.help,
    driver,
  ];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

/** By id, what a check asks: where it stands in the file does not matter. */
export function checkDigests(lesson: Lesson): Record<string, string> {
  const checks = lesson.cells.flatMap((cell) => cell.expects);
  return Object.fromEntries(
    checks.map(({ place: _, points: __, ...check }) => [
      check.id,
      createHash('sha256').update(JSON.stringify(check)).digest('hex').slice(0, 16),
    ]),
  );
}

export async function attempt(submission: Submission, options: AttemptOptions): Promise<GradeRecord> {
  const { signal, clock = systemClock } = options;
  const most = Math.max(1, options.attempts ?? ATTEMPTS);
  const startedAt = new Date(clock.now()).toISOString();
  const began = clock.monotonic();
  let walks: readonly Walk[] = [];
  let because: string | undefined;
  let attempts = 0;
  do {
    if (attempts > 0) await clock.sleep(PAUSE_MS * 4 ** (attempts - 1), signal);
    if (signal.aborted) break;
    attempts += 1;
    ({ walks, because } = await tryOnce(submission, options));
  } while (because !== undefined && attempts < most);
  return recordWith(submission, options, {
    startedAt,
    durationMs: Math.round(clock.monotonic() - began),
    attempts,
    walks,
    ...(because === undefined ? {} : { because }),
  });
}

type Outcome = Pick<GradeRecord, 'startedAt' | 'durationMs' | 'attempts' | 'walks' | 'because'>;
type Known = Pick<AttemptOptions, 'lesson' | 'driver' | 'version'>;

function recordWith(
  submission: Submission,
  { lesson, driver, version }: Known,
  outcome: Outcome,
): GradeRecord {
  const { learner, name, source, answers, help, notes } = submission;
  return {
    format: 1,
    learner,
    ...(name === undefined ? {} : { name }),
    source,
    fingerprint: fingerprintOf(lesson, submission, driver.name),
    lesson: { id: lesson.id, hash: lesson.hash },
    driver: driver.name,
    wirebook: version,
    state: outcome.because === undefined ? 'graded' : 'broken',
    answers,
    help,
    notes,
    checks: checkDigests(lesson),
    ...outcome,
  };
}

/** Given up without another try. */
export function brokenRecord(submission: Submission, known: Known, because: string): GradeRecord {
  const startedAt = new Date().toISOString();
  return recordWith(submission, known, { startedAt, durationMs: 0, attempts: 0, walks: [], because });
}

async function tryOnce(
  { answers }: Submission,
  options: AttemptOptions,
): Promise<{ walks: readonly Walk[]; because?: string }> {
  const { lesson, driver, timeoutMs = TIMEOUT_MS, clock } = options;
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), timeoutMs);
  const signal = AbortSignal.any([options.signal, late.signal]);
  const limits = { ...GRADE_LIMITS, ...options.limits };
  try {
    const walks = await walkAll({ lesson, driver, answers, limits, signal, clock });
    return { walks, because: brokenIn(walks) };
  } catch (error) {
    if (late.signal.aborted)
      return { walks: [], because: `It took longer than ${formatDuration(timeoutMs)} in all.` };
    if (error instanceof WirebookError) return { walks: [], because: error.message };
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { walks: [], because: `Wirebook itself failed: ${text}` };
  } finally {
    clearTimeout(timer);
  }
}

/** A check that could not be looked at may be able to in another sandbox. */
function brokenIn(walks: readonly Walk[]): string | undefined {
  for (const walk of walks)
    for (const cell of walk.cells) {
      if (walk.kind === 'reference') continue;
      if (cell.skipped !== undefined) return `${cell.cell}: ${cell.skipped}`;
      const verdict = cell.verdicts.find((one) => one.state === 'broken');
      if (verdict !== undefined) return `${verdict.check}: ${verdict.found}`;
    }
  return undefined;
}

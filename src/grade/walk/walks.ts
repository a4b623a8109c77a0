/**
 * The walks of one submission, each in a fresh sandbox: the answers as they were handed in; where one failed, the same with
 * each failed cell put right before the next; and where hidden checks could be noticed before the end, once more for those.
 */
import type { Verdict } from '../../check/model.ts';
import type { Observation } from '../../check/observation.ts';
import type { Cell, Check, Lesson } from '../../lesson/model.ts';
import { type Clock, systemClock } from '../../lib/clock.ts';
import { SandboxError } from '../../lib/errors.ts';
import type { Sandbox, SandboxDriver, SandboxLimits } from '../../sandbox/contract.ts';
import { missingNeeds, missingNext, missingReason } from '../../session/cell-needs.ts';
import { checkEngine } from '../../session/engine.ts';
import { runSetups } from '../../session/setup.ts';
import type { Submission, Walk, WalkedCell } from '../model.ts';
import { isActive, isHidden, isSaid } from '../score/items.ts';
import { judgeCell, walkCell } from './cell.ts';
import { passiveNeeds, processesOf } from './look.ts';

export interface WalkOptions {
  lesson: Lesson;
  driver: SandboxDriver;
  answers: Submission['answers'];
  limits?: Partial<SandboxLimits>;
  signal: AbortSignal;
  clock?: Clock;
}

/** A lesson may name hosts with addresses; the sandbox gets those, and the limits from outside. */
async function inSandbox<T>(options: WalkOptions, work: (sandbox: Sandbox) => Promise<T>): Promise<T> {
  const { lesson, driver, limits, signal } = options;
  const sandbox = await driver.create({ hosts: lesson.hosts, ...(limits === undefined ? {} : { limits }) });
  // Nothing inside can hold up the grader: when the time is over the sandbox goes, whatever it is doing.
  const end = (): void => void sandbox.destroy().catch(() => {});
  try {
    if (signal.aborted) throw new SandboxError('grading-stopped', 'Stopped.');
    signal.addEventListener('abort', end, { once: true });
    await begin(sandbox, lesson, signal);
    return await work(sandbox);
  } finally {
    signal.removeEventListener('abort', end);
    await sandbox.destroy().catch(() => {});
  }
}

/** @throws SandboxError when the lesson cannot begin: the sandbox's or the author's fault. */
async function begin(sandbox: Sandbox, lesson: Lesson, signal: AbortSignal): Promise<void> {
  const host = sandbox.hosts[0]!;
  const missing = await missingNeeds(sandbox, host, lesson.needs);
  if (missing.length > 0)
    throw new SandboxError('needs-missing', missingReason(missing, host), missingNext(missing));
  const trouble = await runSetups(sandbox, lesson, signal);
  if (trouble !== undefined) throw new SandboxError('setup-failed', trouble);
  // Each host's shell is a process of ours: it is there before the first answer runs.
  for (const name of sandbox.hosts) await sandbox.run(name, ':', { timeoutMs: 10_000, signal });
}

const authors = (cell: Cell): string | undefined => (cell.role === 'task' ? cell.solution : cell.text);

/** Cells behind the last check need not run. */
function cellsOf(lesson: Lesson): readonly Cell[] {
  return lesson.cells.slice(0, lesson.cells.findLastIndex((cell) => cell.expects.length > 0) + 1);
}

/** @throws SandboxError when a sandbox failed. */
export async function walkAll(options: WalkOptions): Promise<Walk[]> {
  const cells = cellsOf(options.lesson);
  const late = lateCheck(cells);
  const submitted = await confirmed(() =>
    inSandbox(options, (sandbox) => walkSubmitted(sandbox, cells, options)),
  );
  const walks: Walk[] = [{ kind: 'submitted', cells: submitted }];
  const hidden = cells.filter((cell) => cell.expects.some(isSecretProbe));
  if (hidden.some((cell) => cell !== late))
    walks.push({
      kind: 'hidden',
      cells: await confirmed(() => inSandbox(options, (sandbox) => walkHidden(sandbox, cells, options))),
    });
  const failed = new Set(
    walks.flatMap((walk) => walk.cells.filter((cell) => hasFailed(cell)).map((cell) => cell.cell)),
  );
  const first = cells.findIndex((cell) => failed.has(cell.id));
  const later = cells.slice(first + 1);
  // Only what is behind the first failure can have come of it: a failure, or what holds because something was never made.
  const held = new Set(submitted.filter((cell) => cell.held !== undefined).map((cell) => cell.cell));
  if (first >= 0 && later.some((cell) => failed.has(cell.id) || held.has(cell.id)))
    walks.push({ kind: 'reference', cells: await walkReference(cells, first, options) });
  return walks;
}

/**
 * Where nothing but probes has failed, a busy machine may have lost a packet: once more in a fresh sandbox, and the better of
 * the two counts. What the kernel's state says is certain the first time.
 */
async function confirmed(walk: () => Promise<WalkedCell[]>): Promise<WalkedCell[]> {
  const first = await walk();
  const failures = failuresIn(first);
  if (failures.length === 0 || !failures.every(isActive)) return first;
  const second = await walk();
  return failuresIn(second).length < failures.length ? second : first;
}

const failuresIn = (cells: readonly WalkedCell[]): Verdict[] =>
  cells.flatMap(({ verdicts }) => verdicts.filter(({ state }) => state === 'fail'));

const hasFailed = (cell: WalkedCell): boolean => cell.verdicts.some((verdict) => verdict.state === 'fail');

/** The last cell: its hidden probes are sent when nothing that a learner sees can depend on them any more. */
const lateCheck = (cells: readonly Cell[]): Cell | undefined => cells.at(-1);

/** A hidden check that the submission could notice: its packets arrive, or its shell is asked for a variable. */
const isSecretProbe = (check: Check): boolean =>
  isHidden(check) && (isActive(check) || check.variables.length > 0);

function quietOf(cell: Cell): ReadonlySet<string> {
  return new Set(cell.expects.filter(isHidden).map((check) => check.id));
}

class Walker {
  readonly cells: WalkedCell[] = [];
  readonly #sandbox: Sandbox;
  readonly #options: WalkOptions;
  readonly #missing = new Map<string, string>();
  #before: ReadonlySet<string> = new Set();
  /** What the hosts were like when the last cell had ended; undefined when nobody has looked since. */
  #last: Observation | undefined;
  #failed = false;

  constructor(sandbox: Sandbox, options: WalkOptions) {
    this.#sandbox = sandbox;
    this.#options = options;
  }

  async begin(): Promise<this> {
    const { hosts } = this.#sandbox;
    // Asked before anything has run: what a submission takes away later is its own doing.
    for (const { id, host, needs } of this.#options.lesson.cells) {
      const missing = needs.length > 0 ? await missingNeeds(this.#sandbox, host, needs) : [];
      if (missing.length > 0) this.#missing.set(id, missingReason(missing, host));
    }
    this.#before = processesOf(await this.#sandbox.observe(passiveNeeds(hosts)));
    return this;
  }

  async walk(
    cell: Cell,
    text: string | undefined,
    by: WalkedCell['by'],
    checks: readonly Check[],
  ): Promise<WalkedCell> {
    const { clock = systemClock, signal } = this.#options;
    const held = await this.#held(checks);
    const walked = await walkCell({
      sandbox: this.#sandbox,
      cell,
      text,
      by,
      checks,
      quiet: quietOf(cell),
      keep: true,
      before: this.#before,
      ...(this.#missing.has(cell.id) ? { missing: this.#missing.get(cell.id) } : {}),
      clock,
      signal,
    });
    if (signal.aborted) throw new SandboxError('grading-stopped', 'Stopped.');
    if (walked.observation !== undefined) this.#before = processesOf(walked.observation);
    this.#last = walked.observation;
    this.#failed ||= hasFailed(walked);
    const whole = held.length > 0 ? { ...walked, held } : walked;
    this.cells.push(whole);
    return whole;
  }

  /** Passive checks alone, and only behind a failure: there something may hold because it was never made. */
  async #held(checks: readonly Check[]): Promise<string[]> {
    const passive = checks.filter(
      (check) => !isActive(check) && !isSaid(check) && check.variables.length === 0,
    );
    if (!this.#failed || passive.length === 0) return [];
    const observation = this.#last ?? (await this.#sandbox.observe(passiveNeeds(this.#sandbox.hosts)));
    return passive
      .filter((check) => checkEngine.judge(check, { observation, values: {} }).state === 'pass')
      .map(({ id }) => id);
  }
}

const textOf = (cell: Cell, answers: Submission['answers']): string | undefined =>
  cell.role === 'run' ? cell.text : Object.hasOwn(answers, cell.id) ? answers[cell.id] : undefined;

async function walkSubmitted(
  sandbox: Sandbox,
  cells: readonly Cell[],
  options: WalkOptions,
): Promise<WalkedCell[]> {
  const walker = await new Walker(sandbox, options).begin();
  for (const cell of cells) {
    const checks = cell.expects.filter((check) => !isSecretProbe(check));
    await walker.walk(
      cell,
      textOf(cell, options.answers),
      cell.role === 'run' ? 'lesson' : 'learner',
      checks,
    );
  }
  const last = cells.at(-1);
  const secret = last?.expects.filter(isSecretProbe) ?? [];
  if (last === undefined || secret.length === 0) return walker.cells;
  // What the submission prints from here on is not kept: it may have seen the probes arrive.
  const { verdicts, observation } = await judgeCell(
    {
      sandbox,
      cell: last,
      checks: secret,
      quiet: quietOf(last),
      keep: true,
      before: new Set(),
      clock: options.clock ?? systemClock,
      signal: options.signal,
    },
    undefined,
  );
  const end = walker.cells.at(-1)!;
  const kept = observation &&
    end.observation && { ...end.observation, probes: { ...end.observation.probes, ...observation.probes } };
  return [
    ...walker.cells.slice(0, -1),
    { ...end, verdicts: [...end.verdicts, ...verdicts], observation: kept ?? end.observation },
  ];
}

/** Only the hidden probes count here; the others are looked at because what follows may rely on a `within`. */
async function walkHidden(
  sandbox: Sandbox,
  cells: readonly Cell[],
  options: WalkOptions,
): Promise<WalkedCell[]> {
  const walker = await new Walker(sandbox, options).begin();
  for (const cell of cells)
    await walker.walk(
      cell,
      textOf(cell, options.answers),
      cell.role === 'run' ? 'lesson' : 'learner',
      cell.expects,
    );
  return walker.cells.slice(0, -1).map((walked) => {
    const secret = new Set(
      cells
        .find(({ id }) => id === walked.cell)!
        .expects.filter(isSecretProbe)
        .map(({ id }) => id),
    );
    const { ran: _, ...kept } = walked;
    return { ...kept, verdicts: walked.verdicts.filter((verdict) => secret.has(verdict.check)) };
  });
}

/**
 * From the first failed cell on: it is put right by the author's words, and whatever fails after it is the learner's own
 * fault or not. What fails again is put right as well before the next, in a sandbox that is made anew.
 */
async function walkReference(
  cells: readonly Cell[],
  first: number,
  options: WalkOptions,
): Promise<WalkedCell[]> {
  const walked: WalkedCell[] = [];
  const repaired = new Set([first]);
  let from = first + 1;
  while (from < cells.length) {
    const done = await inSandbox(options, async (sandbox) => {
      const walker = await new Walker(sandbox, options).begin();
      if (!(await replay(walker, cells.slice(0, from), repaired, options))) return undefined;
      const begun = walker.cells.length;
      for (const [offset, cell] of cells.slice(from).entries()) {
        const index = from + offset;
        const one = await walker.walk(
          cell,
          textOf(cell, options.answers),
          cell.role === 'run' ? 'lesson' : 'learner',
          cell.expects,
        );
        if (!hasFailed(one) || cell.role === 'run') continue;
        repaired.add(index);
        return { cells: walker.cells.slice(begun), next: index + 1 };
      }
      return { cells: walker.cells.slice(begun), next: cells.length };
    });
    if (done === undefined) {
      // The author's words do not go with what this learner had built: then with the author's from the beginning.
      const all = Array.from({ length: from }, (_, index) => index);
      if (all.every((index) => repaired.has(index))) break;
      for (const index of all) repaired.add(index);
      continue;
    }
    walked.push(...done.cells);
    from = done.next;
  }
  return walked;
}

/** @returns whether the reference state was reached: everything that was put right holds. */
async function replay(
  walker: Walker,
  cells: readonly Cell[],
  repaired: ReadonlySet<number>,
  options: WalkOptions,
): Promise<boolean> {
  for (const [index, cell] of cells.entries()) {
    const isRight = repaired.has(index);
    const text = isRight ? authors(cell) : textOf(cell, options.answers);
    if (isRight && text === undefined) return false;
    const { verdicts } = await walker.walk(cell, text, isRight ? 'reference' : 'learner', cell.expects);
    if (isRight && verdicts.some((verdict) => verdict.state === 'fail')) return false;
  }
  return true;
}

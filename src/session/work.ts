/** What is done in the sandbox, one thing at a time: cells run, checks are looked at, a fresh one is brought to a place. */
import type { Cell, Lesson } from '../lesson/model.ts';
import type { Clock } from '../lib/clock.ts';
import type { Sandbox } from '../sandbox/contract.ts';
import { lookBefore } from './before-look.ts';
import { checkCell } from './check-cell.ts';
import type { CheckEngine } from './engine.ts';
import type { SessionEvent } from './events.ts';
import { HandAgain } from './hand/again.ts';
import { leftOf } from './hand/left-out.ts';
import { verifyHandWork } from './hand/verify.ts';
import { type Holder, NotReady } from './holder.ts';
import { type NoticeCode, noticeOf, type Values } from './notices.ts';
import type { CellRun } from './outcome.ts';
import { performCell } from './perform-cell.ts';
import type { Printouts } from './printout/printouts.ts';
import type { Queue } from './queue.ts';
import { inShort, performQuick } from './quick/perform.ts';
import { quickPlan } from './quick/plan.ts';
import {
  dueAfter,
  type HandWork,
  jumpPlan,
  type Planned,
  replayPlan,
  restorePlan,
  runToPlan,
} from './replay.ts';
import type { Fact, Store } from './store.ts';

export interface WorkOptions {
  lesson: Lesson;
  clock: Clock;
  engine: CheckEngine | undefined;
  author: boolean;
  store: Store;
  holder: Holder;
  queue: Queue;
  printouts: Printouts | undefined;
  /** The sandbox is put back: what was seen in it counts no more. */
  onFresh: () => void;
}

export class Work {
  readonly lesson: Lesson;
  readonly #clock: Clock;
  readonly #engine: CheckEngine | undefined;
  readonly #author: boolean;
  readonly #store: Store;
  readonly #holder: Holder;
  readonly #queue: Queue;
  readonly #onFresh: () => void;
  readonly #printouts: Printouts | undefined;
  readonly #runs = new Map<string, CellRun>();
  /** The sandbox that holds what the state says; another one has to be brought there first. */
  #caughtUp: Sandbox | undefined;
  /** One that was on its way there: left in the middle it is nowhere, and begins anew. */
  #onTheWay: Sandbox | undefined;

  constructor({ lesson, clock, engine, author, store, holder, queue, onFresh, printouts }: WorkOptions) {
    this.lesson = lesson;
    this.#clock = clock;
    this.#engine = engine;
    this.#author = author;
    this.#store = store;
    this.#holder = holder;
    this.#queue = queue;
    this.#onFresh = onFresh;
    this.#printouts = printouts;
  }

  #tell(fact: Fact): void {
    this.#store.emit({ at: this.#clock.now(), ...fact } as SessionEvent);
  }

  #notice(code: NoticeCode, values: Values): void {
    this.#tell(noticeOf(code, values));
  }

  /** The sandbox as the state says it is; undefined while it is away, or is still being brought there. */
  get sandbox(): Sandbox | undefined {
    const { sandbox } = this.#store.state;
    return sandbox.state === 'ready' && this.#holder.current === this.#caughtUp ? this.#caughtUp : undefined;
  }

  /** The sandbox failed. */
  lost(error: unknown): void {
    this.#caughtUp = undefined;
    this.#holder.lost(error);
  }

  /** Whether there is anything to bring a sandbox to. */
  get behind(): boolean {
    const { plan, looks, hands, left } = replayPlan(this.lesson, this.#store.state);
    return plan.length + looks.length + hands.length + left.length + this.#handWorkGone().length > 0;
  }

  /** The sandbox, brought to where the learner was. */
  async ready(): Promise<Sandbox> {
    const { signal } = this.#queue;
    let sandbox = await this.#holder.get();
    if (this.#caughtUp === sandbox) return sandbox;
    if (this.#onTheWay === sandbox) {
      await this.#renew();
      sandbox = await this.#holder.get();
    }
    this.#runs.clear();
    const { plan, looks, hands, left } = replayPlan(this.lesson, this.#store.state);
    const cells = new Set(plan.flatMap(({ cell, hand }) => (hand ? [] : [cell]))).size;
    const commands = plan.filter(({ hand }) => hand).length;
    if (cells + commands > 0) this.#notice('sandbox-new', { cells, commands });
    for (const { cell, why } of left) this.#tell({ type: 'cell-not-repeated', cell: cell.id, why });
    if (left.length > 0) this.#notice('not-repeated', { cells: left.map(({ cell }) => cell.id).join(', ') });
    const unrepeated = leftOf(this.#store.state.deeds);
    if (unrepeated.length > 0) this.#notice('commands-left', { commands: unrepeated.join('; ') });
    const gone = this.#handWorkGone();
    if (gone.length > 0) this.#notice('hand-work-gone', { cells: gone.join(', ') });
    const here = this.lesson.blocks[this.#store.state.block];
    const cell = here?.kind === 'cell' ? here.cell : undefined;
    if (plan.length > 0) this.#onTheWay = sandbox;
    await this.#catchUp(async () => {
      await this.#quickly(sandbox, plan, this.#next(cell), signal, hands);
      for (const one of looks) if (!signal.aborted) await this.#look(sandbox, inShort(one), signal);
    });
    if (signal.aborted) throw new NotReady();
    this.#arrived(sandbox);
    return sandbox;
  }

  /** Told while it lasts: most of it is done in silence. */
  async #catchUp<Result>(work: () => Promise<Result>): Promise<Result> {
    this.#tell({ type: 'catching-up', under: true });
    try {
      return await work();
    } finally {
      this.#tell({ type: 'catching-up', under: false });
    }
  }

  #arrived(sandbox: Sandbox): void {
    this.#caughtUp = sandbox;
    this.#onTheWay = undefined;
  }

  /** Cells of which something was done in a shell that nothing does again. */
  #handWorkGone(): string[] {
    const { plan, hands } = replayPlan(this.lesson, this.#store.state);
    const again = new Set([...plan, ...hands].map(({ cell }) => cell.id));
    return this.lesson.cells.flatMap(({ id }) => {
      const known = this.#store.state.cells[id];
      const gone = known?.gone || (known?.byHand && known.status === 'passed');
      return gone && !again.has(id) ? [id] : [];
    });
  }

  /** For an author, and the first time: a cell that has run finds what it has made. */
  async #lookBefore(sandbox: Sandbox, cell: Cell): Promise<Awaited<ReturnType<typeof lookBefore>>> {
    if (!this.#author || this.#runs.has(cell.id)) return new Map();
    return lookBefore(sandbox, cell, this.#engine);
  }

  async #verify(
    sandbox: Sandbox,
    hands: readonly HandWork[] | undefined,
    { differs }: HandAgain,
    signal: AbortSignal,
  ): Promise<void> {
    for (const work of hands ?? []) {
      if (signal.aborted) return;
      const { id } = work.cell;
      const held = await verifyHandWork({
        sandbox,
        work,
        known: this.#store.state.cells[id]!,
        differs: differs.get(id) ?? [],
        run: this.#runs.get(id),
        emit: (event) => this.#store.emit(event),
        clock: this.#clock,
        signal,
        engine: this.#engine,
      });
      if (!held) this.#notice('no-longer-passes', { cell: id });
    }
  }

  async #perform(sandbox: Sandbox, { cell, text, by }: Planned, signal: AbortSignal): Promise<void> {
    const emit = (event: SessionEvent) => this.#store.emit(event);
    const clock = this.#clock;
    const before = await this.#lookBefore(sandbox, cell);
    const printouts = this.#printouts;
    const engine = this.#engine;
    const done = await performCell({ sandbox, cell, text, by, emit, clock, signal, engine, printouts });
    if (done.skipped === undefined) this.#runs.set(cell.id, done.run);
    const early = (done.verdicts ?? []).filter(
      ({ check, state }) => state === 'pass' && before.get(check) === 'pass',
    );
    if (early.length > 0) this.#notice('held-before', { checks: early.map(({ check }) => check).join(', ') });
    this.finishIfDone();
  }

  /** This cell and those behind it in its step. */
  #next(from: Cell | undefined): Cell[] {
    if (from === undefined) return [];
    const { cells } = this.lesson;
    return cells.slice(cells.indexOf(from)).filter(({ step }) => step === from.step);
  }

  /** Does cells again, or for the first time, without looking at their checks. False: one of them failed. */
  async #quickly(
    sandbox: Sandbox,
    plan: readonly Planned[],
    next: readonly Cell[],
    signal: AbortSignal,
    hands: readonly HandWork[] = [],
  ): Promise<boolean> {
    const had = new Set<string>();
    const again = new HandAgain();
    const emit = (event: SessionEvent) => this.#store.emit(event);
    const due = Map.groupBy(hands, (work) => dueAfter(this.lesson, plan, work));
    await this.#verify(sandbox, due.get(-1), again, signal);
    for (const [at, step] of quickPlan(plan, next).entries()) {
      if (at > 0) await this.#verify(sandbox, due.get(at - 1), again, signal);
      if (signal.aborted) return false;
      if (step.hand) {
        await again.run(sandbox, { ...step, hand: step.hand }, signal);
        continue;
      }
      const { state, run } = await performQuick({
        sandbox,
        step,
        emit,
        clock: this.#clock,
        signal,
        engine: this.#engine,
        had,
        printouts: this.#printouts,
      });
      if (run !== undefined) this.#runs.set(step.cell.id, run);
      if (state !== 'failed' || this.#store.state.cells[step.cell.id]!.status === 'passed') continue;
      if (step.by !== 'replay') {
        this.#notice('stopped-not-passed', { cell: step.cell.id });
        return false;
      }
      this.#notice('no-longer-passes', { cell: step.cell.id });
    }
    if (plan.length > 0) await this.#verify(sandbox, due.get(plan.length - 1), again, signal);
    return !signal.aborted;
  }

  async run(cell: Cell): Promise<void> {
    const { signal } = this.#queue;
    const answer = this.#store.state.cells[cell.id]?.answer;
    const sandbox = await this.ready();
    if (signal.aborted) return;
    await this.#perform(sandbox, { cell, text: answer ?? cell.text, by: 'learner' }, signal);
  }

  async check(cell: Cell): Promise<void> {
    const { signal } = this.#queue;
    const sandbox = await this.ready();
    if (signal.aborted) return;
    await this.#look(sandbox, cell, signal);
    this.finishIfDone();
  }

  /** Variables may have changed in the shell since the run: they are asked for anew. */
  #look(sandbox: Sandbox, cell: Cell, signal: AbortSignal): Promise<unknown> {
    return checkCell({
      sandbox,
      cell,
      run: this.#runs.get(cell.id),
      values: 'anew',
      emit: (event) => this.#store.emit(event),
      clock: this.#clock,
      signal,
      engine: this.#engine,
    });
  }

  async runTo(target: Cell): Promise<void> {
    const { signal } = this.#queue;
    const sandbox = await this.ready();
    const { plan, stuck } = runToPlan(this.lesson, this.#store.state, target.id);
    for (const step of plan) {
      if (signal.aborted) return;
      await this.#perform(sandbox, step, signal);
      const { status } = this.#store.state.cells[step.cell.id]!;
      if (status === 'passed' || status === 'skipped') continue;
      this.#notice('stopped-not-passed', { cell: step.cell.id });
      return;
    }
    this.#tellStuck(stuck);
  }

  async jump(target: Cell): Promise<void> {
    const { signal } = this.#queue;
    const sandbox = await this.ready();
    const { plan, stuck } = jumpPlan(this.lesson, this.#store.state, target.id);
    if (await this.#quickly(sandbox, plan, this.#next(target), signal)) this.#tellStuck(stuck);
    this.finishIfDone();
  }

  async restore(step: number, from?: string): Promise<void> {
    const { signal } = this.#queue;
    const all = this.lesson.cells;
    const at = all.findIndex((cell) => (from === undefined ? cell.step >= step : cell.id === from));
    const first = at < 0 ? all.length : at;
    const cells = all.slice(first).map(({ id }) => id);
    const { plan, hands, deeds, stuck } = restorePlan(this.lesson, this.#store.state, all.slice(0, first));
    this.#tell({ type: 'rewound', cells, deeds });
    await this.#renew();
    const sandbox = await this.#holder.get();
    this.#onTheWay = sandbox;
    const next = this.#next(all[first]);
    const done = await this.#catchUp(() => this.#quickly(sandbox, plan, next, signal, hands));
    if (done) this.#tellStuck(stuck);
    // Interrupted on the way it is nowhere: who needs the sandbox brings it to where it should be.
    if (!signal.aborted) this.#arrived(sandbox);
  }

  #tellStuck(stuck: Cell | undefined): void {
    if (stuck !== undefined) this.#notice('stopped-no-answer', { cell: stuck.id });
  }

  /** The sandbox as it was when it was made. */
  async #renew(): Promise<void> {
    this.#runs.clear();
    this.#caughtUp = undefined;
    this.#onTheWay = undefined;
    this.#onFresh();
    await this.#holder.reset();
  }

  async reset(): Promise<void> {
    this.#runs.clear();
    this.#caughtUp = undefined;
    this.#onFresh();
    this.#tell({ type: 'reset' });
    await this.#holder.reset();
    // With all cells waiting there is nothing to catch up with; a new sandbox says so itself.
    this.#arrived(await this.#holder.get());
  }

  finishIfDone(): void {
    const { cells, finished } = this.#store.state;
    const done = Object.values(cells).every(({ status }) => status === 'passed' || status === 'skipped');
    if (done && !finished) this.#tell({ type: 'lesson-finished' });
  }
}

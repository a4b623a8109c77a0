/**
 * A session: actions in, state out. What needs the sandbox waits in one queue; what does not (moving, writing, hints)
 * happens at once, also while a cell runs. Nothing throws: what goes wrong becomes an event.
 */
import { type Need, needKey, type Observation } from '../check/observation.ts';
import type { Cell, Lesson } from '../lesson/model.ts';
import { type Clock, systemClock } from '../lib/clock.ts';
import { SandboxError } from '../lib/errors.ts';
import type { Pty, PtyOptions, Sandbox, SandboxDriver, SandboxSpec } from '../sandbox/contract.ts';
import type { TraceCapture } from '../trace/capture.ts';
import type { CheckEngine } from './engine.ts';
import type { SessionEvent } from './events.ts';
import { type NoPacket, packetToFollow } from './follow.ts';
import { Recorder } from './hand/recorder.ts';
import { nextHint } from './hints.ts';
import { Holder, NotReady } from './holder.ts';
import type { Journal } from './journal/journal.ts';
import { printoutsPath } from './journal/names.ts';
import { type NoticeCode, noticeOf, type Values } from './notices.ts';
import { Printouts } from './printout/printouts.ts';
import { Queue } from './queue.ts';
import { initialState } from './reduce.ts';
import type { Action, Session } from './session.ts';
import { type Fact, Store } from './store.ts';
import type { Stir } from './watched/pace.ts';
import { Shells } from './watched/shells.ts';
import { nearestCell, targetOf } from './watched/target.ts';
import { Watcher } from './watched/watcher.ts';
import { Work } from './work.ts';

export interface OpenOptions {
  lesson: Lesson;
  driver: SandboxDriver;
  /** Without one nothing is remembered. The session closes it. */
  journal?: Journal;
  /** Why there is none, where there should be one. */
  notKept?: string;
  /** Wirebook's own, for the journal. */
  version: string;
  /** More than the lesson's hosts: limits, a name. */
  spec?: Partial<SandboxSpec>;
  /** Bytes of a cell's output that are kept at most, where there is a journal. */
  printoutLimit?: number | undefined;
  /** Every event, as it comes. */
  onEvent?: (event: SessionEvent) => void;
  clock?: Clock;
  engine?: CheckEngine;
  /** Whose lesson it is: also told of checks that hold before their cell has run. */
  author?: boolean;
}

export function openSession(options: OpenOptions): Session {
  return new OpenSession(options);
}

const MAX_ANSWER_UNITS = 64 * 1024;

class OpenSession implements Session {
  readonly lesson: Lesson;
  readonly #clock: Clock;
  readonly #journal: Journal | undefined;
  readonly #notKept: string | undefined;
  readonly #store: Store;
  readonly #holder: Holder;
  readonly #queue = new Queue();
  readonly #work: Work;
  #closing: Promise<void> | undefined;
  readonly #shells: Shells;
  #terminals = 0;
  readonly #watcher: Watcher;
  readonly #printouts: Printouts | undefined;

  constructor(options: OpenOptions) {
    const { lesson, driver, journal, clock = systemClock, onEvent } = options;
    this.lesson = lesson;
    this.#clock = clock;
    this.#journal = journal;
    this.#notKept = options.notKept;
    const restored = journal?.restored;
    const start = restored?.state ?? initialState(lesson, clock.now());
    this.#store = new Store(lesson, start, journal, (event) => {
      this.#printouts?.heed(event);
      onEvent?.(event);
    });
    const emit = (event: SessionEvent) => this.#store.emit(event);
    this.#printouts =
      journal &&
      new Printouts({
        folder: printoutsPath(journal.path),
        clock,
        emit,
        state: () => this.#store.state,
        changed: () => this.#store.touch(),
        limit: options.printoutLimit,
      });
    this.#holder = new Holder({ lesson, driver, spec: options.spec, clock, emit });
    this.#work = new Work({
      lesson,
      clock,
      engine: options.engine,
      author: options.author ?? false,
      store: this.#store,
      holder: this.#holder,
      queue: this.#queue,
      printouts: this.#printouts,
      onFresh: () => this.#watcher.forget(),
    });
    this.#watcher = new Watcher({
      clock,
      ...(options.engine ? { engine: options.engine } : {}),
      target: () => targetOf(lesson, this.#store.state),
      sandbox: () => this.#work.sandbox,
      busy: () => this.#queue.busy,
      generation: () => this.#queue.generation,
      emit: (event) => {
        emit(event);
        this.#work.finishIfDone();
      },
    });
    this.#shells = new Shells(
      (what) => this.#watcher.stir(what),
      (host) => this.#tell({ type: 'command-entered', host }),
      (host) => this.#recorder(host),
    );
    this.#tell({
      type: 'session-opened',
      lesson: lesson.id,
      file: lesson.file,
      hash: lesson.hash,
      driver: driver.name,
      version: options.version,
    });
    if (journal !== undefined) this.#welcome(journal);
    if (options.notKept !== undefined) this.#notice('journal-not-written', { why: options.notKept });
    // In the background: the learner reads meanwhile. What goes wrong is told by events.
    this.#holder.get().catch(() => {});
    if (restored !== undefined && this.#work.behind)
      this.#enqueue(async () => void (await this.#work.ready()));
  }

  #recorder(host: string): Recorder {
    const since = this.#store.state.openedAt.toString(36);
    return new Recorder({
      host,
      name: `${since}.${++this.#terminals}`,
      now: () => this.#clock.monotonic(),
      tell: (news) => {
        const cell = news.type === 'command-over' ? undefined : nearestCell(this.lesson, this.#store.state);
        if (news.type === 'command-over') this.#tell(news);
        else if (cell) this.#tell({ ...news, cell: cell.id });
      },
    });
  }

  #tell(fact: Fact): void {
    this.#store.emit({ at: this.#clock.now(), ...fact } as SessionEvent);
  }

  #notice(code: NoticeCode, values: Values): void {
    this.#tell(noticeOf(code, values));
  }

  #welcome(journal: Journal): void {
    journal.onTrouble = (why) => this.#notice('journal-not-written', { why });
    if (journal.mended) this.#notice('journal-mended', { ...journal.mended });
    const changed = journal.restored?.changed ?? [];
    if (changed.length > 0) this.#notice('lesson-changed', { cells: changed.join(', ') });
  }

  getState = () => this.#store.state;
  unkept = () => this.#notKept ?? this.#journal?.trouble;
  subscribe = (listener: () => void) => this.#store.subscribe(listener);

  act = (action: Action): void => {
    if (this.#closing === undefined) this.#do(action);
  };

  #do(action: Action): unknown {
    switch (action.do) {
      case 'run-cell':
        return this.#withCell(action.cell, (cell) => {
          // What was sent is what the learner means: kept at once, whatever becomes of the run.
          if (action.text !== undefined) this.#edit(cell, action.text);
          this.#enqueue(() => this.#work.run(cell));
        });
      case 'check-cell':
        return this.#withCell(action.cell, (cell) => this.#enqueue(() => this.#work.check(cell)));
      case 'run-to':
        return this.#withCell(action.cell, (cell) => this.#enqueue(() => this.#work.runTo(cell)));
      case 'jump':
        return this.#withCell(action.cell, (cell) => this.#enqueue(() => this.#work.jump(cell)));
      case 'restore':
        this.#queue.interrupt();
        return this.#enqueue(() => this.#work.restore(action.step, action.cell));
      case 'reset':
        this.#queue.interrupt();
        return this.#enqueue(() => this.#work.reset());
      case 'interrupt':
        return this.#queue.interrupt();
      case 'edit-answer':
        return this.#withCell(action.cell, (cell) => this.#edit(cell, action.text));
      case 'show-hint':
        return this.#withCell(action.cell, (cell) => this.#showHint(cell));
      case 'show-solution':
        return this.#withCell(action.cell, ({ id }) => this.#tell({ type: 'solution-shown', cell: id }));
      case 'skip-cell':
        return this.#withCell(action.cell, ({ id }) => this.#skip(id, action.reason ?? 'skipped'));
      case 'answer-quiz':
        return this.#answerQuiz(action.quiz, action.choice);
      case 'show-quiz':
        return this.#tell({ type: 'quiz-shown', quiz: action.quiz });
      case 'move':
        this.#tell({ type: 'moved', block: action.block });
        // What the new cell's checks say before anything is done for it.
        if (this.#shells.open > 0) this.#watcher.stir('printed');
        return;
    }
  }

  idle = (): Promise<void> => this.#queue.idle();

  openPty = async (host: string, options: PtyOptions): Promise<Pty> => {
    // While a cell runs a shell is of use all the same; only a sandbox that is not where the learner was must be waited for.
    const now = this.#work.sandbox;
    if (now !== undefined) return this.#shells.follow(now, host, options);
    const sandbox = await new Promise<Sandbox | undefined>((resolve) => {
      this.#enqueue(
        async () => resolve(await this.#work.ready()),
        () => resolve(undefined),
      );
    });
    if (sandbox !== undefined) return this.#shells.follow(sandbox, host, options);
    throw this.#notReady('There is no sandbox to open a shell in.');
  };

  observe = async (needs: readonly Need[]): Promise<Observation> => {
    const why = 'There is no sandbox to look at.';
    if (this.#store.state.sandbox.state !== 'ready') throw this.#notReady(why);
    const sandbox = await this.#holder.get().catch(() => {
      throw this.#notReady(why);
    });
    return sandbox.observe(needs);
  };

  follow = async (id: string): Promise<TraceCapture | NoPacket | undefined> => {
    const cell = this.lesson.cells.find((one) => one.id === id);
    const hosts = this.lesson.hosts.map(({ name }) => name);
    const verdicts = this.#store.state.cells[id]?.verdicts ?? [];
    const need = cell ? await packetToFollow(this, cell, verdicts, hosts) : 'none';
    if (typeof need === 'string') return need;
    const key = needKey(need);
    const capture = (await this.observe([need])).traces?.[key];
    if (capture !== undefined) this.#tell({ type: 'packet-followed', cell: id, key, capture });
    return capture;
  };

  printout = (cell: string) => this.#printouts?.of(cell);

  watch = (): Promise<void> => this.#watcher.look();
  onStir = (listener: (what: Stir) => void) => this.#shells.onStir(listener);

  #notReady(message: string): SandboxError {
    const { sandbox } = this.#store.state;
    return sandbox.state === 'lost'
      ? new SandboxError('sandbox-not-ready', sandbox.message, sandbox.next)
      : new SandboxError('sandbox-not-ready', message);
  }

  close = (): Promise<void> => {
    this.#closing ??= (async () => {
      this.#watcher.close();
      this.#queue.interrupt();
      // Not after the queue: a cell that does not heed the interrupt ends with its sandbox.
      await this.#holder.close();
      await this.#queue.idle();
      this.#tell({ type: 'session-closed' });
      this.#printouts?.close();
      this.#store.close();
      this.#journal?.close();
    })();
    return this.#closing;
  };

  #withCell(id: string, act: (cell: Cell) => void): void {
    const cell = this.lesson.cells.find((one) => one.id === id);
    if (cell === undefined) this.#notice('no-such-cell', { cell: id });
    else act(cell);
  }

  #enqueue(work: () => Promise<void>, dropped?: () => void): void {
    const failed = (error: unknown) => {
      if (!(error instanceof NotReady)) this.#work.lost(error);
    };
    this.#queue.add(work, failed, dropped);
  }

  #edit({ id, role, text: given }: Cell, written: string): void {
    const text = written.slice(0, MAX_ANSWER_UNITS);
    // The author's own text of a cell that is not a task is no edit.
    const known = this.#store.state.cells[id]?.answer ?? (role === 'run' ? given : undefined);
    if (text !== known) this.#tell({ type: 'answer-edited', cell: id, text });
  }

  #showHint(cell: Cell): void {
    const state = this.#store.state.cells[cell.id];
    const hint = state && nextHint(cell, state);
    if (hint !== undefined) this.#tell({ type: 'hint-shown', cell: cell.id, hint });
  }

  #skip(cell: string, reason: string): void {
    const status = this.#store.state.cells[cell]?.status;
    if (status === 'running' || status === 'checking') {
      this.#notice('cell-running', { cell });
      return;
    }
    this.#tell({ type: 'cell-skipped', cell, reason });
    this.#work.finishIfDone();
  }

  #answerQuiz(id: string, choice: number): void {
    const block = this.lesson.blocks.find((one) => one.kind === 'quiz' && one.quiz.id === id);
    const chosen = block?.kind === 'quiz' ? block.quiz.choices[choice] : undefined;
    if (chosen === undefined) this.#notice('no-such-answer', { quiz: id, choice });
    else this.#tell({ type: 'quiz-answered', quiz: id, choice, right: chosen.right });
  }
}

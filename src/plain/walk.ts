/** A lesson on lines: where the learner is, and what each command does there. */
import type { Handbook } from '../lesson/handbook.ts';
import type { Cell, Quiz } from '../lesson/model.ts';
import { holding } from '../page/layout/status.ts';
import { EMPTY, type Line, span } from '../page/text/line.ts';
import { nextHint, shownHints } from '../session/hints.ts';
import { runToPlan } from '../session/replay.ts';
import type { Action, Session } from '../session/session.ts';
import type { CellState } from '../session/state.ts';
import type { CommandName } from './commands.ts';
import { type Follower, follow } from './follow.ts';
import { findStep, searchLines, stepAt, stepList } from './places.ts';
import {
  blockLines,
  cellResult,
  ending,
  hint,
  lessonTitle,
  meanwhile,
  type PlainStyle,
  solution,
  statusLine,
} from './print.ts';
import { packetLines } from './trace.ts';
import { wordLines } from './word.ts';

export interface WalkOptions {
  session: Session;
  style: PlainStyle;
  print(lines: readonly Line[]): void;
  /** Words and commands of the course. */
  handbook?: () => Promise<Handbook>;
  /** More lines of the learner's, up to one with a dot. */
  readText(): Promise<string>;
  /** Absent where there is no terminal. */
  shell?: (session: Session, host: string) => Promise<void>;
}

export class Walk {
  readonly #options: WalkOptions;
  readonly #follower: Follower;
  /** Index of the block that commands act on; -1 before the first. */
  #block = -1;
  #askedSolution: string | undefined;

  constructor(options: WalkOptions) {
    this.#options = options;
    this.#follower = follow(options.session, options.print, options.style);
    options.print([EMPTY, ...lessonTitle(options.session.lesson, options.style), EMPTY]);
    this.#resume();
  }

  /** Index of the block that commands act on. */
  get block(): number {
    return this.#block;
  }

  get session(): Session {
    return this.#options.session;
  }

  /** Shows the way to where the learner was last. */
  #resume() {
    const { lesson, getState } = this.session;
    const last = getState().block;
    const stop = lesson.blocks[last];
    if (last > 0 && (stop?.kind === 'cell' || stop?.kind === 'quiz')) {
      this.#block = last;
      this.#show();
    } else this.next();
  }

  get #words() {
    return this.#options.style.words;
  }

  #cell(): { cell: Cell; state: CellState } | undefined {
    const block = this.session.lesson.blocks[this.#block];
    if (block?.kind !== 'cell') return undefined;
    return { cell: block.cell, state: this.session.getState().cells[block.cell.id]! };
  }

  #quiz(): Quiz | undefined {
    const block = this.session.lesson.blocks[this.#block];
    return block?.kind === 'quiz' ? block.quiz : undefined;
  }

  #say(text: string) {
    this.#options.print([[span(text, this.#options.style.theme.notice)]]);
  }

  #show(from = this.#block) {
    const state = this.session.getState();
    for (const block of this.session.lesson.blocks.slice(Math.max(0, from), this.#block + 1))
      this.#options.print([...blockLines(block, state, this.#options.style), EMPTY]);
  }

  next() {
    const { lesson } = this.session;
    const from = this.#block + 1;
    if (from >= lesson.blocks.length) return this.#end();
    const stop = lesson.blocks.findIndex(
      (block, at) => at >= from && (block.kind === 'cell' || block.kind === 'quiz'),
    );
    this.#block = stop < 0 ? lesson.blocks.length - 1 : stop;
    this.#show(from);
    if (stop < 0) this.#end();
    this.session.act({ do: 'move', block: this.#block });
  }

  #end() {
    this.#options.print(ending(this.session.lesson, this.session.getState(), this.#options.style));
  }

  #back() {
    const before = this.session.lesson.blocks.findLastIndex(
      (block, at) => at < this.#block && (block.kind === 'cell' || block.kind === 'quiz'),
    );
    if (before < 0) return this.#say(this.#words.notice.first);
    this.#block = before;
    this.#show();
  }

  /** Reads from the start of a step to its first cell, and says what it builds on. */
  #goto(word: string) {
    const { lesson } = this.session;
    const step = lesson.steps[findStep(lesson, word)];
    if (!step) return this.#say(this.#words.plain.noSuchStep(word));
    this.#block = step.from - 1;
    this.next();
    const cell = lesson.blocks.slice(step.from).find((block) => block.kind === 'cell')?.cell;
    const before = cell ? runToPlan(lesson, this.session.getState(), cell.id).plan.length : 0;
    if (before > 0) this.#say(this.#words.plain.before(before));
  }

  /** A fresh sandbox: at the lesson's beginning, or at that of a step. */
  async #reset(word: string): Promise<void> {
    const { lesson } = this.session;
    if (word === '') {
      await this.#act({ do: 'reset' });
      this.#block = -1;
      return this.next();
    }
    const at = findStep(lesson, word);
    const step = lesson.steps[at];
    if (!step) return this.#say(this.#words.plain.noSuchStep(word));
    await this.#act({ do: 'restore', step: at });
    this.#block = step.from - 1;
    this.next();
  }

  /** To the cell that the learner is at, or the next one. */
  async #runTo(): Promise<void> {
    const { lesson } = this.session;
    const cell = lesson.blocks.slice(Math.max(0, this.#block)).find((block) => block.kind === 'cell')?.cell;
    if (!cell) return this.#say(this.#words.plain.notNow);
    const { plan } = runToPlan(lesson, this.session.getState(), cell.id);
    await this.#act({ do: 'run-to', cell: cell.id });
    for (const one of plan) this.#result(one.cell);
  }

  #search(text: string) {
    const { lesson } = this.session;
    const { style } = this.#options;
    if (text === '') return this.#say(style.words.plain.searchWhat);
    const found = searchLines(lesson, this.session.getState(), text, style);
    if (found.length === 0) return this.#say(style.words.notice.notFound(text));
    this.#options.print([...found, EMPTY]);
  }

  async #word(text: string): Promise<void> {
    const handbook = (await this.#options.handbook?.()) ?? [];
    const { lesson } = this.session;
    const step = stepAt(lesson, Math.max(0, this.#block));
    this.#options.print([...wordLines(handbook, text, lesson, step, this.#options.style), EMPTY]);
  }

  async #act(action: Action): Promise<void> {
    this.session.act(action);
    await this.session.idle();
    this.#follower.settle();
  }

  async #run(text: string | undefined): Promise<void> {
    const found = this.#cell();
    if (!found) return this.#say(this.#words.plain.notNow);
    const { cell } = found;
    await this.#act(text ? { do: 'run-cell', cell: cell.id, text } : { do: 'run-cell', cell: cell.id });
    this.#result(cell);
  }

  #result(cell: Cell, opened = false) {
    const state = this.session.getState().cells[cell.id]!;
    if (state.status !== 'waiting') this.#options.print(cellResult(cell, state, opened, this.#options.style));
  }

  async #check(): Promise<void> {
    const found = this.#cell();
    if (!found || found.cell.expects.length === 0) return this.#say(this.#words.notice.noChecks);
    await this.#act({ do: 'check-cell', cell: found.cell.id });
    this.#result(found.cell);
  }

  #hint() {
    const found = this.#cell();
    if (!found || found.cell.hints.length === 0) return this.#say(this.#words.notice.noHints);
    const next = nextHint(found.cell, found.state);
    if (next === undefined) return this.#say(this.#words.notice.noMoreHints);
    this.session.act({ do: 'show-hint', cell: found.cell.id });
    this.#options.print([
      ...hint(found.cell, [...shownHints(found.state), next], this.#options.style),
      EMPTY,
    ]);
  }

  #solution() {
    const quiz = this.#quiz();
    if (quiz) return this.#answerOf(quiz.id);
    const found = this.#cell();
    if (!found || found.cell.solution === undefined) return this.#say(this.#words.notice.noSolution);
    if (!found.state.solutionShown && this.#askedSolution !== found.cell.id) {
      this.#askedSolution = found.cell.id;
      return this.#say(this.#words.plain.help.solution);
    }
    this.session.act({ do: 'show-solution', cell: found.cell.id });
    // A class may not have come so far.
    if (this.session.getState().cells[found.cell.id]!.solutionShown)
      this.#options.print([...solution(found.cell, this.#options.style), EMPTY]);
  }

  #answerOf(id: string) {
    if (this.#askedSolution !== id) {
      this.#askedSolution = id;
      return this.#say(this.#words.plain.help.solution);
    }
    this.session.act({ do: 'show-quiz', quiz: id });
    this.#show();
  }

  #choose(rest: string) {
    const quiz = this.#quiz();
    const { plain } = this.#options.style.words;
    if (!quiz) return this.#say(plain.notNow);
    const choice = Number(rest) - 1;
    if (!quiz.choices[choice]) return this.#say(plain.choose(quiz.choices.length));
    this.session.act({ do: 'answer-quiz', quiz: quiz.id, choice });
    this.#show();
  }

  async #shell(): Promise<void> {
    const { shell, style } = this.#options;
    const found = this.#cell();
    if (!shell) return this.#say(style.words.plain.noTerminal);
    await shell(this.session, found?.cell.host ?? this.session.lesson.hosts[0]!.name);
    if (!found || found.cell.expects.length === 0) return;
    await this.session.watch();
    this.#watched(found.cell, found.state);
  }

  /** What was done in the shell was looked at while it was done; what came of it is said now. */
  #watched(cell: Cell, before: CellState) {
    const now = this.session.getState().cells[cell.id]!;
    if (now.status === 'passed' && before.status !== 'passed') return this.#result(cell);
    for (const line of meanwhile(before, now, this.#words)) this.#say(line);
    const { holds, all } = holding(cell, now);
    if (now.status !== 'passed') this.#say(this.#words.plain.someHold(holds, all));
  }

  /** False: the command is not one of a lesson's. */
  async take(name: CommandName, rest: string): Promise<boolean> {
    switch (name) {
      case 'next':
        this.next();
        return true;
      case 'back':
        this.#back();
        return true;
      case 'show':
        this.#show();
        return true;
      case 'steps':
        this.#options.print([
          ...stepList(this.session.lesson, this.session.getState(), this.#options.style),
          EMPTY,
        ]);
        return true;
      case 'word':
        await this.#word(rest);
        return true;
      case 'goto':
        this.#goto(rest);
        return true;
      case 'runto':
        await this.#runTo();
        return true;
      case 'search':
        this.#search(rest);
        return true;
      case 'run':
        await this.#run(rest || undefined);
        return true;
      case 'answer':
        await this.#run(rest || (await this.#options.readText()));
        return true;
      case 'check':
        await this.#check();
        return true;
      case 'hint':
        this.#hint();
        return true;
      case 'solution':
        this.#solution();
        return true;
      case 'choose':
        this.#choose(rest);
        return true;
      case 'why': {
        const found = this.#cell();
        if (found) this.#result(found.cell, true);
        return true;
      }
      case 'trace':
        this.#options.print(await packetLines(this.session, this.#cell()?.cell, this.#options.style));
        return true;
      case 'skip': {
        const found = this.#cell();
        if (found) await this.#act({ do: 'skip-cell', cell: found.cell.id });
        this.next();
        return true;
      }
      case 'reset':
        await this.#reset(rest);
        return true;
      case 'shell':
        await this.#shell();
        return true;
      case 'status':
        this.#options.print([statusLine(this.session.lesson, this.session.getState(), this.#options.style)]);
        return true;
      default:
        return false;
    }
  }

  async close(): Promise<void> {
    this.#follower.stop();
    await this.session.close();
  }
}

/** A session in memory: the real reducer, made-up results. What a cell does follows from its text. */

import type { Verdict } from '../../src/check/model.ts';
import { type Need, needKey, type Observation } from '../../src/check/observation.ts';
import type { Cell, Check, Lesson } from '../../src/lesson/model.ts';
import type { Pty, PtyOptions, RunOutcome } from '../../src/sandbox/contract.ts';
import type { SessionEvent } from '../../src/session/events.ts';
import { packetNeed } from '../../src/session/follow.ts';
import { nextHint } from '../../src/session/hints.ts';
import { Printout } from '../../src/session/printout/printout.ts';
import { initialState, reduce } from '../../src/session/reduce.ts';
import { jumpPlan, runToPlan } from '../../src/session/replay.ts';
import type { Action, Session } from '../../src/session/session.ts';
import type { Stir } from '../../src/session/watched/pace.ts';

type Fact = SessionEvent extends infer Event ? (Event extends unknown ? Omit<Event, 'at'> : never) : never;

export interface FakeOptions {
  openPty?: (host: string, options: PtyOptions) => Promise<Pty>;
  /** Default: nothing is there. */
  observe?: (needs: readonly Need[]) => Promise<Observation>;
  /** Milliseconds since the epoch. */
  now?: () => number;
  /** How long a cell takes. */
  takesMs?: number;
  /** False: the sandbox is still in the making. */
  ready?: boolean;
}

export function verdictOf(check: Check, holds: boolean): Verdict {
  const name = String(Object.values(check.spec as Record<string, unknown>)[0]);
  return {
    check: check.id,
    kind: check.kind,
    state: holds ? 'pass' : 'fail',
    title: `${check.kind} ${name}`,
    expected: `${check.kind} ${name} is there`,
    found: holds ? `${name} is there` : `no route to ${name}`,
    differences: holds ? [] : [{ field: 'loss', expected: '0 %', found: '100 %' }],
    ...(holds
      ? {}
      : {
          explanation: {
            cause: 'veth-client has no address, so there is no route.',
            advice: 'Look at the interfaces of both ends.',
            steps: [
              { question: 'Is there a route?', answer: 'no', state: 'wrong' as const },
              { question: 'Is the interface up?', answer: 'yes', state: 'ok' as const },
            ],
          },
        }),
    points: check.points,
    looks: 1,
    durationMs: 3,
    host: check.host,
    netns: check.netns,
    place: check.place,
  };
}

export class FakeSession implements Session {
  readonly lesson: Lesson;
  readonly acted: Action[] = [];
  closed = false;
  #state;
  #listeners = new Set<() => void>();
  #options: FakeOptions;
  #work: Promise<void> = Promise.resolve();
  #stop = Promise.withResolvers<void>();

  constructor(lesson: Lesson, options: FakeOptions = {}) {
    this.lesson = lesson;
    this.#options = options;
    this.#state = initialState(lesson, this.#now());
    this.tell({ type: 'sandbox-creating' });
    if (options.ready !== false)
      this.tell({ type: 'sandbox-ready', hosts: lesson.hosts.map((host) => host.name), durationMs: 40 });
  }

  #now(): number {
    return this.#options.now?.() ?? Date.now();
  }

  /** Any event, as if the session had told it. */
  tell(fact: Fact): void {
    this.#state = reduce(this.#state, { at: this.#now(), ...fact } as SessionEvent, this.lesson);
    for (const listener of this.#listeners) listener();
  }

  getState = () => this.#state;
  subscribe = (listener: () => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  act = (action: Action) => {
    this.acted.push(action);
    const cell = 'cell' in action ? this.lesson.cells.find((one) => one.id === action.cell) : undefined;
    switch (action.do) {
      case 'run-cell':
        this.#work = this.#work.then(() => this.#run(cell!, action.text ?? cell!.text));
        return;
      case 'check-cell':
        this.#judge(cell!, this.#state.cells[cell!.id]?.answer ?? '');
        return;
      case 'interrupt':
        this.#stop.resolve();
        return;
      case 'edit-answer':
        return this.tell({ type: 'answer-edited', cell: action.cell, text: action.text });
      case 'show-hint':
        return this.tell({
          type: 'hint-shown',
          cell: action.cell,
          hint: nextHint(cell!, this.#state.cells[action.cell]!)!,
        });
      case 'show-solution':
        return this.tell({ type: 'solution-shown', cell: action.cell });
      case 'skip-cell':
        return this.tell({ type: 'cell-skipped', cell: action.cell, reason: 'skipped' });
      case 'answer-quiz': {
        const block = this.lesson.blocks.find((one) => one.kind === 'quiz' && one.quiz.id === action.quiz);
        const right = block?.kind === 'quiz' && block.quiz.choices[action.choice]!.right;
        return this.tell({ type: 'quiz-answered', quiz: action.quiz, choice: action.choice, right });
      }
      case 'show-quiz':
        return this.tell({ type: 'quiz-shown', quiz: action.quiz });
      case 'move':
        return this.tell({ type: 'moved', block: action.block });
      case 'restore':
        this.#stop.resolve();
        return this.tell({
          type: 'rewound',
          cells: this.lesson.cells.filter((one) => one.step >= action.step).map(({ id }) => id),
        });
      case 'jump':
        for (const { cell: one, text } of jumpPlan(this.lesson, this.#state, action.cell).plan)
          this.tell({ type: 'cell-jumped', cell: one.id, text });
        return;
      case 'reset':
        this.#stop.resolve();
        return this.tell({ type: 'reset' });
      case 'run-to':
        for (const { cell: one, text } of runToPlan(this.lesson, this.#state, action.cell).plan)
          this.#work = this.#work.then(() => this.#run(one, text));
        return;
    }
  };

  async #run(cell: Cell, text: string): Promise<void> {
    if (cell.role === 'task') this.tell({ type: 'answer-edited', cell: cell.id, text });
    this.tell({ type: 'cell-started', cell: cell.id, text, by: 'learner' });
    this.#stop = Promise.withResolvers<void>();
    let outcome: RunOutcome = 'exited';
    if (text.includes('sleep')) {
      this.tell({ type: 'output', cell: cell.id, stream: 'stdout', text: 'waiting\n' });
      await this.#stop.promise;
      outcome = 'interrupted';
    } else {
      await new Promise((resolve) => setTimeout(resolve, this.#options.takesMs ?? 5));
      this.tell({ type: 'output', cell: cell.id, stream: 'stdout', text: this.#prints(text) });
    }
    if (this.#state.cells[cell.id]!.status !== 'running') return;
    this.#keep(cell.id, this.#prints(text));
    const exit = outcome === 'exited' ? 0 : null;
    this.tell({
      type: 'cell-finished',
      cell: cell.id,
      outcome,
      exit,
      stdout: '',
      stderr: '',
      durationMs: 1234,
    });
    if (outcome === 'exited') this.#judge(cell, text);
    else {
      this.tell({
        type: 'check-judged',
        cell: cell.id,
        verdict: {
          ...verdictOf(cell.expects[0] ?? noCheck(cell), false),
          title: 'the cell comes to its end',
        },
      });
      this.tell({ type: 'checks-finished', cell: cell.id });
    }
  }

  /** As the real one does, where the state has not all of it. */
  #keep(cell: string, text: string): void {
    this.#printouts.delete(cell);
    if (text.length < 48 * 1024) return;
    this.#printouts.set(cell, { printout: Printout.of(text), path: `/kept/${cell}.txt` });
    this.tell({ type: 'printout-kept', cell, file: `${cell}.txt` });
  }

  readonly #printouts = new Map<string, { printout: Printout; path: string }>();
  printout = (cell: string) => (this.#state.cells[cell]?.printout ? this.#printouts.get(cell) : undefined);

  #prints(text: string): string {
    const many = /seq 1 (\d+)/.exec(text);
    if (many) return Array.from({ length: Number(many[1]) }, (_, at) => `${at + 1}\n`).join('');
    if (text.includes('evil')) return '\x1b[2J\x1b[H\x1b]0;owned\x07\x1b[?1049l\x1b[31mred\x1b[0m after\n';
    return text.trim() === '' ? '' : 'veth-client@veth-server: \x1b[32mUP\x1b[0m\n';
  }

  /** A task holds when its text says `ip`; everything else holds. */
  #judge(cell: Cell, text: string): void {
    this.tell({ type: 'checks-started', cell: cell.id });
    for (const check of cell.expects) {
      this.tell({
        type: 'check-judged',
        cell: cell.id,
        verdict: verdictOf(check, cell.role === 'run' || /^ip /m.test(text)),
      });
    }
    this.tell({ type: 'checks-finished', cell: cell.id });
  }

  idle = () => this.#work;
  observe = (needs: readonly Need[]): Promise<Observation> =>
    this.#options.observe?.(needs) ?? Promise.resolve({ at: '', hosts: {}, probes: {} });

  follow = async (id: string) => {
    const cell = this.lesson.cells.find((one) => one.id === id);
    const need = cell && packetNeed(cell, [], ['host']);
    return need === undefined ? 'none' : (await this.observe([need])).traces?.[needKey(need)];
  };

  openPty = (host: string, options: PtyOptions): Promise<Pty> => {
    if (!this.#options.openPty) throw new Error('no PTY in this test');
    return this.#options.openPty(host, options);
  };
  readonly #stirs = new Set<(what: Stir) => void>();
  /** As if something had happened in a shell. */
  stir(what: Stir): void {
    for (const listener of this.#stirs) listener(what);
  }
  onStir = (listener: (what: Stir) => void) => {
    this.#stirs.add(listener);
    return () => void this.#stirs.delete(listener);
  };
  watch = async (): Promise<void> => {};
  close = async () => {
    this.closed = true;
    this.#stop.resolve();
  };
}

function noCheck(cell: Cell): Check {
  return {
    id: `${cell.id}/exit`,
    kind: 'exit',
    host: cell.host,
    netns: '',
    withinMs: 0,
    holdsMs: 0,
    not: false,
    points: 0,
    invariant: false,
    spec: { exit: 0 },
    variables: [],
    place: cell.place,
  };
}

/**
 * What is typed in the shells of one terminal, so that it can be done again in another sandbox: each command with where it
 * was run and how it ended. What only looks is not kept.
 */
import type { Typed } from '../../sandbox/contract.ts';
import type { Hand } from '../deed.ts';
import { effectOfLine } from '../quick/effects.ts';

export type HandNews =
  | { type: 'command-typed'; text: string; hand: Hand }
  | { type: 'command-over'; id: string; how: NonNullable<Hand['how']>; exit?: number; durationMs: number };

export interface RecorderOptions {
  host: string;
  /** Apart from those of every other terminal, of earlier sessions too. */
  name: string;
  now: () => number;
  tell: (news: HandNews) => void;
}

interface Open {
  /** Absent: nobody needs to know how it ends. */
  id?: string;
  since: number;
  how: NonNullable<Hand['how']>;
}

/** Ctrl-C, Ctrl-\, Ctrl-Z. */
const STOPS = /[\x03\x1c\x1a]/;
const ALTERNATE_SCREEN = /\x1b\[\?(1049|1047|47)h/;
const CARRIED = 8;

export class Recorder {
  readonly #options: RecorderOptions;
  /** What runs, by shell; the innermost shell last. */
  readonly #open = new Map<string, Open>();
  readonly #lines = new Map<string, number>();
  #count = 0;
  #rest = '';

  constructor(options: RecorderOptions) {
    this.#options = options;
  }

  told(typed: Typed): void {
    if (typed.is === 'ended') {
      this.#over(typed.shell, typed.exit);
      return;
    }
    const { shell, line, text, netns, cwd } = typed;
    // Where its shell does not say how it ended.
    this.#over(shell);
    const remembered = this.#lines.get(shell) !== line && line > 0;
    this.#lines.set(shell, line);
    const open: Open = { since: this.#options.now(), how: 'ended' };
    this.#open.set(shell, open);
    // What the one before has printed says nothing of it.
    this.#rest = '';
    if (remembered && effectOfLine(text) === 'looks') return;
    open.id = `${this.#options.name}.${++this.#count}`;
    const hand: Hand = {
      id: open.id,
      shell: `${this.#options.name}.${shell}`,
      host: this.#options.host,
      cwd,
      ...(netns !== undefined && { netns }),
    };
    if (!remembered) open.how = 'unknown';
    this.#options.tell({ type: 'command-typed', text: remembered ? text : '', hand });
  }

  /** What goes to the terminal. */
  wrote(data: string): void {
    if (STOPS.test(data)) this.#mark('interrupted');
  }

  /** What comes from it. */
  printed(chunk: Uint8Array): void {
    if (this.#open.size === 0) return;
    const text = this.#rest + Buffer.from(chunk).toString('latin1');
    if (ALTERNATE_SCREEN.test(text)) this.#mark('full-screen');
    this.#rest = text.slice(-CARRIED);
  }

  #mark(how: Open['how']): void {
    const last = [...this.#open.values()].at(-1);
    if (last?.how === 'ended') last.how = how;
  }

  #over(shell: string, exit?: number): void {
    const open = this.#open.get(shell);
    this.#open.delete(shell);
    if (open?.id === undefined) return;
    const durationMs = Math.round(this.#options.now() - open.since);
    const ended = exit === undefined ? {} : { exit };
    this.#options.tell({ type: 'command-over', id: open.id, how: open.how, ...ended, durationMs });
  }

  /** The terminal is gone: what ran in it ended with it. */
  closed(): void {
    for (const [shell, open] of this.#open) {
      open.how = 'unfinished';
      this.#over(shell);
    }
  }
}

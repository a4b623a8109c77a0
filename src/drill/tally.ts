/** Counts what a learner does in one drill, from the events of its session. */
import type { SessionEvent } from '../session/events.ts';
import type { DrillEntry } from './history.ts';

type Result = Pick<DrillEntry, 'mended' | 'seconds' | 'commands' | 'hints' | 'solution'>;

/** A line of a cell that does something. */
const isCommand = (line: string) => line.trim() !== '' && !line.trim().startsWith('#');

export class DrillTally {
  #began: number | undefined;
  #last = 0;
  #mendedAt: number | undefined;
  #commands = 0;
  #hints = 0;
  #solution = false;
  readonly #failing = new Set<string>();

  add(event: SessionEvent): void {
    this.#last = event.at;
    switch (event.type) {
      case 'sandbox-ready':
        this.#began ??= event.at;
        break;
      case 'cell-started':
        this.#began ??= event.at;
        if (event.by === 'learner') this.#commands += event.text.split('\n').filter(isCommand).length;
        break;
      case 'command-entered':
        this.#began ??= event.at;
        if (this.#mendedAt === undefined) this.#commands++;
        break;
      case 'hint-shown':
        this.#hints++;
        break;
      case 'solution-shown':
        this.#solution ||= this.#mendedAt === undefined;
        break;
      case 'checks-started':
        this.#failing.clear();
        break;
      case 'check-judged':
        if (event.verdict.state !== 'pass') this.#failing.add(event.verdict.check);
        break;
      case 'checks-finished':
        if (this.#failing.size === 0 && this.#commands > 0) this.#mendedAt ??= event.at;
        break;
      case 'checks-watched':
        if (event.passed) this.#mendedAt ??= event.at;
        break;
    }
  }

  /** undefined when nothing was tried: the sandbox did not even stand. */
  result(): Result | undefined {
    if (this.#began === undefined) return undefined;
    return {
      mended: this.#mendedAt !== undefined,
      seconds: Math.max(0, Math.round(((this.#mendedAt ?? this.#last) - this.#began) / 100) / 10),
      commands: this.#commands,
      hints: this.#hints,
      solution: this.#solution,
    };
  }
}

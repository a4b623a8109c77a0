/**
 * Does again what was typed in shells, in their order between the cells: each shell of then has one of its own now, in the
 * same namespace and folder, with what was set in it before; nobody is at its keyboard, and no command may go on for ever.
 */
import type { Sandbox } from '../../sandbox/contract.ts';
import { onePacket } from '../quick/plan.ts';
import type { Planned } from '../replay.ts';

/** A command may take twice as long as it took, within bounds. */
const LIMIT_MS = { least: 3000, most: 30_000 };
/** All of them together: somebody waits to go on. */
const BUDGET_MS = 90_000;

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

export type HandStep = Planned & { hand: NonNullable<Planned['hand']> };

export class HandAgain {
  readonly #folders = new Map<string, string>();
  /** Commands that ended otherwise than before, or for which there was no time, by cell. */
  readonly differs = new Map<string, string[]>();
  #spentMs = 0;

  /** @throws SandboxError when the sandbox failed. */
  async run(sandbox: Sandbox, { cell, text, hand }: HandStep, signal: AbortSignal): Promise<void> {
    const { shell, netns = '', cwd, host, exit, durationMs = 0 } = hand;
    if (this.#spentMs > BUDGET_MS) return this.#differs(cell.id, text);
    const there = this.#folders.get(shell) === cwd ? '' : `\\builtin cd -- ${quoted(cwd)} 2>/dev/null\n`;
    const result = await sandbox.run(host, there + onePacket(text), {
      timeoutMs: Math.min(LIMIT_MS.most, Math.max(LIMIT_MS.least, 2 * durationMs)),
      signal,
      shell: { name: shell, netns },
    });
    this.#spentMs += result.durationMs;
    this.#folders.set(shell, result.cwd);
    const ended = result.outcome === 'exited' && (exit === undefined || result.exit === exit);
    if (!ended && result.outcome !== 'interrupted') this.#differs(cell.id, text);
  }

  #differs(cell: string, text: string): void {
    this.differs.set(cell, [...(this.differs.get(cell) ?? []), text]);
  }
}

/** What an export tells of one cell, the same in every format. Pure. */
import type { Cell } from '../lesson/model.ts';
import { formatDuration } from '../lib/clock.ts';
import type { CellState } from '../session/state.ts';
import type { ExportWords } from './words.ts';

export const MARKS: Readonly<Record<'pass' | 'fail' | 'broken' | 'skipped', string>> = {
  pass: '✓',
  fail: '✗',
  broken: '!',
  skipped: '-',
};

/** Whether the text shown is the lesson's own, or what somebody wrote for a task. */
export function cellText(cell: Cell, state: CellState | undefined): { text: string; answered: boolean } {
  const written = state?.text ?? (cell.role === 'task' ? state?.answer : undefined);
  const text = written ?? cell.text;
  return { text, answered: cell.role === 'task' && text.trim() !== '' && text !== cell.text };
}

/** `on host`, `took 40 ms`, `status 2`: what is worth a line besides the state. */
export function cellFacts(cell: Cell, state: CellState | undefined, words: ExportWords): string[] {
  const facts = [`${words.on} ${cell.host}`];
  if (state?.durationMs !== undefined) facts.push(`${words.time} ${formatDuration(state.durationMs)}`);
  if (typeof state?.exit === 'number' && state.exit !== 0) facts.push(`${words.exit} ${state.exit}`);
  if (state?.outcome !== undefined && state.outcome !== 'exited') facts.push(state.outcome);
  if (state !== undefined && state.attempts > 1) facts.push(`${words.attempts} ${state.attempts}`);
  return facts;
}

/** `2026-11-23 13:29 UTC`: the same wherever it is read. */
export function stamp(at: number): string {
  return `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

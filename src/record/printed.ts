/**
 * Of a cell that changes nothing: what it prints, as an `.output` block, where that is short and the same on every walk. Its
 * author wrote it for that. Pure.
 */
import type { CellOutcome } from '../check/observation.ts';
import { matchOutput, parseOutput } from '../lesson/output.ts';

/** More is not read by anybody, and something of it will be another on another machine. */
const MOST_LINES = 8;

/** A line that would be read as a pattern is written as it stands. */
const asLiteral = (line: string): string => line.replace(/^(\s*)(?=\\*(\.\.\.|\/.+\/[imsu]*)$)/, '$1\\');

export function printedBlock(runs: readonly CellOutcome[]): string | undefined {
  const [first] = runs;
  if (first === undefined || runs.some(({ exit, stderr }) => exit !== 0 || stderr !== '')) return undefined;
  const text = first.stdout.trimEnd();
  const lines = text.split('\n').map((line) => asLiteral(line.trimEnd()));
  if (text === '' || lines.length > MOST_LINES || /[`\0-\x08\x0b-\x1f\x7f]/.test(text)) return undefined;
  const { faults } = parseOutput(lines);
  const same = faults.length === 0 && runs.every(({ stdout }) => matchOutput(lines, stdout).ok);
  return same ? ['```text {.output}', ...lines, '```'].join('\n') : undefined;
}

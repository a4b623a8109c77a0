/** What is known of a cell's last run when its checks are judged. */
import type { RunOutcome } from '../sandbox/contract.ts';

export interface CellRun {
  outcome: RunOutcome;
  exit: number | null;
  /** Of a background cell: what it has printed until now. */
  readonly stdout: string;
  readonly stderr: string;
  durationMs: number;
  /** Values of the variables that the checks mention; null when unset. */
  variables: Readonly<Record<string, string | null>>;
  /** Both streams in the order of their arrival, also what a background cell printed since. */
  printed(): string;
}

import type { RunOutcome } from '../sandbox/contract.ts';

/** One run of a cell. Without an outcome it was under way when its sandbox ended. */
export interface Deed {
  cell: string;
  text: string;
  by: 'learner' | 'solution' | 'test';
  outcome?: RunOutcome;
}

/**
 * Why a run is not repeated in another sandbox:
 * - `interrupted`, `timeout`, `output-limit`: it did not come to its end, so nobody knows how far to go
 * - `ended`: it was under way when its sandbox ended, or Wirebook did
 * - `unknown`: what was done before it is not known any more
 */
export type NotRepeated = 'interrupted' | 'timeout' | 'output-limit' | 'ended' | 'unknown';

import type { RunOutcome } from '../sandbox/contract.ts';

/** One run of a cell, or one command in a shell. Without an outcome it was under way when its sandbox ended. */
export interface Deed {
  /** Of a command: the cell that the learner was at. */
  cell: string;
  text: string;
  by: 'learner' | 'solution' | 'test';
  outcome?: RunOutcome;
  /** It was typed in a shell. */
  hand?: Hand;
}

export interface Hand {
  id: string;
  /** Commands of one shell share its folder, variables and functions. */
  shell: string;
  host: string;
  /** '': the host's own; absent: in namespaces that have no name. */
  netns?: string;
  cwd: string;
  /** `unknown`: the shell was told not to remember it; `unfinished`: its shell ended first. */
  how?: 'ended' | 'interrupted' | 'full-screen' | 'unfinished' | 'unknown';
  exit?: number;
  durationMs?: number;
}

/**
 * Why a run is not repeated in another sandbox:
 * - `interrupted`, `timeout`, `output-limit`: it did not come to its end, so nobody knows how far to go
 * - `ended`: it was under way when its sandbox ended, or Wirebook did
 * - `unknown`: what was done before it is not known any more
 */
export type NotRepeated = 'interrupted' | 'timeout' | 'output-limit' | 'ended' | 'unknown';

/** What a benchmark is and what it comes to. */
import type { Absent, Contender, Result } from './measure.ts';

/** Ours, held against one peer or one limit of the same run. */
export interface Comparison {
  ours: string;
  against: string;
  /** In `unit`. */
  value: number;
  reference: number;
  unit: 'ms' | 'MB';
  /** `value / reference`: below 1 we are ahead. */
  ratio: number;
  /** The ratio that is aimed at; absent where the comparison only informs. */
  aim?: number;
}

export interface Outcome {
  results: readonly Result[];
  comparisons: readonly Comparison[];
  absent: readonly Absent[];
  /** What a reader of the figures should know. */
  notes?: readonly string[];
}

export interface Bench {
  name: string;
  title: string;
  run(options: { rounds: number }): Promise<Outcome>;
}

/** A peer is there or is not; what is not is told with why. */
export function present(peers: readonly (Contender | Absent)[]): { there: Contender[]; absent: Absent[] } {
  return {
    there: peers.filter((peer): peer is Contender => 'run' in peer),
    absent: peers.filter((peer): peer is Absent => 'absent' in peer),
  };
}

/** The first result against each of the others. `aims` by the peer's name. */
export function compare(
  results: readonly Result[],
  aims: Readonly<Record<string, number>> = {},
): Comparison[] {
  const [ours, ...peers] = results;
  return peers.map((peer) => ({
    ours: ours!.name,
    against: peer.name,
    value: ours!.median,
    reference: peer.median,
    unit: 'ms',
    ratio: ours!.median / peer.median,
    aim: aims[peer.name],
  }));
}

export function limit(
  ours: string,
  against: string,
  value: number,
  reference: number,
  unit: 'ms' | 'MB',
): Comparison {
  return { ours, against, value, reference, unit, ratio: value / reference, aim: 1 };
}

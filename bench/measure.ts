/** Contenders measured side by side: a round runs each once, so that what the machine does meanwhile hits all alike. */

export interface Contender {
  name: string;
  /** What is measured; milliseconds, when it measures itself. */
  run(): Promise<number | undefined | undefined>;
}

/** A peer that is not on this machine, and why: said, never left out in silence. */
export interface Absent {
  name: string;
  absent: string;
}

export interface Result {
  name: string;
  /** Milliseconds. */
  median: number;
  least: number;
  most: number;
  rounds: number;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** One round before the first is not counted: it fills the caches. The order turns, so that nobody is always first. */
export async function interleave(contenders: readonly Contender[], rounds: number): Promise<Result[]> {
  const times = new Map<string, number[]>(contenders.map(({ name }) => [name, []]));
  for (let round = -1; round < rounds; round++) {
    for (let i = 0; i < contenders.length; i++) {
      const { name, run } = contenders[(i + Math.max(round, 0)) % contenders.length]!;
      const started = performance.now();
      const own = await run();
      const time = typeof own === 'number' ? own : performance.now() - started;
      if (round >= 0) times.get(name)!.push(time);
    }
  }
  return contenders.map(({ name }) => {
    const all = times.get(name)!;
    return { name, median: median(all), least: Math.min(...all), most: Math.max(...all), rounds: all.length };
  });
}

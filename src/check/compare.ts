/** Field by field: what was expected against what is there. */
import { type Matcher, type MatchOptions, match } from './matcher.ts';
import type { Difference, Judgement } from './model.ts';

/** One field of a check; `expected` is undefined where the author says nothing of it. */
export interface Comparison {
  field: string;
  expected: Matcher | undefined;
  found: unknown;
  options?: MatchOptions;
}

/** The fields that do not hold. */
export function differencesOf(comparisons: readonly Comparison[]): Difference[] {
  return comparisons.flatMap(({ field, expected, found, options }) => {
    if (expected === undefined) return [];
    const result = match(expected, found, options);
    return result.ok ? [] : [{ field, expected: result.expected, found: result.found }];
  });
}

/** `mtu is 1400, master is none` */
export function differenceLine(differences: readonly Difference[]): string {
  return differences.map(({ field, found }) => `${field} is ${found}`).join(', ');
}

/** Passes when nothing differs. `found` is the evidence of a pass. */
export function judgeBy(expected: string, differences: readonly Difference[], found: string): Judgement {
  if (differences.length === 0) return { state: 'pass', expected, found, differences: [] };
  return { state: 'fail', expected, found: differenceLine(differences), differences };
}

/** How alike a candidate is: the one with the fewest differences is shown as evidence. */
export function nearest<T>(candidates: readonly T[], differences: (candidate: T) => readonly Difference[]) {
  let best: { candidate: T; differences: readonly Difference[] } | undefined;
  for (const candidate of candidates) {
    const found = differences(candidate);
    if (best === undefined || found.length < best.differences.length)
      best = { candidate, differences: found };
  }
  return best;
}

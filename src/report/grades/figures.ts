/** What a class comes to. Pure. */
import type { GradeReport } from './model.ts';

export interface Hard {
  check: string;
  cell: string;
  title: string;
  /** Learners who lost points by it. */
  failed: number;
  /** Of others it did not hold either, but only because an earlier cell had failed. */
  followed: number;
  of: number;
}

/** The check that most learners lose first; those that all hold are left out. */
export function hardest({ grades }: GradeReport): Hard[] {
  const graded = grades.filter(({ state }) => state === 'graded');
  const all = new Map<string, Hard>();
  for (const { items } of graded)
    for (const item of items) {
      const known = all.get(item.check) ?? {
        check: item.check,
        cell: item.cell,
        title: item.title,
        failed: 0,
        followed: 0,
        of: graded.length,
      };
      if (item.state === 'lost') known.failed += 1;
      if (item.state === 'followed') known.followed += 1;
      all.set(item.check, known);
    }
  return [...all.values()]
    .filter(({ failed, followed }) => failed + followed > 0)
    .sort((a, b) => b.failed - a.failed || b.followed - a.followed);
}

/** The lower of the two in the middle, so that it is a score that somebody has. */
export function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
}

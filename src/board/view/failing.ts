/** Which checks fail most now: where a whole class is stuck, one word to all helps more than twenty to one each. */
import type { LearnerRow } from '../rows.ts';

export interface FailingCheck {
  lesson: string;
  cell: string;
  check: string;
  kind: string;
  title: string;
  /** What is wrong for most of them, in one line. */
  because?: string;
  /** The machines could not be looked at: not the learners' fault. */
  broken: boolean;
  /** Ids, who has been stuck longest first. */
  learners: readonly string[];
}

export const checkKey = ({ lesson, cell, check }: Pick<FailingCheck, 'lesson' | 'cell' | 'check'>): string =>
  `${lesson}/${cell}/${check}`;

/** The commonest of some words. */
function mostSaid(all: readonly (string | undefined)[]): string | undefined {
  const counts = new Map<string, number>();
  for (const one of all) if (one !== undefined) counts.set(one, (counts.get(one) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
}

export function mostFailing(rows: readonly LearnerRow[]): FailingCheck[] {
  const found = new Map<
    string,
    { first: FailingCheck; whose: { id: string; since: number; because?: string }[] }
  >();
  for (const { id, stuckOn, status } of rows) {
    if (stuckOn === undefined || status === 'left') continue;
    const { lesson, cell, since } = stuckOn;
    for (const { check, kind, title, state, because } of stuckOn.failing) {
      const broken = state === 'broken';
      const key = `${broken} ${checkKey({ lesson, cell, check })}`;
      const one = found.get(key) ?? {
        first: { lesson, cell, check, kind, title, broken, learners: [] },
        whose: [],
      };
      one.whose.push({ id, since, ...(because === undefined ? {} : { because }) });
      found.set(key, one);
    }
  }
  return [...found.values()]
    .map(({ first, whose }): FailingCheck => {
      const because = mostSaid(whose.map((one) => one.because));
      const learners = whose.sort((a, b) => a.since - b.since).map(({ id }) => id);
      return { ...first, learners, ...(because === undefined ? {} : { because }) };
    })
    .sort((a, b) => b.learners.length - a.learners.length || checkKey(a).localeCompare(checkKey(b)));
}

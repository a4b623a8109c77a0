/** What the checks of a cell still miss: the list below the map. */
import { kinds } from '../check/kinds.ts';
import type { Check, Verdict } from '../check/model.ts';
import type { GoalItem } from './goal-item.ts';

/** In the author's words, else in the kind's own: "a route to default in client1". */
function titleOf(check: Check): string {
  if (check.says !== undefined) return check.says;
  const words =
    kinds.get(check.kind)?.describe(check.spec, { host: check.host, netns: check.netns }) ?? check.kind;
  return check.not ? `not so: ${words}` : words;
}

export function goalOf(checks: readonly Check[], verdicts: readonly Verdict[]): GoalItem[] {
  return checks.map((check) => {
    const verdict = verdicts.find((each) => each.check === check.id);
    return { title: verdict?.title ?? titleOf(check), state: verdict?.state ?? 'waiting' };
  });
}

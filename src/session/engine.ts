/**
 * What the session asks of the check layer. One interface, so that the order of looks, `within` and `holds` can be tested
 * with checks whose answers are written down.
 */
import { confirmNeedsOf, explainCheck, explainNeedsOf, judgeCheck, needsOf } from '../check/judge.ts';
import type { Check, Explanation, Need, Observation, Verdict } from '../check/model.ts';
import type { CellRun } from './outcome.ts';

/** Variables of the shell by name; null when unset. */
export type Values = Readonly<Record<string, string | null>>;

export interface Asked {
  check: Check;
  values: Values;
}

export interface Seen {
  observation: Observation;
  /** Absent when checks are judged before a cell. */
  run?: CellRun;
  values: Values;
}

export interface CheckEngine {
  needs(asked: readonly Asked[], hosts: readonly string[]): Need[];
  judge(check: Check, seen: Seen): Verdict;
  explainNeeds(asked: readonly Asked[], hosts: readonly string[]): Need[];
  explain(check: Check, seen: Seen): Explanation | undefined;
  /** What may show more where `explain` is unsure. */
  confirmNeeds?(asked: readonly Asked[], hosts: readonly string[]): Need[];
}

/** Each check's own variables, as the check layer asks for them. */
function variablesOf(asked: readonly Asked[]): (check: Check) => Values {
  const known = new Map(asked.map(({ check, values }) => [check, values]));
  return (check) => known.get(check) ?? {};
}

const checksOf = (asked: readonly Asked[]): Check[] => asked.map(({ check }) => check);

export const checkEngine: CheckEngine = {
  needs: (asked, hosts) => needsOf(checksOf(asked), hosts, variablesOf(asked)),
  judge: (check, { observation, run, values }) => judgeCheck(check, observation, run, values),
  explainNeeds: (asked, hosts) => explainNeedsOf(checksOf(asked), hosts, variablesOf(asked)),
  explain: (check, { observation, run, values }) => explainCheck(check, observation, run, values),
  confirmNeeds: (asked, hosts) => confirmNeedsOf(checksOf(asked), hosts, variablesOf(asked)),
};

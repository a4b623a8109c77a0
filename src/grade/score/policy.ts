/** How points are counted: what the lesson's `grading:` says, and what holds without a word. Pure. */
import type { Grading } from '../../lesson/grading.ts';
import type { Policy } from '../../report/grades/grade.ts';

export const DEFAULT_POLICY: Policy = { partial: 'share', carry: 1, hint: 0, solution: 0, said: false };

export function policyOf({ grading = {} }: { grading?: Grading }): Policy {
  const said = Object.fromEntries(Object.entries(grading).filter(([, value]) => value !== undefined));
  return { ...DEFAULT_POLICY, ...said };
}

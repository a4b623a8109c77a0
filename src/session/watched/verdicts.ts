/**
 * What one look by hand comes to. A check that holds is told, and so is one that could not be looked at; one that does
 * not hold yet is nobody's failure: the learner is still at work. One that is to hold all along, was seen to hold and
 * does not any more, was broken meanwhile: that is told. Pure.
 */
import type { Verdict } from '../../check/model.ts';
import type { Cell, Check } from '../../lesson/model.ts';

/** Kinds that speak of the cell's own run: without one there is nothing to ask. */
const OF_THE_RUN: ReadonlySet<string> = new Set(['exit', 'output']);

export const watchedChecks = (cell: Cell): Check[] =>
  cell.expects.filter((check) => !OF_THE_RUN.has(check.kind));

/**
 * Whether the state of the sandbox alone can show that the cell is done: it promises nothing of its own output or exit
 * status, and not only what is meant to hold anyway.
 */
export function provable(cell: Cell): boolean {
  const checks = watchedChecks(cell);
  return (
    checks.length === cell.expects.length &&
    cell.outputs.length === 0 &&
    !cell.background &&
    checks.some((check) => !check.invariant)
  );
}

/** One check as the look has it. */
export interface Seen {
  verdict: Verdict;
  /** Its probe may have been ended before it had its answer. */
  cut: boolean;
  /** It is the learner's doing if it holds: it did not hold before, and is not meant to hold anyway. */
  earned: boolean;
  /** It is meant to hold anyway. */
  kept?: boolean;
}

/**
 * Of what is to hold all along, what this look leaves open, so that one in full length has to say: whether it did hold
 * (the first time), was broken, or holds again.
 * @param held seen to hold, by its id
 */
export const unclear = (
  seen: readonly Seen[],
  held: ReadonlySet<string>,
  told: ReadonlyMap<string, Verdict['state']>,
  isFirst: boolean,
): string[] =>
  seen
    .filter(({ verdict: { check, state }, kept, cut }) => {
      if (kept !== true || !(held.has(check) || isFirst)) return false;
      return (
        (state === 'broken' && cut) || (state === 'fail' && held.has(check) && told.get(check) !== 'fail')
      );
    })
    .map(({ verdict }) => verdict.check);

/** - `open`: some check does not hold; - `maybe`: only a look in full length can say; - `holds` */
export type Whole = 'open' | 'maybe' | 'holds';

export function wholeOf(seen: readonly Seen[], holds: boolean): Whole {
  if (seen.some(({ verdict, cut }) => verdict.state !== 'pass' && !(verdict.state === 'broken' && cut)))
    return 'open';
  return holds || seen.some(({ verdict }) => verdict.state !== 'pass') ? 'maybe' : 'holds';
}

export interface News {
  /** Now known, and not before. */
  verdicts: Verdict[];
  /** Told by an earlier look, and not so any more. */
  withdrawn: string[];
}

/**
 * @param known what stands under the cell now
 * @param told checks that an earlier look has told of, by what it told
 * @param inFull what was looked at in full length, for this look had left it open
 */
export function newsOf(
  seen: readonly Seen[],
  known: readonly Verdict[],
  told: ReadonlyMap<string, Verdict['state']>,
  inFull: ReadonlyMap<string, Verdict> = new Map(),
): News {
  const verdicts: Verdict[] = [];
  const withdrawn: string[] = [];
  for (const { verdict, cut, earned } of seen) {
    const { check, state } = verdict;
    const before = known.find((one) => one.check === check)?.state;
    const sure = inFull.get(check);
    if (sure?.state === 'fail') {
      if (told.get(check) !== 'fail') verdicts.push(sure);
    } else if (told.get(check) === 'fail' && (state === 'pass' || sure?.state === 'pass')) {
      // as it was: it was never anybody's work
      withdrawn.push(check);
    } else if (state === 'pass') {
      if (before !== 'pass' && earned) verdicts.push(verdict);
    } else if (state === 'broken' && cut) continue;
    else if (state === 'broken' && (before === undefined || told.get(check) === 'pass'))
      verdicts.push(verdict);
    else if (state === 'fail' && told.has(check) && before !== undefined && before !== 'fail')
      withdrawn.push(check);
  }
  return { verdicts, withdrawn };
}

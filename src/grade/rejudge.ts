/**
 * Judges a record again by the lesson as it is now, from what was observed then: nothing runs. A check that has not changed
 * keeps its verdict; one that would have to send a packet, or to read what nobody read, cannot be told and says so. Pure.
 */
import type { Verdict } from '../check/model.ts';
import type { Cell, Lesson } from '../lesson/model.ts';
import { checkEngine } from '../session/engine.ts';
import type { CellRun } from '../session/outcome.ts';
import { checkDigests } from './attempt.ts';
import type { GradeRecord, Walk, WalkedCell } from './model.ts';

export interface Rejudged {
  record: GradeRecord;
  /** Checks that were judged anew. */
  judged: readonly string[];
  /** Checks that cannot be judged without a run. */
  open: readonly string[];
}

export function rejudge(record: GradeRecord, lesson: Lesson, at: string, fingerprint: string): Rejudged {
  const digests = checkDigests(lesson);
  const judged = new Set<string>();
  const open = new Set<string>();
  const cells = new Map(lesson.cells.map((cell) => [cell.id, cell]));
  const again = (walked: WalkedCell, walk: Walk): WalkedCell => {
    const cell = cells.get(walked.cell);
    if (cell === undefined) return { ...walked, verdicts: [] };
    const verdicts = cell.expects.flatMap((check): Verdict[] => {
      const known = walked.verdicts.find((verdict) => verdict.check === check.id);
      if (known !== undefined && record.checks[check.id] === digests[check.id])
        return [{ ...known, points: check.points }];
      // The walk for hidden probes has the others of another walk.
      if (known === undefined && walk.kind === 'hidden') return [];
      if (walked.observation === undefined) return [];
      const verdict = judge(cell, check, walked);
      (verdict.state === 'broken' ? open : judged).add(check.id);
      return [verdict];
    });
    return { ...walked, verdicts };
  };
  const walks = record.walks.map((walk) => ({ ...walk, cells: walk.cells.map((cell) => again(cell, walk)) }));
  const changed = judged.size + open.size > 0 || record.fingerprint !== fingerprint;
  return {
    record: changed ? { ...record, walks, checks: digests, fingerprint, rejudgedAt: at } : record,
    judged: [...judged],
    open: [...open],
  };
}

function judge(cell: Cell, check: Cell['expects'][number], walked: WalkedCell): Verdict {
  const values = walked.values?.[check.id] ?? Object.assign({}, ...Object.values(walked.values ?? {}));
  const run = walked.ran && runOf(walked.ran, cell);
  const seen = { observation: walked.observation!, values, ...(run === undefined ? {} : { run }) };
  const unset = check.variables.filter((name) => !Object.hasOwn(values, name));
  const verdict = checkEngine.judge(check, seen);
  // That nobody had asked for the variable then is no fault of the learner.
  if (unset.length > 0)
    return { ...verdict, state: 'broken', found: `The variable ${unset.join(', ')} was not read then.` };
  if (verdict.state !== 'fail') return verdict;
  const explanation = checkEngine.explain(check, seen);
  return explanation === undefined ? verdict : { ...verdict, explanation };
}

function runOf(ran: NonNullable<WalkedCell['ran']>, cell: Cell): CellRun {
  return { ...ran, variables: {}, printed: () => (cell.background ? ran.stdout : ran.stdout + ran.stderr) };
}

/**
 * What a record comes to: of every item whether it was earned, and if not, why and by which evidence. Pure: the same record
 * and the same lesson give the same grade, today and in a year.
 */
import type { Verdict } from '../../check/model.ts';
import type { CellGrade, Evidence, Grade, Item, ItemGrade, Plan } from '../../report/grades/grade.ts';
import type { GradeRecord, Walk, WalkedCell } from '../model.ts';

interface Seen {
  verdict: Verdict;
  cell: WalkedCell;
}

function seenIn(walk: Walk | undefined): Map<string, Seen> {
  return new Map(
    walk?.cells.flatMap((cell) => cell.verdicts.map((verdict) => [verdict.check, { verdict, cell }])) ?? [],
  );
}

export function gradeOf(plan: Plan, record: GradeRecord): Grade {
  const walkOf = (kind: Walk['kind']): Walk | undefined => record.walks.find((walk) => walk.kind === kind);
  const own = new Map([...seenIn(walkOf('submitted')), ...seenIn(walkOf('hidden'))]);
  const repaired = seenIn(walkOf('reference'));
  const skipped = new Map(
    (walkOf('submitted')?.cells ?? []).flatMap((cell) => (cell.skipped ? [[cell.cell, cell.skipped]] : [])),
  );
  const failedBefore = firstFailures(plan, own);
  const judged = plan.items.map((item): ItemGrade => {
    const seen = own.get(item.check);
    if (seen === undefined || seen.verdict.state === 'broken' || seen.verdict.state === 'skipped')
      return unseen(item, seen?.verdict, skipped.get(item.cell));
    const again = repaired.get(item.check);
    const before = failedBefore.get(item.cell);
    // It held for want of what an earlier cell should have made: with that made, it does not.
    const isHollow =
      before !== undefined &&
      seen.cell.held?.includes(item.check) &&
      again?.verdict.state === 'fail' &&
      again.cell.by !== 'reference';
    if (seen.verdict.state === 'pass' && !isHollow)
      return { ...item, title: seen.verdict.title, state: 'earned', earnedMilli: item.milli };
    return failed(plan, item, seen, again, before, record);
  });
  const items = withinCells(judged);
  const broken = items.find((item) => item.state === 'broken' && item.milli + item.guardMilli > 0);
  const because = record.because ?? broken?.reason;
  const isGraded = record.state === 'graded' && broken === undefined;
  const cells = cellGrades(plan, items, record);
  return {
    learner: record.learner,
    ...(record.name === undefined ? {} : { name: record.name }),
    source: record.source,
    state: isGraded ? 'graded' : 'broken',
    ...(isGraded || because === undefined ? {} : { because }),
    ...(isGraded ? { earnedMilli: cells.reduce((sum, cell) => sum + cell.earnedMilli, 0) } : {}),
    possibleMilli: plan.possibleMilli,
    items,
    cells,
    notes: record.notes,
    attempts: record.attempts,
    durationMs: record.durationMs,
    startedAt: record.startedAt,
  };
}

/** A guard that was broken takes from what its cell has earned, and no more than that. */
function withinCells(items: readonly ItemGrade[]): ItemGrade[] {
  const left = new Map<string, number>();
  for (const { cell, earnedMilli } of items) left.set(cell, (left.get(cell) ?? 0) + Math.max(0, earnedMilli));
  return items.map((item) => {
    if (item.earnedMilli >= 0) return item;
    const taken = Math.min(-item.earnedMilli, left.get(item.cell)!);
    left.set(item.cell, left.get(item.cell)! - taken);
    return { ...item, earnedMilli: 0 - taken };
  });
}

/** By cell: the first one before it in which something failed. */
function firstFailures(plan: Plan, own: ReadonlyMap<string, Seen>): Map<string, string> {
  const before = new Map<string, string>();
  let first: string | undefined;
  let current = '';
  let failedHere: string | undefined;
  for (const item of plan.items) {
    if (item.cell !== current) {
      first ??= failedHere;
      failedHere = undefined;
      current = item.cell;
      if (first !== undefined) before.set(current, first);
    }
    if (own.get(item.check)?.verdict.state === 'fail') failedHere ??= item.cell;
  }
  return before;
}

function unseen(item: Item, verdict: Verdict | undefined, skipped: string | undefined): ItemGrade {
  const reason = verdict?.found ?? skipped ?? 'It was not looked at.';
  return {
    ...item,
    title: verdict?.title ?? item.check,
    state: 'broken',
    earnedMilli: 0,
    reason,
    ...(verdict === undefined ? {} : { evidence: evidenceOf(verdict) }),
  };
}

const evidenceOf = ({ expected, found, differences, explanation }: Verdict): Evidence => ({
  expected,
  found,
  differences,
  ...(explanation === undefined ? {} : { explanation }),
});

function failed(
  plan: Plan,
  item: Item,
  { verdict, cell }: Seen,
  repaired: Seen | undefined,
  before: string | undefined,
  record: GradeRecord,
): ItemGrade {
  // Behind an earlier failure the verdict that counts is the one without it: what it found is the learner's own doing.
  const own = before !== undefined && repaired?.verdict.state === 'fail' ? repaired.verdict : verdict;
  const common = { ...item, title: verdict.title, evidence: evidenceOf(own) };
  const answered = cell.by === 'lesson' || Object.hasOwn(record.answers, item.cell);
  // An empty answer has not failed because of another's: there is nothing that could have held.
  if (
    before !== undefined &&
    answered &&
    repaired?.verdict.state === 'pass' &&
    repaired.cell.by !== 'reference'
  ) {
    const earnedMilli = Math.round(item.milli * plan.policy.carry);
    return {
      ...common,
      state: 'followed',
      earnedMilli,
      because: before,
      reason:
        earnedMilli === item.milli
          ? `It does not hold, but does once ${before} is put right: nothing is lost here.`
          : `It follows from ${before}: it holds once that is put right, and counts ${plan.policy.carry} of its points.`,
    };
  }
  const why = answered ? stopped(cell) : 'Not answered';
  return {
    ...common,
    state: 'lost',
    earnedMilli: 0 - item.guardMilli,
    reason: why === undefined ? sentence(own.found) : `${why}: ${sentence(own.found)}`,
  };
}

const sentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);

function stopped({ ran }: WalkedCell): string | undefined {
  switch (ran?.outcome) {
    case 'timeout':
      return `Ended after ${Math.round(ran.durationMs / 1000)} s, its time limit`;
    case 'output-limit':
      return 'Ended because it printed without end';
    case 'shell-ended':
      return 'It ended its own shell';
    default:
      return undefined;
  }
}

function cellGrades(plan: Plan, items: readonly ItemGrade[], record: GradeRecord): CellGrade[] {
  return [...Map.groupBy(items, (item) => item.cell)].map(([cell, its]) => {
    const possibleMilli = plan.cells[cell] ?? 0;
    let earnedMilli = its.reduce((sum, item) => sum + item.earnedMilli, 0);
    if (plan.policy.partial === 'whole') earnedMilli = wholeOnly(its, earnedMilli);
    earnedMilli = Math.max(0, earnedMilli);
    const { hints = 0, solution = false } = record.help[cell] ?? {};
    const share = Math.min(1, hints * plan.policy.hint + (solution ? plan.policy.solution : 0));
    const penaltyMilli = Math.min(earnedMilli, Math.round(possibleMilli * share));
    const shown = [
      hints > 0 ? `${hints} hint${hints === 1 ? '' : 's'}` : '',
      solution ? 'the solution' : '',
    ].filter(Boolean);
    return {
      cell,
      answered: Object.hasOwn(record.answers, cell),
      ...(Object.hasOwn(record.answers, cell) ? { answer: record.answers[cell]! } : { answer: '' }),
      earnedMilli: earnedMilli - penaltyMilli,
      possibleMilli,
      penaltyMilli,
      ...(penaltyMilli > 0 ? { penalty: `Shown: ${shown.join(' and ')}.` } : {}),
    };
  });
}

/** Points of the checks themselves stay; what the cell gives as a whole is gone when one of them fails. */
function wholeOnly(items: readonly ItemGrade[], earned: number): number {
  const all = items.every((item) => item.state === 'earned' || item.state === 'followed' || item.said);
  return all ? earned : items.reduce((sum, item) => sum + Math.min(item.earnedMilli, item.ownMilli), 0);
}

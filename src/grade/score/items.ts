/**
 * What a lesson has to give: an item a check, with its points. Counted in thousandths of a point, whole numbers, so that
 * shares of a cell's points always come to the cell's points. Pure.
 */
import type { Cell, Check, Lesson } from '../../lesson/model.ts';
import type { Item, Plan, Policy } from '../../report/grades/grade.ts';
import { policyOf } from './policy.ts';

/** From the lesson's key, where it has one. */
export const isHidden = (check: Pick<Check, 'hidden'>): boolean => check.hidden === true;

/** Kinds that are judged by what the learner's own shell and programs tell. */
const SAID: ReadonlySet<string> = new Set(['exit', 'output', 'env']);
export const isSaid = (check: Pick<Check, 'kind'>): boolean => SAID.has(check.kind);

/** Kinds that send packets, which the submission may see arrive. */
const ACTIVE: ReadonlySet<string> = new Set(['ping', 'curl', 'tcp', 'udp', 'dns', 'trace', 'path']);
export const isActive = (check: Pick<Check, 'kind'>): boolean => ACTIVE.has(check.kind);

const MILLI = 1000;

/** Parts that differ by one at most and sum to the whole. */
export function shares(whole: number, count: number): number[] {
  return Array.from(
    { length: count },
    (_, index) => Math.floor((whole * (index + 1)) / count) - Math.floor((whole * index) / count),
  );
}

export const planFor = (lesson: Lesson): Plan => planOf(lesson, policyOf(lesson));

export function planOf(lesson: Lesson, policy: Policy): Plan {
  const items = lesson.cells.flatMap((cell) => itemsOf(lesson, cell, policy));
  const cells: Record<string, number> = {};
  for (const item of items) cells[item.cell] = (cells[item.cell] ?? 0) + item.milli;
  return {
    items,
    cells,
    possibleMilli: items.reduce((sum, item) => sum + item.milli, 0),
    policy,
    notices: noticesOf(lesson, policy),
  };
}

/** A lesson whose author has given no points at all: each task is worth one. */
const isUnscored = (lesson: Lesson): boolean =>
  lesson.cells.every((cell) => cell.points === 0 && cell.expects.every((check) => check.points === 0));

function itemsOf(lesson: Lesson, cell: Cell, policy: Policy): Item[] {
  const counted = (check: Check): boolean => policy.said || !isSaid(check);
  const ownOf = (check: Check): number => (counted(check) ? Math.round(check.points * MILLI) : 0);
  const ofCell = Math.round((isUnscored(lesson) && cell.role === 'task' ? 1 : cell.points) * MILLI);
  const sharing = cell.expects.filter((check) => counted(check) && !check.invariant);
  // Those with points of their own have theirs; where all have, or where there are only guards, these share after all.
  const takers =
    [sharing.filter((check) => check.points === 0), sharing, cell.expects.filter(counted)].find(
      (some) => some.length > 0,
    ) ?? [];
  const parts = new Map(takers.map((check, index) => [check, shares(ofCell, takers.length)[index]!]));
  return cell.expects.map((check) => ({
    check: check.id,
    cell: cell.id,
    step: lesson.steps[cell.step]?.title ?? lesson.title,
    hidden: isHidden(check),
    said: isSaid(check),
    milli: (parts.get(check) ?? 0) + ownOf(check),
    ownMilli: ownOf(check),
    guardMilli:
      check.invariant && !parts.has(check) && counted(check) ? Math.floor(ofCell / takers.length) : 0,
  }));
}

function noticesOf(lesson: Lesson, policy: Policy): string[] {
  const notices: string[] = [];
  const said = lesson.cells.flatMap((cell) =>
    cell.expects.filter((check) => isSaid(check) && check.points > 0).map((check) => check.id),
  );
  if (said.length > 0 && !policy.said)
    notices.push(
      `${said.join(', ')}: judged by what the submission itself says, so these points are not counted (\`said: true\` counts them).`,
    );
  for (const cell of lesson.cells)
    if (cell.points > 0 && !cell.expects.some((check) => policy.said || !isSaid(check)))
      notices.push(`${cell.id} has points but no check that observes anything, so they cannot be earned.`);
  if (isUnscored(lesson))
    notices.push('The lesson gives no points, so each task that has checks counts one.');
  return notices;
}

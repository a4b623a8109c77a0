/** The report on a whole class, and what its formats share. Plain data. */
import type { Learner } from '../../lib/roster.ts';
import type { Grade, ItemGrade, Plan, Similarity } from './grade.ts';

export interface GradeReport {
  format: 1;
  wirebook: string;
  driver: string;
  lesson: { id: string; title: string; file: string; hash: string; language: string };
  /** ISO 8601, UTC. */
  startedAt: string;
  durationMs: number;
  interrupted: boolean;
  plan: Plan;
  grades: readonly Grade[];
  similarity: Similarity;
  /** Absent without a roster. */
  roster?: readonly Learner[];
}

export interface FormatOptions {
  color: boolean;
  /** Columns of the terminal; absent: lines are as long as they are. */
  width?: number | undefined;
  root: string;
  /** A word that no submission can know. */
  token: string;
  /** Also for those that are not whole before the end: now. ISO 8601. */
  at: string;
  /** For formats that people read; what programs read is the same in every language. Absent: English. */
  say?: Say;
  /** BCP 47, of what is said. Absent: English. */
  language?: string;
}

export type Say = (sentence: string) => string;
export const asSaid: Say = (sentence) => sentence;

/** One format: a pure function of the report. */
export type Format = (report: GradeReport, options: FormatOptions) => string;

export const points = (milli: number): string => String(Math.round(milli) / 1000);

/** At most two decimals, for people. */
export const shown = (milli: number): string => String(Number((milli / 1000).toFixed(2)));

export type Counts = Readonly<Record<Grade['state'], number>>;

export function countsOf(grades: readonly Grade[]): Counts {
  const counts = { graded: 0, broken: 0, refused: 0, missing: 0 };
  for (const { state } of grades) counts[state] += 1;
  return counts;
}

/** Points that are missing, hints aside. */
export const lostMilli = (item: ItemGrade): number => item.milli - item.earnedMilli;

export const lacks = (item: ItemGrade): boolean =>
  item.state === 'broken' || lostMilli(item) > 0 || item.state === 'followed';

/** What a learner may see: nothing of a hidden check but that there are some, and their sum. */
export interface LearnerView {
  items: readonly ItemGrade[];
  hidden?: { earnedMilli: number; milli: number };
}

export function learnerView(grade: Grade): LearnerView {
  const hidden = grade.items.filter((item) => item.hidden);
  const items = grade.items.filter((item) => !item.hidden);
  if (hidden.length === 0) return { items };
  const sum = (of: (item: ItemGrade) => number): number => hidden.reduce((all, item) => all + of(item), 0);
  return {
    items,
    hidden: { earnedMilli: sum((item) => item.earnedMilli), milli: sum((item) => item.milli) },
  };
}

/** The grade as its learner may read it, for formats that print it whole. */
export function learnerGrade(grade: Grade): Grade {
  const { items, hidden } = learnerView(grade);
  const notes =
    hidden === undefined || grade.state !== 'graded'
      ? grade.notes
      : [...grade.notes, `further checks: ${shown(hidden.earnedMilli)} of ${shown(hidden.milli)}`];
  // Why it could not be graded may name a hidden check.
  const secret = grade.items.find((item) => item.hidden && grade.because?.includes(item.check));
  return {
    ...grade,
    items,
    notes,
    ...(secret === undefined ? {} : { because: 'A check could not be looked at.' }),
  };
}

/** The reason and the evidence of a lost point, line by line. */
const alike = (one: string, other: string | undefined): boolean =>
  other !== undefined && one.replace(/\.$/, '') === other.replace(/\.$/, '');

/** The reason first. What the title expects already, and what the reason has found, is not said twice. */
export function evidenceLines({ title, reason, evidence }: ItemGrade): string[] {
  const lines = reason === undefined ? [] : [reason];
  if (evidence === undefined) return lines;
  if (!alike(evidence.expected, title)) lines.push(`expected: ${evidence.expected}`);
  if (!alike(evidence.found, reason)) lines.push(`found: ${evidence.found}`);
  for (const { field, expected, found } of evidence.differences)
    lines.push(`${field}: expected ${expected}, found ${found}`);
  if (evidence.explanation !== undefined) lines.push(`cause: ${evidence.explanation.cause}`);
  return lines;
}

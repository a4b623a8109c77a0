/** What a submission, or a learner's work in a class, came to: plain data that every format of a report is made of. */
import type { Explanation, Verdict } from '../../check/model.ts';
import type { Grading } from '../../lesson/grading.ts';

/** How points are counted. */
export type Policy = Required<Grading>;

export interface Item {
  /** The check's id. */
  check: string;
  cell: string;
  step: string;
  hidden: boolean;
  /** Judged by the submission's own words. */
  said: boolean;
  /** What it gives when it holds. */
  milli: number;
  /** The part of it that the check has of its own; the rest is its share of the cell's points. */
  ownMilli: number;
  /** What it takes when it does not, beyond what it gives: held already before its cell, so nothing is earned by it. */
  guardMilli: number;
}

export interface Plan {
  items: readonly Item[];
  /** By cell, all that can be earned there. */
  cells: Readonly<Record<string, number>>;
  possibleMilli: number;
  policy: Policy;
  /** What the instructor should know of the lesson itself. */
  notices: readonly string[];
}

export type ItemState =
  /** It holds. */
  | 'earned'
  /** It does not, and the learner's own work in this cell is why. */
  | 'lost'
  /** It does not, but does once an earlier cell is put right. */
  | 'followed'
  /** It could not be looked at: no points, and no fault either. */
  | 'broken';

export interface Evidence {
  expected: string;
  found: string;
  differences: Verdict['differences'];
  explanation?: Explanation;
}

export interface ItemGrade extends Item {
  title: string;
  state: ItemState;
  earnedMilli: number;
  /** Why points are missing, in one sentence; absent when none are. */
  reason?: string;
  evidence?: Evidence;
  /** `followed`: the first cell that had failed. */
  because?: string;
}

export interface CellGrade {
  cell: string;
  answered: boolean;
  /** What was handed in for it: for those who grade. */
  answer?: string;
  earnedMilli: number;
  possibleMilli: number;
  /** Taken for hints and solutions, with the reason. */
  penaltyMilli: number;
  penalty?: string;
}

export interface Grade {
  learner: string;
  name?: string;
  source: string;
  state: 'graded' | 'broken' | 'refused' | 'missing';
  /** Why there is no score. */
  because?: string;
  /** Absent when it was not graded: not the same as none earned. */
  earnedMilli?: number;
  possibleMilli: number;
  items: readonly ItemGrade[];
  cells: readonly CellGrade[];
  notes: readonly string[];
  attempts: number;
  durationMs: number;
  startedAt?: string;
}

/** Which submissions are so alike that a person should look. Never a verdict: equal commands may be the only way. */
export interface Pair {
  learners: readonly [string, string];
  /** 0 to 1: the part of the rarer fragments of the shorter one that the other has as well. */
  score: number;
  /** A few fragments that both have and few others, as they were written. */
  shared: readonly string[];
}

/** A value that another learner was given stands in the answers of this one. */
export interface Foreign {
  learner: string;
  of: string;
  cell: string;
  param: string;
  value: string;
}

export interface Similarity {
  pairs: readonly Pair[];
  foreign: readonly Foreign[];
}

/** Where nothing was graded. */
export const nothingOf = ({ possibleMilli }: Plan) => ({
  possibleMilli,
  items: [],
  cells: [],
  notes: [],
  attempts: 0,
  durationMs: 0,
});

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

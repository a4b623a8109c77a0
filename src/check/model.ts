/**
 * A check is one expectation of an `.expect` block. Everything here is pure data and pure functions: a check says
 * what it needs observed, and judges an observation that somebody else made (see sandbox/contract.ts).
 */
import type { z } from 'zod';
import type { Place } from '../lib/place.ts';
import type { CellOutcome, Need, Observation } from './observation.ts';

export type { Check } from '../lesson/model.ts';
export type { CellOutcome, Need, Observation } from './observation.ts';

export type VerdictState = 'pass' | 'fail' | 'broken' | 'skipped';

/** One field where expected and found differ; both already formatted for people. */
export interface Difference {
  field: string;
  expected: string;
  found: string;
}

/** What a kind's `judge` returns. `not:` is applied by the caller, so kinds never look at it. */
export interface Judgement {
  state: 'pass' | 'fail' | 'broken';
  /** The expectation in one line: "interface veth-client is UP in client". */
  expected: string;
  /** What is there, in one line: the evidence. For `broken`: what could not be looked at, and why. */
  found: string;
  /** Field by field, for a diff on the screen; empty where one line says all. */
  differences: readonly Difference[];
  /**
   * Set on a `fail` that `not:` must not turn into a pass, because there is no ground to ask on: no such namespace,
   * no cell that has run, a variable that is not set.
   */
  final?: boolean;
}

/** What a kind sees when it judges. */
export interface Look {
  host: string;
  netns: string;
  observation: Observation;
  /** The cell that just ran; absent when checks are judged before a cell. */
  cell?: CellOutcome;
}

/** One question on the way from the sender to the answer, as a network engineer would ask it. */
export interface ExplanationStep {
  question: string;
  answer: string;
  state: 'ok' | 'wrong' | 'unknown';
}

export interface Explanation {
  /** The first thing on the way that is wrong, in one sentence; or that nothing wrong was found. */
  cause: string;
  /** What to try, without giving the answer away. */
  advice: string;
  steps: readonly ExplanationStep[];
  /** Nothing wrong was found in what was read: a trace of one more try may show it. */
  unsure?: boolean;
}

/** What a kind may know when it asks for something to be observed. */
export interface Asking {
  host: string;
  netns: string;
  /** All hosts of the lesson. */
  hosts: readonly string[];
}

/** One kind of check is one file that exports one of these, and one line in kinds.ts. */
export interface CheckKind<Spec = unknown> {
  /** The first key of the entry: `interface`, `ping`. */
  name: string;
  /** One line for the reference: what it looks at. */
  summary: string;
  /** A YAML entry that is valid and shows the usual fields. */
  example: string;
  /** Fields of the kind, its first key included; strict, so that an unknown field is a diagnostic. */
  schema: z.ZodType<Spec>;
  /** Says in one line what is expected: "a route to 10.0.0.0/24 via 10.0.0.1". */
  describe(spec: Spec, at: { host: string; netns: string }): string;
  needs(spec: Spec, asking: Asking): readonly Need[];
  judge(spec: Spec, look: Look): Judgement;
  /** More to observe when the check has failed, so that `explain` can walk the way. */
  explainNeeds?(spec: Spec, asking: Asking): readonly Need[];
  explain?(spec: Spec, look: Look): Explanation | undefined;
  /** Why a spec that its schema accepts asserts nothing, or cannot hold: refused by the parser. */
  refuse?(spec: Spec): string | undefined;
}

/** A check held against an observation. What reports, the journal and the screen carry: plain JSON. */
export interface Verdict {
  check: string;
  kind: string;
  state: VerdictState;
  /** The author's `says`, else the kind's own words, with `not` said. */
  title: string;
  expected: string;
  found: string;
  differences: readonly Difference[];
  explanation?: Explanation;
  points: number;
  /** How often it was looked at (`within`, `holds`). */
  looks: number;
  durationMs: number;
  host: string;
  netns: string;
  place: Place;
}

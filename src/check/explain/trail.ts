/** The questions asked on the way, and the first thing that was found wrong. */
import type { Explanation, ExplanationStep } from '../model.ts';

export interface Fault {
  cause: string;
  advice: string;
}

/** Grows while one way is walked; nothing is asked after a fault. */
export interface Trail {
  steps: ExplanationStep[];
  fault?: Fault;
}

export const newTrail = (): Trail => ({ steps: [] });

export function ok(trail: Trail, question: string, answer: string): void {
  trail.steps.push({ question, answer, state: 'ok' });
}

export function unknown(trail: Trail, question: string, answer: string): void {
  trail.steps.push({ question, answer, state: 'unknown' });
}

/** Returns undefined, so that a walk can say `return wrong(...)`. */
export function wrong(trail: Trail, question: string, cause: string, advice: string): undefined {
  trail.steps.push({ question, answer: cause, state: 'wrong' });
  trail.fault ??= { cause, advice };
  return undefined;
}

export function explanationOf(trail: Trail, otherwise: Fault): Explanation {
  return {
    ...(trail.fault ?? otherwise),
    steps: trail.steps,
    ...(trail.fault === undefined ? { unsure: true } : {}),
  };
}

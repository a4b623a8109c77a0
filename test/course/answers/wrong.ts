/** Answers that learners give, and what exactly each of them loses: checks by id, and points. */
import type { Answers } from '../walk.ts';
import { BY_HAND } from './by-hand.ts';
import { CONTAINERS } from './containers.ts';

export interface Wrong {
  what: string;
  answers: Answers;
  /** Checks that must not hold; all others must. None where it is right, though not the author's way. */
  lost: readonly string[];
  /** Points that they and their cells are worth. */
  points: number;
}

export const WRONG: Readonly<Record<string, readonly Wrong[]>> = { ...BY_HAND, ...CONTAINERS };

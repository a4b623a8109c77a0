/** One check of the current cell, as the map lists it. */
import type { VerdictState } from '../check/model.ts';

export interface GoalItem {
  title: string;
  /** `waiting`: not looked at yet. */
  state: VerdictState | 'waiting';
}

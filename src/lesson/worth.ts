/** What a cell has to give. Pure. */
import type { Cell } from './model.ts';

/** Its own points, for passing, and those of each of its checks; of a lesson's key nothing is told, so nothing is counted. */
export const worthOf = ({ points, expects }: Pick<Cell, 'points' | 'expects'>): number =>
  expects.reduce((sum, check) => (check.hidden ? sum : sum + check.points), points);

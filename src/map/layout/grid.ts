/** Boxes side by side. How many fit depends on the width alone, so that a box stays where it is when others change. */
import { fit, type MapLine, of } from '../text.ts';

/** Room for `   172.30.0.2/24` and a frame. */
const NARROWEST = 22;
/** Columns between two boxes: as long is the cable between them. */
export const GAP = 2;

export interface Grid {
  /** How many boxes stand side by side. */
  count: number;
  /** Columns of one. */
  column: number;
  width: number;
}

export function gridOf(width: number): Grid {
  const count = Math.max(1, Math.floor((width + GAP) / (NARROWEST + GAP)));
  return { count, column: Math.max(4, Math.floor((width - GAP * (count - 1)) / count)), width };
}

export const columnStart = (at: number, { column }: Grid): number => at * (column + GAP);

export function chunks<T>(list: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, at) =>
    list.slice(at * size, (at + 1) * size),
  );
}

/** Blocks in one strip; `between` are the gaps' rows where they are no spaces. */
export function beside(
  blocks: readonly (readonly MapLine[])[],
  grid: Grid,
  between: ReadonlyMap<string, MapLine> = new Map(),
): MapLine[] {
  const height = Math.max(0, ...blocks.map((block) => block.length));
  return Array.from({ length: height }, (_, row) =>
    blocks.flatMap(
      (block, at): MapLine => [
        ...(at === 0 ? [] : (between.get(`${at - 1} ${row}`) ?? [of(' '.repeat(GAP))])),
        ...fit(block[row] ?? [], grid.column),
      ],
    ),
  );
}

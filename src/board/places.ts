/** Lessons, steps and cells of a course, to be looked up often. */
import type { CourseOutline } from './outline.ts';

export interface CellPlace {
  /** Counted through the whole course. */
  order: number;
  step: number;
}

export class Places {
  readonly #lessons = new Map<string, { lastStep: number; cells: Map<string, CellPlace> }>();

  constructor(course: CourseOutline) {
    let order = 0;
    for (const { id, steps } of course.lessons) {
      const cells = new Map<string, CellPlace>();
      for (const [step, one] of steps.entries())
        for (const cell of one.cells) cells.set(cell.id, { order: order++, step });
      this.#lessons.set(id, { lastStep: Math.max(0, steps.length - 1), cells });
    }
  }

  has(lesson: string): boolean {
    return this.#lessons.has(lesson);
  }

  lastStep(lesson: string): number {
    return this.#lessons.get(lesson)?.lastStep ?? 0;
  }

  cell(lesson: string, cell: string): CellPlace | undefined {
    return this.#lessons.get(lesson)?.cells.get(cell);
  }

  isAfter(place: CellPlace, other: { lesson: string; cell: string }): boolean {
    return place.order > (this.cell(other.lesson, other.cell)?.order ?? Number.POSITIVE_INFINITY);
  }
}

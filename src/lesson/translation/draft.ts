/** A translation while it is read: how far along the original it is, and the cell that the next block belongs to. */
import type { Faults, Span } from '../faults.ts';
import type { Block, Cell, Hint, Lesson, Note } from '../model.ts';
import { type Anchor, anchorsOf } from './anchors.ts';

export interface CellDraft {
  original: Cell;
  /** The opening line of its fence in the translation. */
  span: Span;
  text: string;
  solution?: string;
  step: number;
  hints: Hint[];
  outputs: number;
  says: Map<string, string>;
  /** Index in the blocks. */
  block: number;
}

export class Draft {
  readonly file: string;
  readonly faults: Faults;
  readonly original: Lesson;
  readonly anchors: readonly Anchor[];
  readonly blocks: Block[] = [];
  readonly cells: CellDraft[] = [];
  readonly notes: Note[] = [];
  /** Index of the step that is being filled. */
  step = 0;
  /** Index of the anchor that comes next. */
  next = 0;
  /** What the next hint, solution or `.says` belongs to; undefined where the translation has lost the thread. */
  cell: CellDraft | undefined;
  /** There was a cell before, whether or not it is known. */
  begun = false;
  /** Told once: after the first heading too many or too few every cell would be in the wrong step. */
  stepTold = false;

  constructor(file: string, faults: Faults, original: Lesson) {
    this.file = file;
    this.faults = faults;
    this.original = original;
    this.anchors = anchorsOf(original);
  }

  /** `lesson.md:123`: where to look in the original. */
  at(line: number): string {
    return `${this.original.file.split('/').at(-1)}:${line}`;
  }
}

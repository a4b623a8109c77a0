/** A lesson while it is read: what is there so far, and the cell that the next block belongs to. */
import type { RoleName } from './definitions.ts';
import type { Faults, Span } from './faults.ts';
import type { Hosts } from './hosts.ts';
import type { Block, Cell, Check, CheckVocabulary, Hint, Note, OutputPattern, Setup } from './model.ts';

/** A cell that may still be added to. */
export type Draft = Cell & { expects: Check[]; outputs: OutputPattern[]; hints: Hint[]; solution?: string };

export interface DraftOf {
  cell: Draft;
  /** The opening line of its fence. */
  span: Span;
  /** The hints that wait for a check, and where they say so. */
  waits: { check: string; span: Span }[];
  /** Checks with faults in them are missing from `expects`; then nothing is said of missing checks. */
  spoken: Set<RoleName>;
}

export class Build {
  readonly file: string;
  readonly faults: Faults;
  readonly hosts: Hosts;
  readonly vocabulary: CheckVocabulary;
  readonly blocks: Block[] = [];
  readonly setups: Setup[] = [];
  readonly notes: Note[] = [];
  readonly drafts: DraftOf[] = [];
  readonly ids = new Set<string>();
  readonly checkIds = new Set<string>();
  quizzes = 0;
  /** Index of the step that is being filled. */
  step = 0;
  /** What stands between the last cell and here, when it makes one doubt which cell a block belongs to. */
  between: 'a heading' | 'a quiz' | undefined;

  constructor(file: string, faults: Faults, hosts: Hosts, vocabulary: CheckVocabulary) {
    this.file = file;
    this.faults = faults;
    this.hosts = hosts;
    this.vocabulary = vocabulary;
  }

  /** The cell before; undefined at the head of the lesson. */
  get last(): DraftOf | undefined {
    return this.drafts.at(-1);
  }
}

/** What an export is made of: a lesson, what became of it, and where that is known from. Plain data. */
import type { Lesson } from '../lesson/model.ts';
import type { SessionEvent } from '../session/events.ts';
import type { SessionState } from '../session/state.ts';
import type { Source } from './source.ts';
import type { ExportWords } from './words.ts';

export interface Walk {
  lesson: Lesson;
  state: SessionState;
  /** In order; of a folded journal only what came since. For the recording, which needs times. */
  events: readonly SessionEvent[];
  source: Source;
  /** Milliseconds since the epoch: when it was walked last; absent when nobody has. */
  at?: number;
}

export interface ExportOptions {
  words: ExportWords;
  /** Wirebook's own version. */
  version: string;
}

/** A format: a walk as one text. Pure. */
export type Exporter = (walk: Walk, options: ExportOptions) => string;

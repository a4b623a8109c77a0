/** What one entry of the log changed: who draws or tells it looks only there. */
export interface Change {
  /** False: it was said before, or by who may not say it; nothing changed. */
  counted: boolean;
  /** Whose row is another now. */
  learner?: string;
  /** The cell of theirs that is, `<lesson>/<cell>`. */
  cell?: string;
  /** They are new, or no more in the class. */
  member?: 'joined' | 'removed';
  /** Who has news: a learner, or everybody. */
  news?: { to: string | 'everybody' };
  /** What `ClassNow` says. */
  class?: true;
  /** What a board says beside the rows. */
  board?: true;
  /** How everybody stands may be another: the gate was moved. */
  everybody?: true;
}

export const NOTHING: Change = { counted: false };

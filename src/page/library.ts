/** The course as the notebook sees it, on the screen and on lines: its lessons with progress, and how one is opened. */
import type { Handbook } from '../lesson/handbook.ts';
import type { Lesson } from '../lesson/model.ts';
import type { Session } from '../session/session.ts';
import type { SessionState } from '../session/state.ts';

export interface LibraryItem {
  id: string;
  title: string;
  summary: string;
  /** All that it says, to search in; absent where it cannot be read. */
  text?: string;
  /** Absent when the lesson was never opened. */
  cells?: { passed: number; total: number };
  points?: { earned: number; possible: number };
  finished: boolean;
  /** Milliseconds since the epoch. */
  openedAt?: number;
  /** The lesson has faults and cannot be opened. */
  faulty: boolean;
}

/** A lesson as a session on it begins: enough to be seen. */
export interface Beginning {
  lesson: Lesson;
  state: SessionState;
}

export interface Library {
  title: string;
  summary: string;
  /** Read anew each time: the learner comes back from a lesson with more done. */
  items(): Promise<readonly LibraryItem[]>;
  /** Its words and commands, in the reader's language where there are such; absent: it has none. */
  handbook?(): Promise<Handbook>;
  /** The same without what takes time to find out: to be seen while `items` reads all the lessons. */
  glance?(): Promise<readonly LibraryItem[]>;
  /** How `open` would begin, without a sandbox or anything that runs; rejects as it does. */
  begin?(id: string): Promise<Beginning>;
  /** Whoever opened it says in the end how it went, and how to come back. */
  tellsItsEnd?: true;
  /** Rejects with a WirebookError when the lesson cannot be opened. The sandbox may still be in the making. */
  open(id: string): Promise<Session>;
}

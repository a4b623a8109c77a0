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
  /** Rejects with a WirebookError when the lesson cannot be opened. The sandbox may still be in the making. */
  open(id: string): Promise<Session>;
}

/**
 * What the lessons of a course are called by: the numbers of their folders, as the lessons themselves do ("lesson 4"). Those
 * that share one, such as exercises, are told apart: 3, 3.1, 3.2. Where a folder has no number they are counted.
 */
export function lessonNumbers(items: readonly Pick<LibraryItem, 'id'>[]): string[] {
  const leading = items.map(({ id }) => /^0*(\d+)(?=\D|$)/.exec(id)?.[1]);
  if (leading.includes(undefined)) return items.map((_, at) => `${at + 1}`);
  return leading.map((number, at) => {
    const before = leading.slice(0, at).filter((other) => other === number).length;
    return before === 0 ? number! : `${number}.${before}`;
  });
}

/** What a session would begin with, without opening its journal: nothing is locked, mended or written. */
import { readFileSync } from 'node:fs';
import type { Lesson } from '../../lesson/model.ts';
import { initialState, reduce } from '../reduce.ts';
import type { SessionState } from '../state.ts';
import { readJournal } from './read.ts';
import { restore } from './restore.ts';

export function glanceAtJournal(path: string, lesson: Lesson, at: number): SessionState {
  const state = restoredFrom(path, lesson, at) ?? initialState(lesson, at);
  // A session sets about its sandbox as soon as it is there.
  return reduce(state, { at, type: 'sandbox-creating' });
}

/** A journal that cannot be read says so when it is opened. */
function restoredFrom(path: string, lesson: Lesson, at: number): SessionState | undefined {
  try {
    return restore(readJournal(readFileSync(path)), lesson, at)?.state;
  } catch {
    return undefined;
  }
}

/** What a journal comes to for the lesson as it is now: cells that have changed since begin anew, answers stay. Pure. */
import type { Lesson } from '../../lesson/model.ts';
import { freshCell } from '../cell-changes.ts';
import { initialState, reduce } from '../reduce.ts';
import type { CellState, SessionState } from '../state.ts';
import type { JournalContent } from './read.ts';
import { type Header, headerOf } from './records.ts';

/** The state before the events: of the cells that the header names, so that no lesson file is needed. */
export function stateOfHeader(header: Header): SessionState {
  return {
    lesson: header.lesson,
    file: header.file,
    hash: header.hash,
    sandbox: { state: 'none' },
    block: 0,
    cells: Object.fromEntries(header.cells.map((mark) => [mark.id, freshCell(mark.id, mark.points ?? 0)])),
    deeds: [],
    quizzes: {},
    openedAt: 0,
    finished: false,
    points: { earned: 0, possible: header.possible },
  };
}

/** Folds the journal by its own header alone. */
export function foldJournal(content: JournalContent & { header: Header }): SessionState {
  const start = content.snapshot ?? stateOfHeader(content.header);
  return content.events.reduce((state, event) => reduce(state, event), start);
}

export interface Restored {
  state: SessionState;
  /** Ids of cells whose state was dropped because the lesson has changed. */
  changed: readonly string[];
}

/** @returns undefined when the journal holds nothing to go on from. */
export function restore(content: JournalContent, lesson: Lesson, at: number): Restored | undefined {
  if (content.header === undefined && content.snapshot === undefined && content.events.length === 0)
    return undefined;
  // A header that cannot be read costs nothing but the knowledge of what has changed.
  const header = content.header ?? headerOf(lesson);
  const folded = foldJournal({ ...content, header });
  const before = new Map(header.cells.map((mark) => [mark.id, mark.digest]));
  const fresh = initialState(lesson, at);
  const cells: Record<string, CellState> = { ...fresh.cells };
  const changed: string[] = [];
  const marks = headerOf(lesson).cells;
  const now = new Map(marks.map((mark) => [mark.id, mark.digest]));
  for (const mark of marks) {
    const old = Object.hasOwn(folded.cells, mark.id) ? folded.cells[mark.id] : undefined;
    const cell = fresh.cells[mark.id];
    if (old === undefined || cell === undefined) continue;
    if (before.get(mark.id) === mark.digest) cells[mark.id] = { ...old, points: mark.points };
    else {
      if (old.status !== 'waiting') changed.push(mark.id);
      cells[mark.id] = freshCell(cell.id, cell.points ?? 0, old);
    }
  }
  const merged: SessionState = {
    ...fresh,
    cells,
    // What has changed begins anew: what was done for it is not done again.
    deeds: folded.deeds?.filter(({ cell }) => before.get(cell) === now.get(cell)),
    quizzes: folded.quizzes,
    ...(folded.activeMs !== undefined && { activeMs: folded.activeMs }),
    block: Math.min(Math.max(0, folded.block), Math.max(0, lesson.blocks.length - 1)),
    finished: folded.finished && changed.length === 0,
  };
  // Opening stops what was under way and counts the points anew.
  return { state: reduce(merged, { at, type: 'session-closed' }), changed };
}

/** What a journal comes to for the lesson as it is now: cells that have changed since begin anew, answers stay. Pure. */
import type { Lesson } from '../../lesson/model.ts';
import { freshCell } from '../cell-changes.ts';
import { initialState, reduce } from '../reduce.ts';
import type { CellState, SessionState } from '../state.ts';
import type { JournalContent } from './read.ts';
import { digestOf, type Header, headerOf } from './records.ts';

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

/** As it was in the beginning: then it is all one whether it has changed since, and finding that out is dear. */
const isUntouched = (cell: CellState): boolean =>
  JSON.stringify(cell) === JSON.stringify(freshCell(cell.id, cell.points ?? 0));

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
  const digests = new Map<string, string>();
  /** The cell as it is now; undefined where there is none any more. */
  const digestNow = (id: string): string | undefined => {
    const cell = lesson.cells.find((one) => one.id === id);
    if (cell && !digests.has(id)) digests.set(id, digestOf(cell));
    return digests.get(id);
  };
  for (const { id, points } of lesson.cells) {
    const old = Object.hasOwn(folded.cells, id) ? folded.cells[id] : undefined;
    const cell = fresh.cells[id];
    if (old === undefined || cell === undefined || isUntouched(old)) continue;
    if (before.get(id) === digestNow(id)) cells[id] = { ...old, points };
    else {
      if (old.status !== 'waiting') changed.push(id);
      cells[id] = freshCell(cell.id, cell.points ?? 0, old);
    }
  }
  const merged: SessionState = {
    ...fresh,
    cells,
    // What has changed begins anew: what was done for it is not done again.
    deeds: folded.deeds?.filter(({ cell }) => before.get(cell) === digestNow(cell)),
    quizzes: folded.quizzes,
    ...(folded.quizzesShown && { quizzesShown: folded.quizzesShown }),
    ...(folded.activeMs !== undefined && { activeMs: folded.activeMs }),
    block: Math.min(Math.max(0, folded.block), Math.max(0, lesson.blocks.length - 1)),
    finished: folded.finished && changed.length === 0,
  };
  // Opening stops what was under way and counts the points anew.
  return { state: reduce(merged, { at, type: 'session-closed' }), changed };
}

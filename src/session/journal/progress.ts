/** How far a learner has come in a lesson, for the course list. */
import { closeSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
import type { CellState, SessionState } from '../state.ts';
import { decodeLine } from './decode.ts';
import { progressPath } from './names.ts';
import { readJournal } from './read.ts';
import type { Header } from './records.ts';
import { foldJournal } from './restore.ts';

export interface Progress {
  lesson: string;
  /** Of the lesson's text that was walked. */
  hash: string;
  cells: { passed: number; total: number };
  /** Steps that have cells; done when every cell of it passed or was skipped. */
  steps: { done: number; total: number };
  points: { earned: number; possible: number };
  /** Where the learner was last: index into `Lesson.blocks`. */
  block: number;
  finished: boolean;
}

export function progressOf(header: Header, state: SessionState): Progress {
  const open = new Map<number, boolean>();
  let passed = 0;
  for (const mark of header.cells) {
    const cell: CellState | undefined = Object.hasOwn(state.cells, mark.id)
      ? state.cells[mark.id]
      : undefined;
    if (cell?.status === 'passed') passed += 1;
    const done = cell?.status === 'passed' || cell?.status === 'skipped';
    open.set(mark.step, (open.get(mark.step) ?? false) || !done);
  }
  return {
    lesson: header.lesson,
    hash: header.hash,
    cells: { passed, total: header.cells.length },
    steps: { done: [...open.values()].filter((isOpen) => !isOpen).length, total: open.size },
    points: state.points,
    block: state.block,
    finished: state.finished,
  };
}

/** The seed that a lesson was walked with; undefined when it was never opened, has no params or cannot be read. */
export function readSeed(journal: string): string | undefined {
  try {
    return (readHeader(journal) ?? readJournal(readFileSync(journal)).header)?.seed;
  } catch {
    return undefined;
  }
}

const HEADER_BYTES = 64 * 1024;

/** The first line of a journal is its header, however long the rest is; undefined where it is not that. */
function readHeader(journal: string): Header | undefined {
  const fd = openSync(journal, 'r');
  try {
    const bytes = Buffer.alloc(HEADER_BYTES);
    const head = bytes.toString('utf8', 0, readSync(fd, bytes, 0, HEADER_BYTES, 0));
    const line = decodeLine(head.slice(0, Math.max(0, head.indexOf('\n'))));
    return line?.kind === 'header' ? line.header : undefined;
  } finally {
    closeSync(fd);
  }
}

/**
 * Reads the progress of one lesson; undefined when it was never opened, or its journal cannot be read. The note beside
 * the journal serves while the journal is as long as it was when the note was made; else the journal is folded.
 */
export function readProgress(journal: string): Progress | undefined {
  try {
    const size = statSync(journal).size;
    return readNote(journal, size) ?? foldFile(journal);
  } catch {
    return undefined;
  }
}

function readNote(journal: string, size: number): Progress | undefined {
  try {
    const note: { size: number; progress: Progress } = JSON.parse(
      readFileSync(progressPath(journal), 'utf8'),
    );
    return note.size === size && typeof note.progress.cells.total === 'number' ? note.progress : undefined;
  } catch {
    return undefined;
  }
}

function foldFile(journal: string): Progress | undefined {
  const content = readJournal(readFileSync(journal));
  const { header } = content;
  return header === undefined ? undefined : progressOf(header, foldJournal({ ...content, header }));
}

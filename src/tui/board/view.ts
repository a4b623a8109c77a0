/** What the terminal's board knows besides the class: which view is open, what is chosen, what is being written. */
import type { InstructorEvent } from '../../board/events.ts';
import type { LinkState } from '../../board/link.ts';
import type { CourseOutline, LessonOutline } from '../../board/outline.ts';
import type { BoardState, LearnerRow, PollResult, QuestionShown } from '../../board/rows.ts';
import { type FailingCheck, mostFailing } from '../../board/view/failing.ts';
import { lessonOf } from '../../board/view/places.ts';
import { namesOf } from '../../board/view/says.ts';
import { EVERYBODY, type Query, selectRows } from '../../board/view/select.ts';
import { lessonInSight } from '../../board/view/steps.ts';
import { pollsOf, questionsOf } from '../../board/view/totals.ts';
import { createMemo } from '../../page/text/memo.ts';
import type { BoardWords } from '../../page/words/board/choose.ts';

export const TABS = ['board', 'questions', 'failing', 'polls', 'presenter'] as const;
export type Tab = (typeof TABS)[number];

/** What is being written, and for whom. */
export type Writing =
  | { what: 'search' | 'announce' | 'timer' | 'poll-question' }
  | { what: 'poll-choices'; question: string }
  | { what: 'hint'; to?: string; lesson?: string; cell?: string }
  | { what: 'answer'; learner: string; question: string };

/** Something to be chosen from a list. */
export interface Choice {
  text: string;
  does: { say: InstructorEvent } | { write: Writing } | 'quit' | 'stay';
}

export type Mode =
  | { name: 'look' }
  | { name: 'write'; writing: Writing; text: string }
  | { name: 'choose'; title: string; choices: readonly Choice[]; at: number }
  | { name: 'sure'; of: 'end' | 'remove' }
  | { name: 'help'; top: number }
  | { name: 'invitation' };

export interface BoardView {
  tab: Tab;
  query: Query;
  /** Chosen by hand; else the one where the class is. */
  lesson?: string;
  /** Names are not shown: others see this screen. */
  hidden: boolean;
  /** Who is chosen in the list: by id, so that they stay chosen when rows change places. */
  learner?: string;
  /** Which question, check or poll is chosen. */
  at: number;
  /** The learner who is open. */
  open?: string;
  /** Of them: which cell is chosen, and which row is the first in sight. */
  cell: number;
  top: number;
  mode: Mode;
  notice?: string;
}

export const FIRST_VIEW: BoardView = {
  tab: 'board',
  query: EVERYBODY,
  hidden: false,
  at: 0,
  cell: 0,
  top: 0,
  mode: { name: 'look' },
};

/** Where the board is that of the host itself: how learners join, and that who leaves it ends or stops the class. */
export interface OwnHost {
  invitation: readonly string[];
  /** For the instructor alone: not shown while names are hidden, nor unasked. */
  own?: readonly string[];
}

/** All that keys and drawing need, worked out once for both. */
export interface Seen {
  view: BoardView;
  link: LinkState;
  host: OwnHost | undefined;
  words: BoardWords;
  board: BoardState;
  course: CourseOutline;
  lesson: LessonOutline | undefined;
  rows: readonly LearnerRow[];
  /** Index of the chosen learner in the rows; 0 when they are not among them. */
  chosen: number;
  open: LearnerRow | undefined;
  names: ReadonlyMap<string, string>;
  questions: readonly QuestionShown[];
  failing: readonly FailingCheck[];
  polls: readonly PollResult[];
  columns: number;
  /** Of the body. */
  height: number;
  /** By the host's clock. */
  now: number;
}

/** Rows of the screen that are not the body: the head, its rule, the foot. */
export const AROUND = 3;

export interface Screen {
  columns: number;
  rows: number;
  now: number;
}

/** Two thousand rows are put in order when they change, not with each second that passes. */
const memo = createMemo();

export function seenOf(
  view: BoardView,
  link: LinkState,
  words: BoardWords,
  { columns, rows: height, now }: Screen,
  host?: OwnHost,
): Seen | undefined {
  const { board, course } = link;
  if (!board || !course) return undefined;
  const rows = memo('rows', selectRows, board.rows, view.query, course);
  return {
    view,
    link,
    host,
    words,
    board,
    course,
    lesson: lessonOf(course, view.lesson) ?? lessonInSight(course.lessons, board.rows, board.where),
    rows,
    chosen: Math.max(
      0,
      rows.findIndex(({ id }) => id === view.learner),
    ),
    open: board.rows.find(({ id }) => id === view.open),
    names: memo('names', namesOf, board.rows, view.hidden, words),
    questions: questionsOf(board),
    failing: memo('failing', mostFailing, board.rows),
    polls: pollsOf(board),
    columns,
    height: Math.max(1, height - AROUND),
    now: now + link.skewMs,
  };
}

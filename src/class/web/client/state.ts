/** What the page knows besides the class: what is open, what is looked for, how it looks. */

import type { InstructorEvent } from '../../../board/events.ts';
import type { Link, LinkState } from '../../../board/link.ts';
import type { CourseOutline, LessonOutline } from '../../../board/outline.ts';
import type { Offered } from '../../../board/reports.ts';
import type { BoardState, LearnerRow } from '../../../board/rows.ts';
import { BOARD_PATH } from '../../../board/socket.ts';
import { firstPlace, lessonOf, placeBeside } from '../../../board/view/places.ts';
import { namesOf } from '../../../board/view/says.ts';
import { EVERYBODY, type Query, selectRows } from '../../../board/view/select.ts';
import { lessonInSight } from '../../../board/view/steps.ts';
import { languageOf } from '../../../lib/languages.ts';
import { type BoardWords, boardWords } from '../../../page/words/board/choose.ts';

export type Tab = 'board' | 'attention' | 'run' | 'say';
export type Mode = 'board' | 'projector' | 'presenter' | 'map';
export type Theme = 'auto' | 'light' | 'dark';

/** A hint that is being written: to one or to all, about a cell or about nothing in particular. */
export interface Compose {
  to?: string;
  lesson?: string;
  cell?: string;
  about?: string;
}

export interface Ui {
  mode: Mode;
  tab: Tab;
  query: Query;
  /** Chosen by hand; else the one where the class is. */
  lesson?: string;
  theme: Theme;
  language: string;
  /** The learner who is open. */
  open?: string;
  /** The cell of theirs that is looked at; an empty one stands for their shells. */
  cell?: { lesson: string; cell: string };
  compose?: Compose;
  sure?: 'end' | 'remove';
  /** The row that keys act on. */
  active?: string;
  top: number;
  /** On the map: all routes. Undefined: where there is room for them. */
  routes?: boolean;
  /** On the map: how learners join; not shown only when somebody has hidden it. */
  join?: boolean;
  /** What was just done, for a moment. */
  notice?: string;
}

export interface Page {
  ui: Ui;
  link: LinkState;
  words: BoardWords;
  /** By the host's clock. */
  now: number;
  board: BoardState;
  course: CourseOutline;
  lesson: LessonOutline | undefined;
  rows: readonly LearnerRow[];
  names: ReadonlyMap<string, string>;
  /** A function is given what holds then: two clicks may come before one drawing. */
  set(change: Partial<Ui> | ((ui: Ui) => Partial<Ui>)): void;
  say(event: InstructorEvent, notice?: string): void;
  /** The class goes a step on or back from where it is when this is called. */
  step(by: 1 | -1): void;
  look(learner: string, lesson: string, cell: string): void;
  report(format: Offered): void;
  retry(): void;
}

export const PLAIN_UI: Omit<Ui, 'language' | 'theme'> = {
  mode: 'board',
  tab: 'attention',
  query: EVERYBODY,
  top: 0,
};

export function createId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(9)), (byte) =>
    byte.toString(36).padStart(2, '0'),
  ).join('');
}

/** By the name of the language. */
const whole = new Map<string, BoardWords>();
let asked = false;

/** What checks say comes in English; the words for it in another language are fetched when somebody reads that. */
export function wordsOf(tag: string, loaded: () => void): BoardWords {
  const words = boardWords(tag);
  const language = languageOf(words.name);
  if (language === undefined || language === 'en') return words;
  if (!asked) {
    asked = true;
    const file = `${BOARD_PATH}/said.js`;
    import(file).then(
      ({ SAYS }: typeof import('./said.ts')) => {
        for (const [name, inWords] of Object.entries(SAYS)) whole.set(name, { ...boardWords(name), inWords });
        loaded();
      },
      // It stays English, and is asked for again with the next page.
      () => {},
    );
  }
  return whole.get(language) ?? words;
}

/** Rows are put in order anew only when they or what is asked for have changed: a clock that ticks changes neither. */
let sorted: { of: readonly LearnerRow[]; query: Query; rows: readonly LearnerRow[] } | undefined;
function rowsOf(board: BoardState, query: Query, course: CourseOutline): readonly LearnerRow[] {
  if (sorted?.of !== board.rows || sorted.query !== query)
    sorted = { of: board.rows, query, rows: selectRows(board.rows, query, course) };
  return sorted.rows;
}

export function pageOf(ui: Ui, link: LinkState, client: Link, set: Page['set']): Page | undefined {
  const { board, course } = link;
  if (!board || !course) return undefined;
  const words = wordsOf(ui.language, () => set({}));
  const lesson = lessonOf(course, ui.lesson) ?? lessonInSight(course.lessons, board.rows, board.where);
  return {
    ui,
    link,
    words,
    now: Date.now() + link.skewMs,
    board,
    course,
    lesson,
    rows: rowsOf(board, ui.query, course),
    names: namesOf(board.rows, ui.mode === 'projector', words),
    set,
    say(event, notice) {
      client.say(event);
      if (notice !== undefined) set({ notice });
    },
    step(by) {
      const { board: now } = client.getState();
      const place = now?.where ? placeBeside(course, now.where, by) : firstPlace(course, lesson);
      if (place) client.say({ type: 'where', place });
    },
    look: client.look,
    report: client.report,
    retry: client.retry,
  };
}

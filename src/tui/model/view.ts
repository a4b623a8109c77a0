/** What the reader has open and where they look: everything of the lesson's screen that is not the session's state. */
import type { EditorState } from '../../page/editor/state.ts';
import type { MatchKey } from '../../page/find/matches.ts';
import type { Anchor } from '../../page/layout/page.ts';
import type { MapView } from './map-view.ts';
import type { Place, ShellView } from './shell-view.ts';

/** A question that must be answered before anything happens. */
export type Question =
  | 'reset'
  | 'quit-running'
  | 'rewind'
  | 'skip'
  | 'catch-up'
  | 'restore'
  | 'follow'
  | 'follow-lesson';

export type Mode =
  | { name: 'read' }
  /** `version`: which text that ran before is being looked at, and what was written when that began. */
  | { name: 'write'; cell: string; editor: EditorState; version?: { at: number; own: string } }
  /** `cells`: how many would be run, where the question says so; `step`, `lesson`, `cell`: which one it is about. */
  | { name: 'ask'; question: Question; cells?: number; step?: number; lesson?: string; cell?: string }
  /** The list of steps, one chosen: index into `Lesson.steps`. */
  | { name: 'steps'; selected: number }
  | { name: 'help'; top: number }
  /** The presenter's notes of the current step. */
  | { name: 'notes'; top: number }
  /** What can be done is being looked for; `selected`: index into what fits. */
  | { name: 'palette'; text: string; selected: number }
  /** Words or commands of the course are being looked up; `selected`: index into what fits. */
  | { name: 'handbook'; text: string; selected: number; kind: 'word' | 'command' }
  /** The live class: its menu, or what was chosen of it; `text`: a question that is being typed. */
  | {
      name: 'class';
      page: 'menu' | 'react' | 'ask' | 'messages' | 'poll' | 'share';
      selected: number;
      text: string;
      top: number;
    }
  /** Where a shell can be opened, one chosen. */
  | { name: 'places'; places: readonly Place[]; selected: number }
  /**
   * All that a cell has printed. `at`: the piece that the reader is at, Infinity for the last one however many come; `top`
   * and `skip`: the first piece in the window, and how many of its rows are above; `mark`: where what is to be copied
   * begins; `looking`: how much was looked through so far, 0 to 1.
   */
  | {
      name: 'printout';
      cell: string;
      at: number;
      top: number;
      skip: number;
      mark?: number;
      typing?: { what: 'find' | 'file'; text: string };
      find?: { text: string; looking: number } | undefined;
    }
  /** What to look for is being typed; `top` and `before`: where the reader was, to search from and to go back to. */
  | {
      name: 'find';
      text: string;
      top: number;
      before: { anchor: Anchor; current: number | undefined; follow: boolean };
    };

/** A search that lasts. */
export interface Find {
  text: string;
  /** The match that the reader is at; absent when there is none. */
  at?: MatchKey;
  /** Cells whose folded output has the text: all of it is shown while the search lasts. */
  unfolded: ReadonlySet<string>;
}

/** A key that means something only when it is pressed again at once. */
export type Armed = 'solution' | 'take' | 'quit';

export interface LessonView {
  /** The row at the top of the window. */
  anchor: Anchor;
  /** Keep the end of the current cell in view while it grows; ends when the reader scrolls. */
  follow: boolean;
  /** While following: the part of the current block whose first row stays in view, however long it is. */
  from?: string;
  /** Index of the block that keys act on; undefined in a lesson without cells and quizzes. */
  current: number | undefined;
  mode: Mode;
  unfolded: ReadonlySet<string>;
  opened: ReadonlySet<string>;
  /** By cell, what stood there before the author's text was asked for again. */
  setAside: Readonly<Record<string, string>>;
  /** Absent: closed. */
  map?: MapView;
  /** The pane with the shells; absent when there are none. */
  shell?: ShellView;
  /** A search that lasts; absent when there is none. */
  find?: Find;
  armed?: Armed;
  /** The cell that was told to run while its sandbox is still being made. */
  queued?: string;
  /** What the instructor has sent about cells of this lesson, by cell. */
  pushed?: Readonly<Record<string, readonly string[]>>;
  /** One line for the footer, until the next key. */
  notice?: string;
}

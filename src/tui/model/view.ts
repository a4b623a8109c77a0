/** What the reader has open and where they look: everything of the lesson's screen that is not the session's state. */

import type { EditorState } from '../../page/editor/state.ts';
import type { Anchor } from '../../page/layout/page.ts';

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
  /** `cells`: how many would be run, where the question says so; `step`, `lesson`: which one it is about. */
  | { name: 'ask'; question: Question; cells?: number; step?: number; lesson?: string }
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
  | { name: 'places'; places: readonly import('./shell-view.ts').Place[]; selected: number }
  /** What to look for is being typed; `top` and `before`: where the reader was, to search from and to go back to. */
  | {
      name: 'find';
      text: string;
      top: number;
      before: { anchor: Anchor; current: number | undefined; follow: boolean };
    };

/** A key that means something only when it is pressed again at once. */
export type Armed = 'solution' | 'quit';

export interface LessonView {
  /** The row at the top of the window. */
  anchor: Anchor;
  /** Keep the end of the current cell in view while it grows; ends when the reader scrolls. */
  follow: boolean;
  /** Index of the block that keys act on; undefined in a lesson without cells and quizzes. */
  current: number | undefined;
  mode: Mode;
  unfolded: ReadonlySet<string>;
  opened: ReadonlySet<string>;
  /** By cell, what stood there before the author's text was asked for again. */
  setAside: Readonly<Record<string, string>>;
  /** Absent: closed. */
  map?: import('./map.ts').MapView;
  /** The pane with the shells; absent when there are none. */
  shell?: import('./shell-view.ts').ShellView;
  /** A search that lasts; absent when there is none. */
  find?: import('./find.ts').Find;
  armed?: Armed;
  /** The cell that was told to run while its sandbox is still being made. */
  queued?: string;
  /** What the instructor has sent about cells of this lesson, by cell. */
  pushed?: Readonly<Record<string, readonly string[]>>;
  /** One line for the footer, until the next key. */
  notice?: string;
}

/** What the world must do after a key; carried out by the controller, never by a view. */
export type Effect =
  | { effect: 'act'; action: import('../../session/session.ts').Action }
  | { effect: 'map'; open: boolean }
  /** Trace the probe of a cell's checks, to follow it over the map. */
  | { effect: 'walk'; cell: string }
  | { effect: 'copy'; text: string }
  | { effect: 'shell-open'; place: import('./shell-view.ts').Place }
  | import('./shell-keys.ts').ShellEffect
  | { effect: 'editor'; cell: string; text: string }
  | { effect: 'mouse' }
  | { effect: 'class'; action: import('../../board/classroom.ts').ClassAction }
  /** Whether the reader goes along with the class. */
  | { effect: 'follow'; yes: boolean }
  | { effect: 'list' }
  /** The course's lessons are to be known, so that one can be gone to. */
  | { effect: 'lessons' }
  /** The course's words and commands are to be known. */
  | { effect: 'handbook' }
  | { effect: 'open'; id: string; title: string }
  | { effect: 'quit' };

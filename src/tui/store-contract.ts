/** What the store is given, and what the views and the terminal may ask of it. */
import type { Classroom } from '../board/classroom.ts';
import type { Style } from '../page/layout/style.ts';
import type { Library } from '../page/library.ts';
import type { Theme } from '../page/theme.ts';
import type { Session } from '../session/session.ts';
import type { AppState } from './model/app.ts';
import type { KeyPress } from './model/keys.ts';
import type { MouseEvent } from './model/mouse.ts';
import type { Taken } from './printout/control.ts';
import type { CreateEmulator } from './shell/emulator.ts';
import type { Motion } from './terminal/mouse.ts';

/** What the store may do to the world. */
export interface Outside extends Taken {
  createEmulator: CreateEmulator;
  editor(text: string): Promise<string>;
  /** Hands a text to the terminal's clipboard; false when it is too long for one, undefined when there is none. */
  copy(text: string): boolean | undefined;
  /** Reports of the mouse on or off; which it is now. */
  mouse(): boolean;
  /** Which moves of the mouse are to be reported besides. */
  motion?(motion: Motion): void;
  /** Ends the screen; the learner's work is already in the session. */
  quit(): void;
  /** A bug of ours: ends the screen and reports it. */
  crash(error: unknown): void;
  size(): { columns: number; rows: number };
  now(): number;
}

export interface StoreOptions {
  library: Library | undefined;
  /** The live class; absent outside of one. */
  classroom?: Classroom | undefined;
  style: Style;
  outside: Outside;
  /** Milliseconds between two frames of a spinner; slower for those who want less motion. */
  tickMs?: number;
  /** Less motion is wanted: nothing moves by itself. */
  still?: boolean;
}

export interface Store {
  getState(): AppState;
  subscribe(listener: () => void): () => void;
  press(press: KeyPress): void;
  paste(text: string): void;
  /** What is typed, before anybody has named the keys; gives back what no shell has taken. */
  take(chunk: string): string;
  mouse(event: MouseEvent): void;
  resize(): void;
  /** The terminal has told what its background is. */
  retheme(theme: Theme): void;
  /** @param savedAt of a lesson that is opened anew: when its file was saved, in milliseconds since the epoch */
  openLesson(id: string, title: string, savedAt?: number): Promise<void>;
  showSession(session: Session): void;
  showCourse(last?: string): Promise<void>;
  /** Stops timers and closes the session; resolves when nothing is left behind. */
  close(): Promise<void>;
}

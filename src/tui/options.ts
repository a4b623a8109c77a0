/** What a screen is opened with. */
import type { Classroom } from '../board/classroom.ts';
import type { Library } from '../page/library.ts';
import type { Words } from '../page/words/choose.ts';
import type { Session } from '../session/session.ts';

/** The terminal, and how it is spoken to. */
export interface TerminalOptions {
  stdin: NodeJS.ReadStream;
  stdout: NodeJS.WriteStream;
  stderr: NodeJS.WriteStream;
  env: Readonly<Record<string, string | undefined>>;
  color: boolean;
  words: Words;
  /** Aborted by a signal to the process. */
  signal?: AbortSignal;
}

export interface ScreenOptions extends TerminalOptions {
  /** The course; absent when one lesson was opened by itself. */
  library?: Library;
  /** The live class that the notebook is in. */
  classroom?: Classroom;
  /** Opens this at once instead of the list. */
  session?: Session;
  /** Opens this lesson of the library at once. */
  lesson?: { id: string; title: string };
  /** Calls back whenever that lesson is to be opened anew, until what it returns is called. */
  reload?: (again: (savedAt: number) => void) => () => void;
}

/**
 * Opens the screen. What it begins with is seen at once; the library that draws it, and what runs lessons, are loaded
 * while the learner reads.
 */
import type { Classroom } from '../board/classroom.ts';
import { chooseGlyphs } from '../page/glyphs.ts';
import type { Style } from '../page/layout/style.ts';
import type { Library } from '../page/library.ts';
import { chooseTheme } from '../page/theme.ts';
import type { Words } from '../page/words/choose.ts';
import type { Session } from '../session/session.ts';
import { showFirst } from './first/show.ts';
import { isConsole, toConsole } from './terminal/console.ts';

export interface ScreenOptions {
  stdin: NodeJS.ReadStream;
  stdout: NodeJS.WriteStream;
  stderr: NodeJS.WriteStream;
  env: Readonly<Record<string, string | undefined>>;
  color: boolean;
  words: Words;
  /** The course; absent when one lesson was opened by itself. */
  library?: Library;
  /** The live class that the notebook is in. */
  classroom?: Classroom;
  /** Opens this at once instead of the list. */
  session?: Session;
  /** Opens this lesson of the library at once. */
  lesson?: { id: string; title: string };
  /** Calls back whenever that lesson is to be opened anew, until what it returns is called. */
  reload?: (again: () => void) => () => void;
  /** Aborted by a signal to the process. */
  signal?: AbortSignal;
}

/** Resolves when the learner has left and the session is closed; rejects with a bug of ours, the terminal restored. */
export async function openScreen(given: ScreenOptions): Promise<void> {
  const { color, env, words } = given;
  const options = isConsole(env) ? { ...given, stdout: toConsole(given.stdout) } : given;
  const style: Style = { theme: chooseTheme(color, env), glyphs: chooseGlyphs(env), words };
  const first = await showFirst(options, style);
  try {
    const { startScreen } = await import('./start.ts');
    await startScreen(options, style, first);
  } finally {
    first?.giveBack();
  }
}

/**
 * Opens the screen. What it begins with is seen at once; the library that draws it, and what runs lessons, are loaded
 * while the learner reads.
 */
import { chooseGlyphs } from '../page/glyphs.ts';
import type { Style } from '../page/layout/style.ts';
import { chooseTheme } from '../page/theme.ts';
import { showFirst } from './first/show.ts';
import type { ScreenOptions } from './options.ts';
import { isConsole, toConsole } from './terminal/console.ts';

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

/**
 * Opens the screen. What it begins with is seen at once; the library that draws it, and what runs lessons, are loaded
 * while the learner reads.
 */
import { chooseGlyphs } from '../page/glyphs.ts';
import type { Style } from '../page/layout/style.ts';
import { chooseTheme, themeOn } from '../page/theme.ts';
import type { FirstFrame } from './first/paint.ts';
import { showFirst } from './first/show.ts';
import type { ScreenOptions } from './options.ts';
import { asksBackground } from './terminal/background.ts';
import { isConsole, toConsole } from './terminal/console.ts';
import { askBackground } from './terminal/question.ts';
import { rememberedBackground } from './terminal/remembered.ts';

/** Resolves when the learner has left and the session is closed; rejects with a bug of ours, the terminal restored. */
export async function openScreen(given: ScreenOptions): Promise<void> {
  const { color, env, words } = given;
  const options = isConsole(env) ? { ...given, stdout: toConsole(given.stdout) } : given;
  const question = asksBackground(color, env) ? askBackground(options) : undefined;
  const style: Style = { theme: chooseTheme(color, env), glyphs: chooseGlyphs(env), words };
  let first: FirstFrame | undefined;
  try {
    first = await showFirst(options, style, async () => {
      const background = question && ((await question.heard()) ?? rememberedBackground(env));
      if (background) style.theme = themeOn(background, env);
    });
    const { startScreen } = await import('./start.ts');
    await startScreen(options, style, first, question);
  } finally {
    await question?.over();
    first?.giveBack();
  }
}

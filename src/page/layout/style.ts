/** All that the look of a page depends on besides the lesson and its state. */
import type { Glyphs } from '../glyphs.ts';
import type { Theme } from '../theme.ts';
import type { Words } from '../words/choose.ts';

export interface Style {
  theme: Theme;
  glyphs: Glyphs;
  words: Words;
}

/** Said where a lesson is not in the language of the words around it: nobody has translated it yet, or the original was named. */
import type { Lesson } from '../../lesson/model.ts';
import type { Line } from '../text/line.ts';
import { wrapText } from '../text/wrap.ts';
import type { Style } from './style.ts';

const baseOf = (tag: string): string => tag.split('-')[0]!.toLowerCase();

/** `en` in the reader's own words. */
function nameOf(tag: string, words: string): string {
  try {
    return new Intl.DisplayNames([words], { type: 'language' }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}

export function languageLines(lesson: Lesson, width: number, { words, theme }: Style): Line[] {
  if (baseOf(lesson.language) === baseOf(words.name)) return [];
  return wrapText(words.notTranslated(nameOf(lesson.language, words.name)), width, theme.notice);
}

/** A lesson from the texts of all its files, for those who have no folder to read it from. Pure. */
import { parseKey, withKey } from './key.ts';
import type { CheckVocabulary, ParsedLesson } from './model.ts';
import { type ParseOptions, parseLesson } from './parse.ts';
import { parseKeyWords } from './translation/key-words.ts';
import { parseTranslation } from './translation/parse.ts';

export interface FileText {
  file: string;
  text: string;
}

export interface LessonTexts extends FileText {
  /** What it is a translation of. */
  original?: FileText;
  key?: FileText;
  /** The words of the key in the language of the translation. */
  keyWords?: FileText;
}

export function parseTexts(
  { file, text, original, key, keyWords }: LessonTexts,
  vocabulary: CheckVocabulary,
  options: ParseOptions,
): ParsedLesson {
  const first = parseLesson(original?.file ?? file, original?.text ?? text, vocabulary, options);
  const parsed = original && first.ok ? parseTranslation(file, text, first.lesson) : first;
  if (!parsed.ok || !key) return parsed;
  const hidden = parseKey(key.file, key.text, parsed.lesson, vocabulary);
  if (!hidden.ok) return hidden;
  const own = keyWords
    ? parseKeyWords(keyWords.file, keyWords.text, hidden.key, parsed.lesson)
    : { ok: true as const, key: hidden.key };
  return own.ok ? { ...parsed, lesson: withKey(parsed.lesson, own.key) } : own;
}

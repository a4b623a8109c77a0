/** The words of the language that the interface speaks. Another than English is loaded when it is spoken. */
import type { Language } from '../../lib/languages.ts';
import { en, type Words } from './en.ts';
import { type Env, localeOf, spoken } from './languages.ts';

export type { Words } from './en.ts';

const WORDS: Readonly<Record<Language, () => Promise<Words>>> = {
  en: async () => en,
  'zh-CN': async () => (await import('./zh-CN.ts')).zhCN,
};

/** The language that lessons are read in: the one asked for, else the locale's, in which a lesson may be though no word is. */
export function lessonLanguage(lang: string | undefined, env: Env): string | undefined {
  if (lang !== undefined) return lang;
  const tag = localeOf(env)
    ?.replace(/[.@].*$/, '')
    .replaceAll('_', '-');
  return tag && /^[a-z]{2,3}(-|$)/.test(tag) ? tag : undefined;
}

export const chooseWords = (lang: string | undefined, env: Env): Promise<Words> => WORDS[spoken(lang, env)]();

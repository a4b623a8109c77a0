/** Which of the languages that the interface knows is spoken; without the words of any of them. */
import { type Language, languageOf } from '../../lib/languages.ts';

export type Env = Readonly<Record<string, string | undefined>>;

export const localeOf = (env: Env): string | undefined => env.LC_ALL || env.LC_MESSAGES || env.LANG;

/** By `--lang`, else the locale's variables, else English. */
export const spoken = (lang: string | undefined, env: Env): Language =>
  languageOf(lang) ?? languageOf(localeOf(env)) ?? 'en';

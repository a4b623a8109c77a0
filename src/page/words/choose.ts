/** Which language the interface speaks: `--lang`, else the locale's variables, else English. Another is loaded when it is spoken. */
import { en, type Words } from './en.ts';

export type { Words } from './en.ts';

interface Language {
  name: string;
  words(): Promise<Words>;
}

const LANGUAGES: readonly Language[] = [
  { name: en.name, words: async () => en },
  { name: 'zh-CN', words: async () => (await import('./zh-CN.ts')).zhCN },
];

/** `zh_CN.UTF-8` and `zh-Hans` are `zh-CN`'s; `C` and `POSIX` say nothing. */
function match(tag: string): Language | undefined {
  const wanted = tag.replace(/\..*$/, '').replaceAll('_', '-').toLowerCase();
  const exact = LANGUAGES.find(({ name }) => name.toLowerCase() === wanted);
  return exact ?? LANGUAGES.find(({ name }) => name.split('-')[0] === wanted.split('-')[0]);
}

type Env = Readonly<Record<string, string | undefined>>;

const localeOf = (env: Env): string | undefined => env.LC_ALL || env.LC_MESSAGES || env.LANG;

/** The language that lessons are read in: the one asked for, else the locale's, in which a lesson may be though no word is. */
export function lessonLanguage(lang: string | undefined, env: Env): string | undefined {
  if (lang !== undefined) return lang;
  const tag = localeOf(env)
    ?.replace(/[.@].*$/, '')
    .replaceAll('_', '-');
  return tag && /^[a-z]{2,3}(-|$)/.test(tag) ? tag : undefined;
}

export async function chooseWords(lang: string | undefined, env: Env): Promise<Words> {
  for (const tag of [lang, localeOf(env)]) {
    const language = tag ? match(tag) : undefined;
    if (language) return language.words();
  }
  return en;
}

/** Which language the interface speaks: `--lang`, else the locale's variables, else English. */
import { en, type Words } from './en.ts';
import { zhCN } from './zh-CN.ts';

export type { Words } from './en.ts';

const LANGUAGES: readonly Words[] = [en, zhCN];

/** `zh_CN.UTF-8` and `zh-Hans` are `zh-CN`'s; `C` and `POSIX` say nothing. */
function match(tag: string): Words | undefined {
  const wanted = tag.replace(/\..*$/, '').replaceAll('_', '-').toLowerCase();
  const exact = LANGUAGES.find((words) => words.name.toLowerCase() === wanted);
  return exact ?? LANGUAGES.find((words) => words.name.split('-')[0] === wanted.split('-')[0]);
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

export function chooseWords(lang: string | undefined, env: Env): Words {
  for (const tag of [lang, localeOf(env)]) {
    const words = tag ? match(tag) : undefined;
    if (words) return words;
  }
  return en;
}

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

export function chooseWords(
  lang: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
): Words {
  const locale = env.LC_ALL || env.LC_MESSAGES || env.LANG;
  for (const tag of [lang, locale]) {
    const words = tag ? match(tag) : undefined;
    if (words) return words;
  }
  return en;
}

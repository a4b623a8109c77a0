/** Which of the languages that the interface knows is spoken; without the words of any of them. */
const LANGUAGES = ['en', 'zh-CN'] as const;
export type Language = (typeof LANGUAGES)[number];

export type Env = Readonly<Record<string, string | undefined>>;

export const localeOf = (env: Env): string | undefined => env.LC_ALL || env.LC_MESSAGES || env.LANG;

/** `zh_CN.UTF-8` and `zh-Hans` are `zh-CN`'s; `C` and `POSIX` say nothing. */
function match(tag = ''): Language | undefined {
  const wanted = /^[a-z]+/i.exec(tag)?.[0].toLowerCase();
  return LANGUAGES.find((name) => name.split('-')[0] === wanted);
}

/** By `--lang`, else the locale's variables, else English. */
export const spoken = (lang: string | undefined, env: Env): Language =>
  match(lang) ?? match(localeOf(env)) ?? 'en';

/**
 * The languages that Wirebook itself speaks. Everything that has words has them in a map by these, so that one which is added
 * here is asked for wherever it is still missing (`npm run lint` names the places). Lessons may be in any other.
 */
export const LANGUAGES = ['en', 'zh-CN'] as const;
export type Language = (typeof LANGUAGES)[number];

/** `zh_CN.UTF-8`, `zh-Hans` and `zh` are `zh-CN`'s, as long as none of them is there itself; `C` and `POSIX` say nothing. */
export function languageOf(tag = ''): Language | undefined {
  const wanted = tag
    .replace(/[.@].*$/, '')
    .replaceAll('_', '-')
    .toLowerCase();
  const base = wanted.split('-')[0];
  return (
    LANGUAGES.find((name) => name.toLowerCase() === wanted) ??
    LANGUAGES.find((name) => name.split('-')[0] === base)
  );
}

/** What checks say in English, in the other languages: a file of its own, for those who do not read English. */
import type { Language } from '../../../lib/languages.ts';
import { sayInChinese } from '../../../page/said/zh-CN.ts';

export const SAYS: Readonly<Record<Exclude<Language, 'en'>, (text: string) => string>> = {
  'zh-CN': sayInChinese,
};

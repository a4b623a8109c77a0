/** The board's words in the language that the rest speaks. */
import { type BoardWords, boardEn } from './en.ts';
import { boardZh } from './zh-CN.ts';

export type { BoardWords } from './en.ts';

export const BOARD_LANGUAGES: readonly BoardWords[] = [boardEn, boardZh];

/** By tag: `zh`, `zh-Hans-CN` and `zh-CN` are Chinese; what nobody has written is English. */
export function boardWords(tag: string | undefined): BoardWords {
  const base = tag?.toLowerCase().split(/[-_]/)[0];
  return BOARD_LANGUAGES.find(({ name }) => name.split('-')[0] === base) ?? boardEn;
}

/** The board's words in the language that the rest speaks. */
import { type Language, languageOf } from '../../../lib/languages.ts';
import { type BoardWords, boardEn } from './en.ts';
import { boardZh } from './zh-CN.ts';

export type { BoardWords } from './en.ts';

const BOARD: Readonly<Record<Language, BoardWords>> = { en: boardEn, 'zh-CN': boardZh };

export const BOARD_LANGUAGES: readonly BoardWords[] = Object.values(BOARD);

/** By tag: `zh`, `zh-Hans-CN` and `zh-CN` are Chinese; what nobody has written is English. */
export const boardWords = (tag: string | undefined): BoardWords => BOARD[languageOf(tag) ?? 'en'];

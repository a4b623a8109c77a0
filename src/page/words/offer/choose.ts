/** The words of the page by which learners come to a place of their own. */
import type { Language } from '../../../lib/languages.ts';
import { type OfferWords, offerEn } from './en.ts';
import { offerZhCN } from './zh-CN.ts';

export const OFFER: Readonly<Record<Language, OfferWords>> = { en: offerEn, 'zh-CN': offerZhCN };

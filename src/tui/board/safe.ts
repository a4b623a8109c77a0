/** Texts of others on this terminal: one line, and nothing in it that a terminal would obey. */
import { harmless } from '../../lib/text.ts';

export const safe = (text: string): string => harmless(text.replace(/[\t\r\n]+/g, ' '));

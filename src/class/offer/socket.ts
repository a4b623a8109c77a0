/** What the page with the terminal and the host say to one another, beside the bytes of the terminal. Types alone are imported: the page has it too. */
import type { Language } from '../../lib/languages.ts';

export const JOIN_PATH = '/join';
export const JOIN_SOCKET = '/join/socket';

export type Hello = {
  type: 'hello';
  columns: number;
  rows: number;
  lang: Language;
} & ({ back: string } | { code: string; name: string });

export type Says = { type: 'size'; columns: number; rows: number } | { type: 'drawn'; bytes: number };

export type Refusal =
  | 'wrong-code'
  | 'wrong-back'
  | 'too-many-tries'
  | 'name-needed'
  | 'name-taken'
  | 'full'
  | 'broken';

export type Told =
  | { type: 'welcome'; back?: string }
  | { type: 'refused'; why: Refusal; again?: number; places?: number }
  | { type: 'over'; why: 'left' | 'elsewhere' | 'gone' | 'kept' | 'over' | 'slow' };

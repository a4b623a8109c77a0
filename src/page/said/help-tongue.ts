/** How help is written in a language. */
import type { Say } from './translate.ts';

export interface HelpTongue {
  say: Say;
  /** Columns, where not every sign has one. */
  displayWidth?(text: string): number;
  boxWrap?(text: string, width: number): string;
}

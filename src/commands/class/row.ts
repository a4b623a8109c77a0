/** What a host says of its class at the beginning: headings, and what each is about beside it. */
import type { Say } from '../../page/said/translate.ts';
import { textWidth } from '../../page/text/width.ts';

/** Without a heading it goes on with the line before. */
export function row(heading: string, text: string, say: Say): string {
  const head = heading === '' ? '' : say(heading);
  return `${head}${' '.repeat(Math.max(1, 12 - textWidth(head)))}${say(text)}`;
}
